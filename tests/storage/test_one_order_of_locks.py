"""Everything that concerns several cases locks them at once, in the order of their numbers: nobody waits for each other."""

import asyncio

import pytest
from sqlalchemy import text

from storage.facts import lock
from storage.payments import Booked
from storage.session import reading, transaction
from tests.storage.books import balance, bank, bill, invoice, line, open_cases, rows

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


async def somebody_waits() -> None:
    """Until a connection waits for a lock that another one holds."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    for _ in range(200):
        async with reading() as connection:
            if await connection.scalar(waiting):
                return
        await asyncio.sleep(0.02)
    raise AssertionError("nobody waits for a lock")
