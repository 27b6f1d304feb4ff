"""Terms in words: days, the end of the month before or after them, or no answer at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from policies.payment_terms import MonthEnd, PaymentTerms, read_terms

ISSUED = date(2026, 1, 20)


@pytest.mark.parametrize(
    ("words", "terms", "due"),
    [
        ("30 jours", PaymentTerms(30), date(2026, 2, 19)),
        ("net 30", PaymentTerms(30), date(2026, 2, 19)),
        ("30 tage netto", PaymentTerms(30), date(2026, 2, 19)),
        ("60 dagen", PaymentTerms(60), date(2026, 3, 21)),
        ("45 jours fin de mois", PaymentTerms(45, MonthEnd.AFTER), date(2026, 3, 31)),
        ("fin de mois + 45 jours", PaymentTerms(45, MonthEnd.BEFORE), date(2026, 3, 17)),
        ("45 jours apres la fin de mois", PaymentTerms(45, MonthEnd.BEFORE), date(2026, 3, 17)),
        ("30 jours fin de mois le 10", PaymentTerms(30, MonthEnd.AFTER, 10), date(2026, 3, 10)),
        ("30 gg fine mese", PaymentTerms(30, MonthEnd.AFTER), date(2026, 2, 28)),
        ("fin de mois", PaymentTerms(0, MonthEnd.BEFORE), date(2026, 1, 31)),
        ("a reception de facture", PaymentTerms(0), date(2026, 1, 20)),
    ],
)
def test_words_say_when_an_invoice_is_due(words: str, terms: PaymentTerms, due: date) -> None:
    found = read_terms(words)
    assert found == terms
    assert terms.due(ISSUED) == due


@pytest.mark.parametrize(
    "words",
    ["", "selon contrat", "10 tage 2 % skonto, 30 tage netto", "30", "400 jours", "30 jours le 10", "30/60 jours"],
)
def test_words_that_leave_a_doubt_are_no_terms(words: str) -> None:
    assert isinstance(read_terms(words), str)


TERMS = some.builds(PaymentTerms, some.integers(0, 365), some.sampled_from(MonthEnd), some.just(0))


@given(TERMS, some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_no_invoice_is_due_before_its_days_have_passed(terms: PaymentTerms, issued: date) -> None:
    assert (terms.due(issued) - issued).days >= terms.days


@given(TERMS, some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_later_invoice_is_never_due_earlier(terms: PaymentTerms, issued: date) -> None:
    assert terms.due(issued) <= terms.due(issued.replace(day=28) if issued.day < 28 else issued)
