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
        ("45 jours fin du mois", PaymentTerms(45, MonthEnd.AFTER), date(2026, 3, 31)),
        ("60 dias fin mes", PaymentTerms(60, MonthEnd.AFTER), date(2026, 3, 31)),
        ("30 tage ende des monats", PaymentTerms(30, MonthEnd.AFTER), date(2026, 2, 28)),
        ("30 dagen einde van de maand", PaymentTerms(30, MonthEnd.AFTER), date(2026, 2, 28)),
        ("60 gg dffm", PaymentTerms(60, MonthEnd.AFTER), date(2026, 3, 31)),
        ("60 gg d f f m", PaymentTerms(60, MonthEnd.AFTER), date(2026, 3, 31)),
        ("30 jours a compter de la fin de mois", PaymentTerms(30, MonthEnd.BEFORE), date(2026, 3, 2)),
        ("45 jours suivant la fin de mois", PaymentTerms(45, MonthEnd.BEFORE), date(2026, 3, 17)),
        ("45 jours a compter de la date de facture fin de mois", PaymentTerms(45, MonthEnd.AFTER), date(2026, 3, 31)),
        ("30 jours fin de mois le 10 du mois suivant", PaymentTerms(30, MonthEnd.AFTER, 10), date(2026, 3, 10)),
        ("paiement a 30 jours date d emission de la facture", PaymentTerms(30), date(2026, 2, 19)),
        ("payable within 30 days of invoice date", PaymentTerms(30), date(2026, 2, 19)),
        ("net 30 days", PaymentTerms(30), date(2026, 2, 19)),
        ("zahlbar innerhalb von 30 tagen nach rechnungsdatum ohne abzug", PaymentTerms(30), date(2026, 2, 19)),
        ("30 dagen na factuurdatum", PaymentTerms(30), date(2026, 2, 19)),
        ("60 dias desde fecha de factura", PaymentTerms(60), date(2026, 3, 21)),
        ("30 giorni data fattura", PaymentTerms(30), date(2026, 2, 19)),
        ("due immediately", PaymentTerms(0), date(2026, 1, 20)),
        ("rimessa diretta vista fattura", PaymentTerms(0), date(2026, 1, 20)),
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


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("30 jours fin de decade", "fin decade"),
        ("30 jours ouvres", "ouvres"),
        ("30 jours fin de trimestre", "fin trimestre"),
        ("acompte 30 jours solde a la livraison", "acompte solde livraison"),
        ("fin de mois suivant", "suivant"),
        ("direct debit", "debit"),
        ("comptant a la commande", "commande"),
        ("30 days after delivery", "after delivery"),
    ],
)
def test_words_that_are_not_understood_are_told_and_never_passed_over(words: str, rest: str) -> None:
    assert read_terms(words) == f"It also says “{rest}”, which is not understood."


def test_days_from_the_receipt_of_the_invoice_are_not_days_from_its_date() -> None:
    assert read_terms("30 jours a reception de facture") == (
        "It says both “a reception” and a period; which of them counts is not sure."
    )


TERMS = some.builds(PaymentTerms, some.integers(0, 365), some.sampled_from(MonthEnd), some.just(0))


@given(TERMS, some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_no_invoice_is_due_before_its_days_have_passed(terms: PaymentTerms, issued: date) -> None:
    assert (terms.due(issued) - issued).days >= terms.days


@given(TERMS, some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_later_invoice_is_never_due_earlier(terms: PaymentTerms, issued: date) -> None:
    assert terms.due(issued) <= terms.due(issued.replace(day=28) if issued.day < 28 else issued)


def test_a_day_the_month_does_not_have_is_that_of_the_next_month_and_never_the_months_own_end() -> None:
    terms = PaymentTerms(30, MonthEnd.AFTER, 30)
    found = [terms.due(date(2026, month, 15)) for month in (1, 2, 12)]
    assert found == [date(2026, 3, 30), date(2026, 4, 30), date(2027, 2, 28)]
    assert PaymentTerms(0, MonthEnd.BEFORE, 31).due(date(2026, 1, 15)) == date(2026, 2, 28)
