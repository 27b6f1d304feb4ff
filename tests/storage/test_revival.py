"""A run that somebody stopped is held in the name of who stopped it, and of nobody else."""

from uuid import UUID, uuid4

import pytest

from storage import clock, doors, revival
from storage.clock import Mode
from tests.storage.books import NOON, bill, do, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")


async def a_case_with_a_run() -> tuple[int, UUID]:
    await bill(invoice("F1", "2026-02-10", 10_000))
    await open_cases()
    await clock.start(Mode.STEPPED, NOON)
    run = uuid4()
    await do("UPDATE cases SET run_id = :run", run=run)
    [(case,)] = await rows("SELECT id FROM cases")
    return case, run


async def owners() -> list[str]:
    return [owner for (owner,) in await rows("SELECT owner FROM hold ORDER BY id")]


async def test_who_cancelled_is_asked() -> None:
    case, run = await a_case_with_a_run()
    await doors.note_deed("claire", "set_state", run, "CANCELLING · Cancelling")
    await revival.stopped(case, NOON)
    assert await owners() == ["claire"]


async def test_who_only_retried_did_not_stop_it() -> None:
    case, run = await a_case_with_a_run()
    await doors.note_deed("claire", "set_state", run, "SCHEDULED · AwaitingRetry")
    await revival.stopped(case, NOON)
    assert await owners() == ["somebody"]


async def test_who_stopped_it_once_did_not_stop_it_the_next_time() -> None:
    case, run = await a_case_with_a_run()
    await doors.note_deed("claire", "set_state", run, "COMPLETED · Completed")
    await revival.stopped(case, NOON)
    await do("UPDATE hold SET ended_at = :at", at=NOON)
    await revival.stopped(case, NOON)
    assert await owners() == ["claire", "somebody"]
