"""All dispatchers stand in the same lines, whoever is faster, and a restart empties none of them."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from policies.pace import AT_ONCE, Pace
from storage import mail_pace
from storage.mail_pace import Line
from tests.storage.books import bill, invoice, rows

pytestmark = pytest.mark.usefixtures("database_url")

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SERVER: Line = ("us@mx.example:587", "")
ONE: Line = ("us@mx.example:587", "one.example")
PACES: Mapping[Line, Pace] = {SERVER: Pace(10, 1)}


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


async def left(paces: Mapping[Line, Pace], at: datetime = NOW) -> float | None:
    found = await mail_pace.leave(paces, at, AT_ONCE)
    return None if found is None else (found - NOW).total_seconds()


async def test_many_at_the_same_time_are_spaced_and_those_beyond_two_seconds_take_nothing() -> None:
    found = await asyncio.gather(*(left(PACES) for _ in range(30)))
    assert sorted(one for one in found if one is not None) == [place / 10 for place in range(21)]
    assert found.count(None) == 9
    assert await left(PACES, after(60)) == 60


async def test_a_busy_domain_does_not_hold_up_the_others() -> None:
    slow = {SERVER: Pace(10, 1), ONE: Pace(1, 60)}
    assert await asyncio.gather(left(slow), left(slow)) in ([0, None], [None, 0])
    assert await left({SERVER: Pace(10, 1), (SERVER[0], "two.example"): Pace(1, 60)}) == 0.1


async def test_all_runs_of_a_customer_come_back_at_one_turn_and_another_customer_at_the_next() -> None:
    await bill(invoice("F1", "2026-02-01", 100), invoice("F2", "2026-02-01", 100, customer_number="C2"))
    one, two = [row[0] for row in await rows("SELECT id FROM customer ORDER BY id")]
    slow = {SERVER: Pace(1, 60)}
    assert await mail_pace.turn(slow, one, NOW) is None
    assert await left(slow) == 0
    turns = await asyncio.gather(*(mail_pace.turn(slow, one, NOW) for _ in range(5)))
    assert turns == [after(60)] * 5
    assert await mail_pace.turn(slow, two, NOW) == after(120)
    assert await mail_pace.turn(slow, one, after(58)) is None  # nobody else has left since
