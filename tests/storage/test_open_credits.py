"""Credit notes that settle nothing: the account is cleared before the customer is accused, and shows them meanwhile."""

from datetime import date

import pytest

from policies.case import PossiblePayment
from policies.records import DocumentKind, InvoiceRecord
from policies.stages import Channel
from storage.bundles import message_facts
from storage.credit_deeds import allocate, leave_aside
from storage.customer_views import Balance, CustomerView, show_customer
from storage.dossier import load
from storage.importing import Counts
from storage.open_credits import OpenCredit
from storage.session import reading
from tests.storage.books import NOON, balance, bank, bill, credit_note, do, invoice, line, open_cases, rows, woken

pytestmark = pytest.mark.usefixtures("database_url")

ONE = invoice("FA-2026-0142", "2026-02-01", 100_00)
NOTE = credit_note("AV-2026-9", "", 30_00)


async def in_the_way_of(number: str) -> tuple[PossiblePayment, ...]:
    ((case,),) = await rows(
        "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :number", number=number
    )
    async with reading() as connection:
        return (await load(connection, [case], NOON, frozenset(Channel)))[case].case.may_be_paid


async def account() -> tuple[tuple[OpenCredit, ...], tuple[Balance, ...]]:
    found = await show_customer("C1", NOON)
    assert isinstance(found, CustomerView)
    return found.credits, found.balances


def other_currency(number: str, kind: DocumentKind) -> InvoiceRecord:
    return invoice(number, "2026-02-01", 70_00, currency="USD", kind=kind)


async def test_a_credit_note_that_names_no_invoice_is_in_the_way_of_items_of_its_customer_and_currency() -> None:
    elsewhere = invoice("FA-7", "2026-02-01", 100_00, customer_number="C2", customer_name="Morel")
    await bill(ONE, NOTE, other_currency("FA-2", DocumentKind.INVOICE), elsewhere)
    await open_cases()
    open_credit = PossiblePayment(0, 30_00, "EUR", date(2026, 2, 20), "", proposed=False, credit_note="AV-2026-9")
    found = {number: await in_the_way_of(number) for number in ("FA-2026-0142", "FA-2", "FA-7")}
    assert found == {"FA-2026-0142": (open_credit,), "FA-2": (), "FA-7": ()}
    assert await account() == (
        (OpenCredit("AV-2026-9", date(2026, 2, 20), "EUR", 30_00, 30_00, ""),),
        (Balance("EUR", 100_00, 30_00, 0), Balance("USD", 70_00, 0, 0)),
    )


async def test_set_against_an_invoice_by_a_person_it_stays_so_when_its_file_comes_again() -> None:
    await bill(ONE, NOTE)
    await open_cases()
    assert await allocate("AV-2026-9", ["FA-2026-0142"], "marie", NOON) == []
    assert await bill(ONE, NOTE) == Counts(2, 0, 0, 2)
    assert await balance() == [("FA-2026-0142", 0, 30_00, 70_00)]
    assert (await in_the_way_of("FA-2026-0142"), (await account())[0]) == ((), ())


async def test_left_aside_with_a_reason_it_lets_the_cases_go_on_that_waited_for_it() -> None:
    await bill(ONE, NOTE)
    await open_cases()
    await do("UPDATE cases SET waits_for = 'credit_open'")
    assert [one.reason for one in await leave_aside("AV-2026-9", " ", "marie", NOON)] == [
        "Say why, in a few words: --why."
    ]
    assert await woken() == []
    assert await leave_aside("AV-2026-9", "paid out on 2 March", "marie", NOON) == []
    assert await bill(ONE, NOTE) == Counts(2, 0, 0, 2)
    assert (await in_the_way_of("FA-2026-0142"), await woken()) == ((), ["FA-2026-0142"])
    assert await account() == (
        (OpenCredit("AV-2026-9", date(2026, 2, 20), "EUR", 30_00, 30_00, "paid out on 2 March"),),
        (Balance("EUR", 100_00, 0, 0),),
    )


async def test_a_payment_that_uses_the_credit_note_up_lets_the_cases_go_on() -> None:
    await bill(ONE, invoice("FA-3", "2026-02-05", 10_00), NOTE)
    await open_cases()
    await do("UPDATE cases SET waits_for = 'credit_open'")
    await bank(line("VIR FA-2026-0142 AV-2026-9", 70_00))
    assert (await balance(), await in_the_way_of("FA-3")) == (
        [("FA-2026-0142", 70_00, 30_00, 0), ("FA-3", 0, 0, 10_00)],
        (),
    )
    assert await woken() == ["FA-2026-0142", "FA-3"]


async def test_a_credit_note_that_comes_while_a_notice_is_on_its_way_has_the_notice_decided_anew() -> None:
    await bill(ONE)
    await open_cases()
    await bill(NOTE)
    assert await rows("SELECT version, wake_at IS NULL FROM cases") == [(1, True)]


async def test_what_was_paid_too_much_is_shown_to_the_customer_s_credit() -> None:
    await bill(ONE)
    await bank(line("VIR FA-2026-0142", 120_00))
    assert await account() == ((), (Balance("EUR", 0, 0, 20_00),))


async def test_a_credit_note_cannot_be_set_against_what_its_customer_does_not_owe() -> None:
    await bill(ONE, NOTE, other_currency("FA-2", DocumentKind.INVOICE))
    found = await allocate("AV-2026-9", ["FA-2026-0142", "FA-2"], "marie", NOON)
    assert [one.reason for one in found] == ["The customer of AV-2026-9 has no invoice FA-2 in EUR."]
    assert [one.reason for one in await leave_aside("AV-8", "x", "marie", NOON)] == ["There is no credit note AV-8."]


async def told(step: str) -> int:
    """What the message of a step about the case of customer C1 says of its credit."""
    async with reading() as connection:
        ids = await rows(
            "SELECT c.id FROM cases c JOIN customer d ON d.id = c.customer_id WHERE d.number = 'C1' ORDER BY c.id"
        )
        group = await load(connection, [row[0] for row in ids], NOON, frozenset(Channel))
        steps = {one.id: one for one in next(iter(group.values())).ladder.steps}
        return (await message_facts(connection, group.values(), steps[step], Channel.EMAIL, NOON)).credit


async def test_a_reminder_tells_of_credit_notes_and_overpayments_and_a_notice_of_none() -> None:
    other = invoice("FA-7", "2026-02-01", 100_00, customer_number="C2", customer_name="Garage Morel")
    await bill(ONE, NOTE, invoice("FA-2026-0143", "2026-02-15", 50_00), other)
    await open_cases()
    await bank(line("VIR FA-2026-0142", 104_00, counterparty="Dupont SARL"))
    assert [await told(step) for step in ("courtesy_reminder", "second_reminder", "formal_notice")] == [34_00, 34_00, 0]
    await leave_aside("AV-2026-9", "paid out", "marie", NOON)
    assert await told("courtesy_reminder") == 4_00
