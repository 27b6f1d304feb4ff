"""E-invoices of every syntax: the same invoice is the same record, and what is not said is a problem, never a guess."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from policies.case import DebtorKind
from policies.discount import DiscountRecord
from policies.money import plain
from policies.problems import Problem
from policies.records import DocumentKind, InstalmentRecord, InvoiceRecord
from tasks.invoice_tree import invoice_tree
from tasks.read_einvoice import made_from, read_einvoice
from tests.tasks.einvoices import (
    EXTENDED,
    MINIMUM,
    ZUGFERD_1,
    Invented,
    cii,
    cii_day,
    cii_terms,
    e,
    pdf,
    t,
    ubl,
    written,
)  # fmt: skip

ONE = Invented()
RECORD = InvoiceRecord(
    number="MV-26-0007", kind=DocumentKind.INVOICE, issued=date(2026, 3, 2), due=date(2026, 4, 1), currency="EUR",
    total=120000, prepaid=0, customer_number="C-118", customer_name="Épicerie du Port",
    email="compta@epicerie-du-port.example", phone="+33298441230", country="FR", language="", owner="", salesperson="",
    customer_kind=DebtorKind.BUSINESS, iban="FR7630006000011234567890189", reference="RF18 MV26 0007",
    seller="Moulin Vert SAS", buyer="Épicerie du Port", reached_stage=None, reached_on=None, document="invoice.xml",
    policy="", line=1, terms="30 jours nets", payment_method="transfer", bic="AGRIFRPP", seller_number="552081317",
    seller_vat="FR40552081317", buyer_number="732829320", buyer_vat="FR44732829320",
    address="3 quai du Commerce\n29200 Brest", contact_name="Jeanne Le Goff", document_type="380", net=100000, vat=20000,
)  # fmt: skip
Write = Callable[[Invented], bytes]
SYNTAXES = [
    pytest.param(ubl, id="ubl"),
    pytest.param(cii, id="cii"),
    pytest.param(partial(cii, names=ZUGFERD_1), id="zugferd-1"),
]
both = pytest.mark.parametrize("write", SYNTAXES)


def record(folder: Path, content: bytes) -> InvoiceRecord:
    reading = read_einvoice(written(folder, content))
    assert (reading.problems, len(reading.records)) == ([], 1)
    return reading.records[0]


def held(folder: Path, content: bytes) -> tuple[InvoiceRecord, list[tuple[str, str]]]:
    """The record that does not go in, and why not."""
    reading = read_einvoice(written(folder, content))
    assert (reading.records, len(reading.held), reading.refused) == ((), 1, False)
    return reading.held[0], [(problem.field, problem.reason) for problem in reading.problems]


@both
def test_every_term_that_matters_is_read(tmp_path: Path, write: Write) -> None:
    assert record(tmp_path, write(ONE)) == RECORD


@both
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"prepaid": "200.00", "payable": "1000.00"}, {"prepaid": 20000}),
        ({"rounding": "-0.03", "payable": "1199.97"}, {"rounding": -3}),
        ({"currency": "JPY", "tax_currency": "EUR", "gross": "1200.00"}, {"currency": "JPY", "total": 1200, "net": 1000, "vat": 200}),
        ({"type_code": "389"}, {"document_type": "389", "is_self_billed": True}),
        ({"means": (("59", "", ""),), "mandate": "M-1"},
         {"payment_method": "direct_debit", "iban": "", "bic": "", "mandate": "M-1"}),
        ({"means": (("48", "", ""), ("58", "DE02120300000000202051", ""), ("58", "DE89370400440532013000", ""))},
         {"iban": "DE02120300000000202051", "bic": ""}),
        ({"means": (("30", "0001 2345", ""),)}, {"iban": "", "bic": ""}),
        ({"payee": "Affacturage Armor", "notes": (("ACC", "Cédée à Affacturage Armor."),)},
         {"assignee": "Affacturage Armor", "assignee_iban": "FR7630006000011234567890189",
          "assignment_notice": "Cédée à Affacturage Armor."}),
        ({"payee": "MOULIN VERT SAS"}, {}),
        ({"words": "Net #SKONTO#TAGE=7#PROZENT=2.00#"},
         {"terms": "Net", "discounts": (DiscountRecord("2.00", days=7),)}),
        ({"buyer_id": ""}, {"customer_number": "732829320"}),
        ({"buyer_id": "", "buyer_legal": ""}, {"customer_number": "FR44732829320", "buyer_number": ""}),
        ({"buyer_id": "", "buyer_legal": "", "buyer_vat": ""},
         {"customer_number": "ÉPICERIE DU PORT", "buyer_number": "", "buyer_vat": ""}),
        ({"corrects": ("MV-26-0001", "MV-26-0002")}, {"corrects": ("MV-26-0001", "MV-26-0002")}),
        ({"due": "", "words": "", "prepaid": "1200.00", "payable": "0"}, {"due": None, "terms": "", "prepaid": 120000}),
    ],
)  # fmt: skip
def test_one_term_changes_one_thing(
    tmp_path: Path, write: Write, changes: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert record(tmp_path, write(ONE.but(**changes))) == replace(RECORD, **expected)


@pytest.mark.parametrize("write", [partial(ubl, root="CreditNote"), cii])
def test_a_credit_note_needs_no_due_date(tmp_path: Path, write: Write) -> None:
    note = ONE.but(type_code="381", due="", words="", corrects=("MV-26-0001",))
    assert record(tmp_path, write(note)) == replace(
        RECORD, kind=DocumentKind.CREDIT_NOTE, due=None, terms="", corrects=("MV-26-0001",), document_type="381"
    )
    assert record(tmp_path, write(note.but(due="2026-04-01"))).due == date(2026, 4, 1)


@both
def test_an_invoice_below_zero_is_a_credit_note_with_a_positive_total(tmp_path: Path, write: Write) -> None:
    below = ONE.but(lines="-1000", net="-1000", vat="-200", gross="-1200.00", payable="-1200.00", due="", words="")
    found = record(tmp_path, write(below))
    assert (found.kind, found.total, found.payable) == (DocumentKind.CREDIT_NOTE, 120000, 120000)


@both
def test_a_credit_note_below_zero_is_asked_about(tmp_path: Path, write: Write) -> None:
    below = ONE.but(type_code="381", lines="-1000", net="-1000", vat="-200", gross="-1200.00", payable="-1200.00")
    found, problems = held(tmp_path, write(below))
    assert (found.kind, found.total, [field for field, _ in problems]) == (DocumentKind.INVOICE, 120000, ["total"])
    assert problems[0][1].startswith("A credit note below zero asks the customer for 1200.00 EUR, by the standard")


@both
def test_terms_in_words_only_are_a_problem_with_its_place_and_the_record_is_shown(tmp_path: Path, write: Write) -> None:
    content = write(ONE.but(due="", words="Payable sous 30 jours"))
    reading = read_einvoice(written(tmp_path, content))
    line = next(number for number, text in enumerate(content.decode().splitlines(), 1) if "PaymentTerms>" in text)
    reason = "No due date is stated (BT-9), only the words “Payable sous 30 jours”: say the day with --due."
    assert reading.problems == [Problem("invoice.xml", line, "due", reason)]
    assert reading.held == (replace(RECORD, due=None, terms="Payable sous 30 jours"),)


@both
def test_a_person_may_say_the_day_where_none_is_stated_and_only_there(tmp_path: Path, write: Write) -> None:
    day = date(2026, 5, 4)
    told = read_einvoice(written(tmp_path, write(ONE.but(due=""))), day)
    assert (told.problems, told.records) == ([], (replace(RECORD, due=day),))
    other = read_einvoice(written(tmp_path, write(ONE)), day)
    reasons = [problem.reason for problem in other.problems]
    assert (other.records, reasons) == ((), ["The invoice states 2026-04-01 itself: leave --due out."])


@both
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"number": ""}, ["number"]),
        ({"issued": ""}, ["issued"]),
        ({"gross": ""}, ["total"]),
        ({"gross": "1200.005", "vat": "", "net": ""}, ["total"]),
        ({"vat": "190.00"}, ["total"]),
        ({"payable": "1190.00"}, ["payable"]),
        ({"prepaid": "1300.00", "payable": "-100.00"}, ["prepaid"]),
        ({"lines": "0", "net": "0", "vat": "0", "gross": "0", "payable": "0"}, ["total"]),
        ({"type_code": "220"}, ["kind"]),
        ({"type_code": "325"}, ["kind"]),
        ({"currency": "euro"}, ["currency"]),
        ({"buyer": "", "buyer_id": "", "buyer_legal": "", "buyer_vat": ""}, ["buyer"]),
        ({"due": "2026-02-30"}, ["due"]),
        ({"due": "", "words": ""}, ["due"]),
        ({"due": "", "parts": (("2026-04-01", "600.00"), ("2026-05-01", "500.00"))}, ["due"]),
        ({"due": "", "parts": (("2026-04-01", "600.00"), ("2026-05-01", ""))}, ["due"]),
        ({"number": "9" * 501}, ["number"]),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_keeps_the_invoice_out(
    tmp_path: Path, write: Write, changes: dict[str, Any], fields: list[str]
) -> None:
    assert [field for field, _ in held(tmp_path, write(ONE.but(**changes)))[1]] == fields


@both
def test_what_cannot_be_used_is_told_and_the_invoice_goes_in(tmp_path: Path, write: Write) -> None:
    one = ONE.but(country="France", email="compta", phone="12", means=(("30", "FR7630006000011234567890180", ""),))
    reading = read_einvoice(written(tmp_path, write(one)))
    assert [problem.field for problem in reading.problems] == ["country", "email", "phone", "iban"]
    assert reading.records == (
        replace(RECORD, country="", email="", phone="", iban="FR7630006000011234567890180", bic=""),
    )


@both
def test_a_corrected_invoice_goes_in_and_the_first_one_is_recalled(tmp_path: Path, write: Write) -> None:
    reading = read_einvoice(written(tmp_path, write(ONE.but(type_code="384", corrects=("MV-26-0001",)))))
    assert len(reading.records) == 1
    assert [problem.reason for problem in reading.problems] == [
        "It corrects MV-26-0001, which stays open until it is withdrawn or credited."
    ]


@pytest.mark.parametrize("write", [ubl, cii])
def test_instalments_are_kept_with_their_days_and_the_last_one_is_due(tmp_path: Path, write: Write) -> None:
    one = ONE.but(profile=EXTENDED, due="", words="", parts=(("2026-04-01", "700.00"), ("2027-03-02", "500.00")))
    parts = (InstalmentRecord(date(2026, 4, 1), 70000), InstalmentRecord(date(2027, 3, 2), 50000))
    assert record(tmp_path, write(one)) == replace(RECORD, terms="", due=date(2027, 3, 2), instalments=parts)


def test_a_due_date_beside_instalments_in_ubl_must_be_one_of_theirs(tmp_path: Path) -> None:
    one = ONE.but(words="", parts=(("2026-05-01", "700.00"), ("2027-03-02", "500.00")))
    assert held(tmp_path, ubl(one))[1] == [
        ("due", "The terms state 3 due dates, not all with the amount due then.")
    ]  # fmt: skip
    assert len(record(tmp_path, ubl(one.but(due="2026-05-01"))).instalments) == 2


def test_the_terms_of_factur_x_extended_keep_the_discount_apart(tmp_path: Path) -> None:
    period = t("ram:BasisPeriodMeasure", "14", unitCode="DAY")
    off = e("ram:ApplicableTradePaymentDiscountTerms", cii_day("BasisDateTime", "2026-03-02"), period,
            t("ram:BasisAmount", "1200.00"), t("ram:CalculationPercent", "2.00"))  # fmt: skip
    terms = cii_terms("2026-03-16", "", "2 % sous 14 jours", off) + cii_terms("2026-04-01", "", "net sous 30 jours")
    discount = DiscountRecord("2.00", until=date(2026, 3, 16), basis=120000)
    assert record(tmp_path, cii(ONE.but(profile=EXTENDED), terms=terms)) == replace(
        RECORD, terms="2 % sous 14 jours net sous 30 jours", discounts=(discount,)
    )
    only = cii_terms("2026-03-16", "", "2 % sous 14 jours", off)
    assert [field for field, _ in held(tmp_path, cii(ONE, terms=only))[1]] == ["due"]


def test_a_discount_of_ubl_is_no_due_date(tmp_path: Path) -> None:
    end = e("cac:SettlementPeriod", t("cbc:EndDate", "2026-03-16"))
    terms = e("cac:PaymentTerms", t("cbc:SettlementDiscountPercent", "2.00"), end)
    discount = DiscountRecord("2.00", until=date(2026, 3, 16))
    assert record(tmp_path, ubl(ONE, terms=terms)) == replace(RECORD, discounts=(discount,))
    assert [field for field, _ in held(tmp_path, ubl(ONE.but(due="", words=""), terms=terms))[1]] == ["due"]


def test_what_minimum_does_not_state_as_paid_is_the_rest(tmp_path: Path) -> None:
    one = ONE.but(profile=MINIMUM, due="", words="", payable="900.00", lines="")
    found, problems = held(tmp_path, cii(one))
    assert (found.total, found.prepaid, found.payable) == (120000, 30000, 90000)
    assert problems == [("due", "No due date is stated (BT-9), and no terms of payment: say the day with --due.")]
    assert [field for field, _ in held(tmp_path, cii(one.but(profile=EXTENDED, due="2026-04-01")))[1]] == ["payable"]


def test_an_amount_due_that_zugferd_1_leaves_out_follows_from_the_others(tmp_path: Path) -> None:
    found = record(tmp_path, cii(ONE.but(payable="", prepaid="200.00"), names=ZUGFERD_1))
    assert (found.prepaid, found.payable) == (20000, 100000)


def test_what_is_collected_for_third_parties_is_due_with_the_rest(tmp_path: Path) -> None:
    profile = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0"
    further = e("cac:PrepaidPayment", t("cbc:ID", "10"), t("cbc:PaidAmount", "3.00", currencyID="EUR"))
    found = record(tmp_path, ubl(ONE.but(profile=profile, payable="1203.00"), further=further))
    assert (found.total, found.rounding, found.payable) == (120000, 300, 120300)


@given(
    currency=some.sampled_from(["EUR", "JPY", "TND"]), gross=some.integers(1, 10**9), share=some.floats(0, 1),
    rounding=some.integers(-4, 4), zeros=some.integers(0, 2), days=some.integers(0, 400),
)  # fmt: skip
def test_any_amounts_and_days_are_the_same_in_every_syntax(
    currency: str, gross: int, share: float, rounding: int, zeros: int, days: int
) -> None:
    prepaid = int(gross * share)
    payable, due = gross - prepaid + rounding, date(2026, 3, 2) + timedelta(days=days)
    assume(payable >= 0)

    def text(minor: int) -> str:
        written = plain(minor, currency)
        return written + "0" * zeros if "." in written else written

    one = ONE.but(
        currency=currency, due=due.isoformat(), lines="", net="", vat="", gross=text(gross), prepaid=text(prepaid),
        rounding=text(rounding), payable=text(payable),
    )  # fmt: skip
    for content in (ubl(one), cii(one), cii(one, names=ZUGFERD_1)):
        found = made_from(invoice_tree(io.BytesIO(content), "x"), "x")
        told = (found.record.total, found.record.prepaid, found.record.rounding, found.record.payable, found.record.due)
        assert (told, found.problems) == ((gross, prepaid, rounding, payable, due), ())


def test_an_amount_in_another_currency_than_the_invoices_is_a_problem(tmp_path: Path) -> None:
    content = ubl(ONE).replace(b'<cbc:PayableAmount currencyID="EUR">', b'<cbc:PayableAmount currencyID="USD">')
    reason = "The amount 1200.00 is in USD, while the invoice is in EUR (BT-5)."
    assert ("payable", reason) in held(tmp_path, content)[1]


@pytest.mark.parametrize(
    ("form", "text", "reason"),
    [
        ("610", "202604", "“202604” says a month and no day."),
        ("616", "202614", "“202614” says a week and no day."),
        ("", "01042026", "“01042026” is not a date."),
        ("102", "2026-4-1", "“2026-4-1” is not a date."),
        ("102", "00010101", "“00010101” is not a date of an invoice of our time."),
    ],
)
def test_a_date_that_is_no_day_is_told(tmp_path: Path, form: str, text: str, reason: str) -> None:
    day = e("ram:DueDateDateTime", t("udt:DateTimeString", text, format=form))
    terms = e("ram:SpecifiedTradePaymentTerms", day)
    assert held(tmp_path, cii(ONE, terms=terms))[1] == [("due", reason)]


@pytest.mark.parametrize("text", ["2026-04-01Z", "2026-04-01+02:00"])
def test_a_zone_behind_a_day_of_ubl_does_not_move_it(tmp_path: Path, text: str) -> None:
    assert record(tmp_path, ubl(ONE.but(due=text))) == RECORD


def test_a_document_marked_as_a_test_asks_for_no_money(tmp_path: Path) -> None:
    mark = "<ram:TestIndicator><udt:Indicator>true</udt:Indicator></ram:TestIndicator>"
    start = "<rsm:ExchangedDocumentContext>"
    found, problems = held(tmp_path, cii(ONE).decode().replace(start, start + mark).encode())
    reason = "A document marked as a test asks for no money; import the invoice itself."
    assert (found.is_draft, problems) == (True, [("kind", reason)])


def test_a_credit_note_document_with_an_invoices_code_is_a_problem(tmp_path: Path) -> None:
    problems = held(tmp_path, ubl(ONE.but(type_code="380"), root="CreditNote"))[1]
    assert problems == [("kind", "The document is a CreditNote, its type code 380 (BT-3) is an invoice's.")]


def test_an_envelope_around_the_invoice_is_opened(tmp_path: Path) -> None:
    space = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
    inside = ubl(ONE).split(b"?>", 1)[1].decode()
    content = e("StandardBusinessDocument", e("StandardBusinessDocumentHeader", "x"), inside, xmlns=space)
    assert record(tmp_path, content.encode()) == RECORD


@pytest.mark.parametrize(
    ("name", "by_tree"), [("factur-x.xml", True), ("ZUGFeRD-invoice.xml", True), ("Rechnung.xml", False)]
)
def test_the_invoice_inside_a_pdf_is_found_by_name_or_by_what_it_is(tmp_path: Path, name: str, by_tree: bool) -> None:
    content = pdf((name, cii(ONE)), by_tree=by_tree)
    reading = read_einvoice(written(tmp_path, content, "facture.pdf"))
    assert (reading.problems, reading.records) == ([], (replace(RECORD, document="facture.pdf"),))


def test_problems_inside_a_pdf_name_both_files(tmp_path: Path) -> None:
    content = pdf(("delivery.xml", b"<Order/>"), ("factur-x.xml", cii(ONE.but(due=""))))
    reading = read_einvoice(written(tmp_path, content, "facture.pdf"))
    assert [(problem.source, problem.field) for problem in reading.problems] == [("facture.pdf (factur-x.xml)", "due")]


def test_two_invoices_in_one_pdf_are_asked_about(tmp_path: Path) -> None:
    content = pdf(("a.xml", cii(ONE)), ("b.xml", ubl(ONE)))
    reading = read_einvoice(written(tmp_path, content, "facture.pdf"))
    assert [problem.reason for problem in reading.problems] == [
        "The PDF holds several XML files (a.xml, b.xml): which one counts?"
    ]


@pytest.mark.parametrize("names", [("factur-x.xml", "xrechnung.xml"), ("factur-x.xml", "factur-x.xml")])
def test_two_invoices_with_the_names_of_invoices_are_asked_about_too(tmp_path: Path, names: tuple[str, str]) -> None:
    content = pdf((names[0], cii(ONE)), (names[1], cii(ONE.but(number="FA-OTHER"))))
    reading = read_einvoice(written(tmp_path, content, "facture.pdf"))
    assert [problem.reason for problem in reading.problems] == [
        f"The PDF holds several XML files ({', '.join(names)}): which one counts?"
    ]
    twice = pdf((names[0], cii(ONE)), (names[1], cii(ONE)))
    assert len(read_einvoice(written(tmp_path, twice, "facture.pdf")).records) == 1


def test_the_reference_is_the_one_beside_the_account_that_counts(tmp_path: Path) -> None:
    card = b"<cac:PaymentMeans><cbc:PaymentMeansCode>48</cbc:PaymentMeansCode><cbc:PaymentID>CARD-1</cbc:PaymentID></cac:PaymentMeans>"
    content = ubl(ONE)
    place = content.index(b"<cac:PaymentMeans>")
    assert record(tmp_path, content[:place] + card + content[place:]).reference == RECORD.reference != ""
