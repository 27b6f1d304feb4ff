"""Deadlines in the books: set with their article, replaced, met, dropped, and each of it in the journal."""

from datetime import date

import pytest

from policies.deadline import DeadlineKind
from storage import deadlines, journal
from storage.deadlines import NewDeadline
from storage.session import transaction
from tests.storage.books import NOON, bill, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")
TODAY = date(2026, 3, 2)


async def set_one(last_day: str, kind: DeadlineKind = DeadlineKind.ORDER_SERVICE) -> None:
    new = NewDeadline(kind, "legal_file:1", date.fromisoformat(last_day), "art. 1411 CPC", "order 12")
    async with transaction() as connection:
        case = int((await rows("SELECT id FROM cases"))[0][0])
        customer = int((await rows("SELECT customer_id FROM cases"))[0][0])
        await deadlines.set_deadline(connection, new, customer, [case], TODAY, "marie", NOON)


async def standing() -> list[tuple[object, ...]]:
    return [tuple(row) for row in await rows("SELECT kind, state, last_day, first, second FROM deadline ORDER BY id")]


async def test_a_new_last_day_takes_the_place_of_the_old_one_and_a_short_one_asks_at_once() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await set_one("2026-06-01")
    await set_one("2026-03-10")
    assert await standing() == [
        ("order_service", "dropped", date(2026, 6, 1), 30, 10),
        ("order_service", "standing", date(2026, 3, 10), 8, 4),
    ]
    case = int((await rows("SELECT id FROM cases"))[0][0])
    told = [entry.kind for entry in await journal.entries("case", case) if entry.kind.startswith("deadline")]
    assert told == ["deadline_set", "deadline_dropped", "deadline_set"]


async def test_what_is_met_is_told_once_and_no_longer_stands() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await set_one("2026-06-01")
    for _ in range(2):
        async with transaction() as connection:
            await deadlines.meet(
                connection, "legal_file:1", DeadlineKind.ORDER_SERVICE, "served", date(2026, 4, 1), "marie", NOON
            )
    case = int((await rows("SELECT id FROM cases"))[0][0])
    told = [entry.kind for entry in await journal.entries("case", case) if entry.kind.startswith("deadline")]
    assert (await standing(), told) == (
        [("order_service", "met", date(2026, 6, 1), 30, 10)],
        ["deadline_set", "deadline_met"],
    )
