"""Codes of e-invoices: what a document is, how it is paid, whose it is, and whether its figures add up."""

from decimal import Decimal

import pytest

from policies.document_types import CREDIT_NOTES, INVOICES, SELF_BILLED, kind_by_sign, kind_of
from policies.invoice_sums import StatedTotals, mismatches
from policies.issuer import other_issuer
from policies.payment_means import chosen, method_of
from policies.records import DocumentKind
from policies.stated_amounts import Misstated, stated_minor

INVOICE, CREDIT = DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE


def test_every_code_is_one_of_the_two_or_unknown() -> None:
    known = {code: kind_of(code) for code in ("380", "384", "386", "389", "326", "393", "71", "80", "82", "575", "751")}
    assert set(known.values()) == {INVOICE}
    assert {kind_of(code) for code in ("381", "396", "261", "262", "81", "83", "502", "503")} == {CREDIT}
    assert [kind_of(code) for code in ("", "0380", "310", "220", "abc")] == [None] * 5
    assert (frozenset(), frozenset()) == (CREDIT_NOTES & INVOICES, SELF_BILLED - CREDIT_NOTES - INVOICES)


def test_below_zero_a_document_does_the_opposite() -> None:
    assert [kind_by_sign(INVOICE, one) for one in (100, 0, -100)] == [INVOICE, INVOICE, CREDIT]
    assert [kind_by_sign(CREDIT, one) for one in (100, 0, -100)] == [CREDIT, CREDIT, INVOICE]


@pytest.mark.parametrize(
    ("code", "method"),
    [
        ("30", "transfer"), ("58", "transfer"), ("42", "transfer"), ("49", "direct_debit"), ("59", "direct_debit"),
        ("48", "card"), ("54", "card"), ("55", "card"), ("20", "cheque"), ("24", "bill"), ("70", "bill"), ("60", "bill"),
        ("10", ""), ("97", ""), ("1", ""), ("", ""),
    ],
)  # fmt: skip
def test_how_an_invoice_is_paid(code: str, method: str) -> None:
    assert method_of(code) == method


def test_of_several_means_the_first_transfer_counts() -> None:
    assert [chosen(codes) for codes in ((), ("59",), ("59", "58", "30"), ("48", "49"))] == [None, 0, 1, 0]


@pytest.mark.parametrize(
    ("own", "number", "vat", "other"),
    [
        ("552081317", "55208131700014", "", False),
        ("552 081 317 00022", "552081317", "", False),
        ("552081317", "", "FR40552081317", False),
        ("FR40552081317", "552081317", "", False),
        ("552081317", "732829320", "FR44732829320", True),
        ("552081317", "HRB 12345", "", False),
        ("552081317", "", "DE123456789", False),
        ("552081317", "HRB 12345", "FR44732829320", True),
        ("", "732829320", "", False),
        ("552081317", "", "", False),
        ("DE123456789", "HRB 77", "DE 123 456 789", False),
        ("DE123456789", "HRB 77", "DE987654321", True),
        ("HRB 12345", "HRB12345", "DE987654321", False),
        ("HRB 12345", "HRB 99999", "", True),
    ],
)
def test_only_a_number_of_the_same_kind_tells_another_issuer(own: str, number: str, vat: str, other: bool) -> None:
    assert other_issuer(own, number, vat) is other


def totals(**figures: str) -> StatedTotals:
    return StatedTotals(**{name: Decimal(figure) for name, figure in figures.items()})


def test_totals_that_add_up_say_nothing() -> None:
    assert mismatches(totals(gross="1200", net="1000", vat="200", payable="1199.98", rounding="-0.02")) == []
    assert mismatches(totals(gross="120", net="100", lines="110", allowances="15", charges="5", vat="20")) == []
    assert mismatches(totals(gross="36", payable="39", third_parties="3")) == []


def test_totals_that_do_not_add_up_are_told_with_their_figures() -> None:
    found = mismatches(totals(gross="1200", net="1000", vat="190", lines="990", payable="1100", prepaid="50"))
    assert found == [
        ("total", "The total without VAT (BT-109) is 1000, but lines 990 less allowances 0 plus charges 0 do not make that."),
        ("total", "The total with VAT (BT-112) is 1200, but 1000 without VAT and 190 VAT do not make that."),
        ("payable", "The amount due (BT-115) is 1100, but 1200 less 50 paid before does not make that."),
    ]  # fmt: skip


def test_the_extended_profile_forgives_a_cent_for_each_line() -> None:
    assert mismatches(totals(gross="1200.02", net="1000", vat="200", tolerance="0.02")) == []
    assert len(mismatches(totals(gross="1200.03", net="1000", vat="200", tolerance="0.02"))) == 1


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("336.9", "EUR", 33690), ("-25", "EUR", -2500), ("+.5", "EUR", 50), ("87859.00", "JPY", 87859), ("1.2340", "TND", 1234)],
)  # fmt: skip
def test_an_amount_is_exact_in_its_currency(text: str, currency: str, minor: int) -> None:
    assert stated_minor(text, currency) == minor


@pytest.mark.parametrize("text", ["12.345", "1,20", "1e3", "", "NaN", "1 000.00", "٣", "9" * 16, "9" * 60])
def test_what_is_no_exact_amount_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Misstated, match=r"“.*” (is not an amount|has more decimals than EUR has|is too large)"):
        stated_minor(text, "EUR")
