"""One letter for several invoices of a customer: what is true of one of them concerns the letter of all."""

from uuid import UUID, uuid4

import pytest

from policies.case import DebtorKind
from policies.decisions import Act, Ask
from policies.hold_form import HoldWords
from storage import collecting, customers, handing, leases, ledger
from storage.creditor import ensure_creditor
from storage.handing import NotNow, Reserved
from storage.hold_deeds import hold_customer
from tests.storage.books import NOON, bank, bill, customer, invoice, line, open_cases, rows
from tests.storage.test_asking import (
    LARGE,
    MAIL,
    MORNING,
    SMALL,
    answer,
    approvals,
    asked,
    at_the_formal_notice,
    gathered,
    reviewed,
    write,
)

pytestmark = pytest.mark.usefixtures("database_url")


async def two_approved() -> tuple[tuple[int, UUID], tuple[int, UUID]]:
    """Two invoices of one customer, and a person who agreed to their one formal notice."""
    first, second = await at_the_formal_notice("F1", LARGE), await at_the_formal_notice("F2", LARGE)
    question = await asked(*first)
    assert await answer(question.id, "Send the formal notice") is None
    return first, second


async def import_customer(kind: DebtorKind) -> None:
    creditor = await ensure_creditor()
    said = customer("C1", "Firm C1", kind=kind)
    await customers.import_customers([said], "customers.csv", "0" * 64, creditor.id, NOON)


async def at_the_courtesy_reminder(number: str) -> tuple[int, UUID]:
    """The case of an invoice whose first reminder is due on this morning, and the lease on it."""
    await open_cases(MORNING)
    [(case,)] = await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE number = :n", n=number)
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    return case, lease.token


async def test_a_hold_on_one_invoice_has_the_notice_of_the_others_asked_anew() -> None:
    first, _ = await two_approved()
    await hold_customer("C1", "F2", HoldWords("half of it never came"), "marie", MORNING)
    found = await collecting.consider(*first, MORNING, MAIL)
    assert isinstance(found.decision, Ask)
    assert (await asked(*first)).amount == LARGE


async def test_a_hold_on_one_invoice_between_reserving_and_sending_sends_the_letter_for_none() -> None:
    (case, token), _ = await two_approved()
    reserved = await handing.prepare(case, token, MORNING, MAIL, write)
    assert isinstance(reserved, Reserved)
    await hold_customer("C1", "F2", HoldWords("half of it never came"), "marie", MORNING)
    assert not await ledger.begin_handing_over(reserved.messages[0], token, MORNING)
    again = await handing.prepare(case, token, MORNING, MAIL, write)
    assert again == NotNow("the approved draft no longer says what is true", "at_once")


async def test_a_letter_of_the_review_with_one_amount_that_changed_does_not_leave() -> None:
    first, second = await at_the_formal_notice("F1", SMALL), await at_the_formal_notice("F2", SMALL)
    await gathered(*first)
    await gathered(*second)
    opened = await reviewed()
    assert opened is not None
    await bank(line("F2", 10_000))
    assert await answer(opened, "Send all") is None
    again = await handing.prepare(*first, MORNING, MAIL, write)
    assert again == NotNow("the approved draft no longer says what is true", "at_once")


async def test_an_invoice_that_changed_has_the_notice_of_the_others_asked_anew() -> None:
    first, _ = await two_approved()
    await bill(invoice("F2", "2026-02-03", LARGE, customer_name="Firm C1"))
    found = await collecting.consider(*first, MORNING, MAIL)
    assert isinstance(found.decision, Ask)


async def test_another_kind_of_debtor_voids_what_was_approved() -> None:
    first, _ = await two_approved()
    await import_customer(DebtorKind.CONSUMER)
    found = await collecting.consider(*first, MORNING, MAIL)
    assert isinstance(found.decision, Ask)
    assert await approvals() == [("F1", "the customer is of another kind"), ("F2", "the customer is of another kind")]


async def test_a_customer_said_to_be_what_it_was_voids_nothing() -> None:
    first, _ = await two_approved()
    await import_customer(DebtorKind.BUSINESS)
    found = await collecting.consider(*first, MORNING, MAIL)
    assert isinstance(found.decision, Act)


async def test_a_reminder_does_not_demand_an_invoice_that_is_on_hold() -> None:
    await at_the_formal_notice("F1", LARGE)
    await bill(invoice("F2", "2026-02-26", 50_000, customer_name="Firm C1"))
    await hold_customer("C1", "F1", HoldWords("half of it never came"), "marie", MORNING)
    other, lease = await at_the_courtesy_reminder("F2")
    assert isinstance(await handing.prepare(other, lease, MORNING, MAIL, write), Reserved)
    assert await rows("SELECT demanded FROM message") == [(50_000,)]
