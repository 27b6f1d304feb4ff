"""Customers from files: numbers, terms and contacts are kept, followed when they change, and shown."""

from datetime import date

import pytest

from policies.customer_record import ContactRecord
from policies.payment_terms import MonthEnd, PaymentTerms
from storage.creditor import ensure_creditor
from storage.customer_views import CustomerView, OtherContact, show_customer
from storage.customers import import_customers
from storage.importing import Counts
from tests.storage.books import NOON, bill, customer, invoice

pytestmark = pytest.mark.usefixtures("database_url")

MANAGEMENT = ContactRecord("management", "Mme Dupont", "direction@dupont.example")


async def taken(*records: object) -> Counts:
    creditor = await ensure_creditor()
    return await import_customers(records, "crm", "0" * 64, creditor.id, NOON)  # type: ignore[arg-type]


async def shown(number: str) -> CustomerView:
    found = await show_customer(number, NOON)
    assert isinstance(found, CustomerView)
    return found


async def test_everything_a_file_says_of_a_customer_is_shown_and_the_same_file_changes_nothing() -> None:
    record = customer(
        "C1", "Dupont SARL", company_number="552100554", vat_number="FR96552100554",
        ibans=("FR7630006000011234567890189",), payment_method="direct_debit", mandate="RUM-7", payer="HOLDING",
        payment_terms=PaymentTerms(45, MonthEnd.AFTER), postal="1 rue du Port", contacts=(MANAGEMENT,),
        verified_on=date(2026, 1, 5), credit_limit=500_000, credit_currency="EUR",
    )  # fmt: skip
    assert [await taken(record), await taken(record)] == [Counts(1, 1, 0, 0), Counts(1, 0, 0, 1)]
    found = await shown("C1")
    assert (found.company_number, found.vat_number, found.ibans, found.payment_method, found.mandate) == (
        "552100554", "FR96552100554", "FR7630006000011234567890189", "direct_debit", "RUM-7",
    )  # fmt: skip
    assert (found.pays_through, found.terms_days, found.terms_month_end, found.postal, found.verified_on) == (
        "HOLDING", 45, "after", "1 rue du Port", date(2026, 1, 5),
    )  # fmt: skip
    assert found.contacts == (OtherContact("management", "Mme Dupont", "direction@dupont.example", "", ""),)


async def test_what_a_later_file_leaves_out_stays_and_terms_change_as_a_whole() -> None:
    await taken(
        customer("C1", "Dupont", company_number="552100554", payment_terms=PaymentTerms(45, MonthEnd.AFTER, 10))
    )
    assert await taken(customer("C1", "Dupont", payment_terms=PaymentTerms(30))) == Counts(1, 0, 1, 0)
    found = await shown("C1")
    assert (found.company_number, found.terms_days, found.terms_month_end, found.terms_on_day) == (
        "552100554",
        30,
        "",
        0,
    )


async def test_another_person_at_the_customer_counts_as_a_change() -> None:
    await taken(customer("C1", "Dupont"))
    assert await taken(customer("C1", "Dupont", contacts=(MANAGEMENT,))) == Counts(1, 0, 1, 0)
    assert await taken(customer("C1", "Dupont", contacts=(MANAGEMENT,))) == Counts(1, 0, 0, 1)


async def test_an_invoice_that_says_nothing_of_terms_leaves_those_of_its_customer_whole() -> None:
    await taken(customer("C1", "Dupont SARL", payment_terms=PaymentTerms(45, MonthEnd.AFTER, 10)))
    await bill(invoice("FA-1", "2026-04-10", 10_000))
    found = await shown("C1")
    assert (found.terms_days, found.terms_month_end, found.terms_on_day) == (45, "after", 10)


async def test_a_customer_of_whom_no_language_is_told_is_written_to_in_the_usual_one_of_its_country() -> None:
    german, spanish, belgian, unknown, told = (
        customer("C1", "Müller GmbH", country="DE"), customer("C2", "García SL", country="ES"),
        customer("C3", "Peeters NV", country="BE"), customer("C4", "Dupont"),
        customer("C5", "Rossi SpA", country="IT", language="en"),
    )  # fmt: skip
    await taken(german, spanish, belgian, unknown, told)
    assert [(await shown(f"C{number}")).language for number in range(1, 6)] == ["de", "es", "fr", "fr", "en"]
    await taken(customer("C1", "Müller GmbH", language="fr"), customer("C2", "García SL", country="PT"))
    assert [(await shown(number)).language for number in ("C1", "C2")] == ["fr", "es"]
