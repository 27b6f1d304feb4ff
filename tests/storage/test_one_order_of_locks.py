"""Everything that concerns several cases locks them at once, in the order of their numbers: nobody waits for each other."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from storage import bank_positions, creditor, going_live
from storage.facts import lock
from storage.live_route import hold_room
from storage.payments import Booked
from storage.session import reading, transaction
from tests.storage.books import NOON, balance, bank, bill, do, invoice, line, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")

PROPOSED = invoice("FA-2026-0142", "2026-02-01", 125_000)
PAID = invoice("FA-2026-0177", "2026-02-10", 90_000, customer_number="C2", customer_name="Garage Morel")


async def test_a_bank_file_and_another_fact_about_the_same_cases_do_not_stop_each_other() -> None:
    await bill(PROPOSED, PAID)
    await open_cases()
    first, second = [int(row[0]) for row in await rows("SELECT id FROM cases ORDER BY id")]
    async with transaction() as fact:
        await lock(fact, [first])
        file = asyncio.create_task(bank(line("VIREMENT", 125_000, counterparty=""), line("FA-2026-0177", 90_000)))
        await somebody_waits()
        await lock(fact, [second])
    assert await file == Booked(2, 2, 0, 0, 1, 1, 0)
    assert await balance() == [("FA-2026-0142", 0, 0, 125_000), ("FA-2026-0177", 90_000, 0, 0)]


async def test_a_fact_that_names_an_invoice_and_the_settling_of_it_do_not_stop_each_other() -> None:
    """Settling holds its invoices and waits for their cases; whoever holds a case may name its invoice."""
    await bill(PAID)
    await open_cases()
    [(case, named)] = await rows("SELECT id, invoice_id FROM cases")
    async with transaction() as fact:
        await lock(fact, [int(case)])
        file = asyncio.create_task(bank(line("FA-2026-0177", 90_000)))
        await somebody_waits()
        await fact.execute(text("SELECT id FROM invoice WHERE id = :named FOR KEY SHARE"), {"named": named})
    assert await file == Booked(1, 1, 0, 0, 1, 0, 0)


async def complete(whose: int) -> None:
    """A person looked at the accounts."""
    async with transaction() as connection:
        await bank_positions.declare_complete(connection, whose, date(2026, 3, 2), "marie", NOON)


CHANGES: dict[str, Callable[[int], Coroutine[Any, Any, object]]] = {
    "letters": lambda whose: creditor.update(whose, {"letters": "off"}, "marie", NOON),
    "bank age": lambda whose: creditor.update(whose, {"bank_max_age": "3"}, "marie", NOON),
    "live": lambda whose: creditor.set_live(whose, True, "marie", NOON),
    "collecting": lambda whose: creditor.set_collecting(whose, False, "marie", NOON),
    "only": lambda whose: going_live.go_live(whose, ["C2"], 10, "marie", NOON, ""),
    "account": lambda whose: bank_positions.close_account(whose, "FR76", "marie", "closed", NOON),
    "complete": complete,
}


@pytest.mark.parametrize("change", CHANGES)
async def test_what_is_handed_over_and_a_change_of_the_creditor_do_not_stop_each_other(change: str) -> None:
    """Handing over holds its cases, then looks at the creditor."""
    await bill(PROPOSED, PAID)
    await open_cases()
    await bank(line("FA-2026-0177", 10_000))
    await do("UPDATE cases SET waits_for = 'money_too_old'")
    cases = [int(row[0]) for row in await rows("SELECT id FROM cases ORDER BY id")]
    [(whose,)] = await rows("SELECT id FROM creditor")
    async with transaction() as handing_over:
        await lock(handing_over, cases[:1])
        changing = asyncio.create_task(CHANGES[change](whose))
        await somebody_waits()
        await lock(handing_over, cases)
        await handing_over.execute(text("SELECT id FROM creditor FOR SHARE"))
    assert (await changing) in ([], True, None, ("C2",))
    assert await rows("SELECT bool_and(wake_at IS NOT NULL) FROM cases") == [(True,)]


async def test_a_message_being_written_and_going_live_do_not_stop_each_other() -> None:
    """To a customer of whom no case is open: it holds the room of the first days, then names its creditor."""
    whose = (await creditor.ensure_creditor()).id
    await going_live.go_live(whose, [], 10, "marie", NOON, "")
    async with transaction() as writing:
        await hold_room(writing, whose, NOON)
        going = asyncio.create_task(going_live.go_live(whose, [], 20, "marie", NOON, ""))
        await somebody_waits()
        await writing.execute(text("SELECT id FROM creditor FOR KEY SHARE"))  # what a message's row takes
    assert await going == ()
    assert await rows("SELECT first_day FROM live_start") == [(20,)]


async def somebody_waits(many: int = 1) -> None:
    """Until so many connections wait for locks that others hold."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    for _ in range(200):
        async with reading() as connection:
            if await connection.scalar(waiting) >= many:
                return
        await asyncio.sleep(0.02)
    raise AssertionError("nobody waits for a lock")
