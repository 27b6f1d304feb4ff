"""What has stood too long is passed on: who is to answer is reminded, then the manager has it, then an administrator.

Each question keeps when that happens next, so that nobody has to look at ten thousand of them. Nothing is decided by age.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.calendar import Calendar
from policies.question_deadlines import Waited, deadlines, patience, waited
from policies.questions import QuestionKind
from policies.staff import Role
from policies.standing_in import passed_on_to
from storage.bulk import arrays, chunks, rows_of
from storage.holiday_sets import holidays_around
from storage.presence import Team, in_place_of, team
from storage.question_moves import lock_about, moved, tell
from storage.session import reading, transaction
from storage.signatures import Alone, alone


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A question that was put to somebody again, or went to somebody else."""

    question: int
    waited: Waited
    before: str
    now: str


_STANDING = """
    SELECT q.id, q.kind, q.creditor_id, q.customer_id, q.lead_id, q.todo, q.waited, q.due_at, coalesce(q.since, q.asked_at) AS since,
           r.zone, r.country, r.deadlines, coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM question q JOIN creditor r ON r.id = q.creditor_id LEFT JOIN customer d ON d.id = q.customer_id
    WHERE q.state = 'open'
"""
_UNDATED = text(f"{_STANDING} AND q.due_at IS NULL AND q.waited <> 'last' ORDER BY q.id")
_OVERDUE = text(f"{_STANDING} AND q.due_at <= :as_of ORDER BY q.id")
_ONE = text(f"{_STANDING} AND q.id = :id")
_HAND = text(
    "UPDATE question SET todo = :todo, wake_at = CASE WHEN lead_id IS NULL THEN clock_timestamp() ELSE wake_at END "
    "WHERE id = :id AND state = 'open' AND todo = :before RETURNING id"
)
_DATE = text(
    "UPDATE question SET due_at = g.due FROM unnest(CAST(:id AS bigint[]), CAST(:due AS timestamptz[])) AS g(id, due) "
    "WHERE question.id = g.id AND state = 'open' AND due_at IS NULL"
)
_FORGET = text(
    "UPDATE question SET due_at = NULL WHERE creditor_id = :creditor AND state = 'open' AND waited <> 'last'"
)
_NEXT = text("SELECT min(due_at) FROM question WHERE state = 'open' AND due_at IS NOT NULL")
_PASS_ON = text(
    "UPDATE question SET waited = :waited, todo = :todo, due_at = :due, "
    "wake_at = CASE WHEN lead_id IS NULL THEN clock_timestamp() ELSE wake_at END "
    "WHERE id = :id AND state = 'open' AND waited = :before AND todo = :was_with RETURNING id"
)


async def pass_on(as_of: datetime) -> tuple[PassedOn, ...]:
    """One round: every question that has stood too long goes to who is next. Done twice it does nothing more."""
    await _date_new_ones()
    async with reading() as connection:
        rows = await rows_of(connection, _OVERDUE, {"as_of": as_of})
    found = [await _pass_on(row, as_of) for row in rows]
    found += [await _to_admins(one, as_of) for one in await _alone()]
    return tuple(one for one in found if one is not None)


async def next_deadline() -> datetime | None:
    """When the next question is to be passed on; None: none is."""
    await _date_new_ones()
    async with reading() as connection:
        return await connection.scalar(_NEXT)  # type: ignore[no-any-return]


async def _date_new_ones() -> None:
    """Questions asked since the last look get the moment at which they are passed on first."""
    async with reading() as connection:
        rows = await rows_of(connection, _UNDATED, {})
    for part in chunks(rows):
        dated = [{"id": row["id"], "due": _next_after(row, Waited(row["waited"]))} for row in part]
        async with transaction() as connection:
            await connection.execute(_DATE, arrays(dated, ("id", "due")))


async def date_anew(creditor: int) -> None:
    """The creditor has set other days: what is open is passed on by those."""
    async with transaction() as connection:
        await connection.execute(_FORGET, {"creditor": creditor})


async def _alone() -> tuple[Alone, ...]:
    async with reading() as connection:
        return await alone(connection)


async def _to_admins(one: Alone, as_of: datetime) -> PassedOn | None:
    """A second signature nobody is left to give is for the administrators to make possible; nothing is approved."""
    async with reading() as connection:
        row = (await rows_of(connection, _ONE, {"id": one.question}))[0]
        there = await team(connection, one.creditor, as_of)
    admins = there.of(Role.ADMIN)
    to = next((login for login in admins if login not in there.away), one.todo)
    if one.todo in admins or to == one.todo:
        return None
    async with transaction() as connection:
        covered = await lock_about(connection, row["id"], row["customer_id"])
        if await connection.scalar(_HAND, {"id": one.question, "todo": to, "before": one.todo}) is None:
            return None
        await moved(connection, one.question, one.todo, to, "no_second_signer", "", as_of)
        await _tell(connection, row, covered, Waited.LAST, to, as_of)
    return PassedOn(one.question, Waited.LAST, one.todo, to)


def _calendar(row: Mapping[str, Any]) -> Calendar:
    return Calendar(ZoneInfo(row["zone"]), holidays_around(row["country"], row["since"].date()))


def _next_after(row: Mapping[str, Any], reached: Waited) -> datetime | None:
    """When a question that has been passed on as far as `reached` is passed on again; None: it has come to its end."""
    days = patience(QuestionKind(row["kind"]), row["deadlines"])
    order = list(Waited)
    coming = deadlines(_calendar(row), row["since"], days)
    return next((moment for one, moment in coming if order.index(one) > order.index(reached)), None)


async def _pass_on(row: Mapping[str, Any], as_of: datetime) -> PassedOn | None:
    stood = waited(_calendar(row), row["since"], as_of, patience(QuestionKind(row["kind"]), row["deadlines"]))
    async with transaction() as connection:
        covered = await lock_about(connection, row["id"], row["customer_id"])
        there = await team(connection, row["creditor_id"], as_of)
        to = await _whose(connection, row, stood, there)
        values = {"id": row["id"], "waited": stood, "before": row["waited"], "todo": to, "due": _next_after(row, stood)}
        values["was_with"] = row["todo"]  # given away meanwhile: the next round passes it on from there
        if await connection.scalar(_PASS_ON, values) is None:
            return None
        if stood is Waited.NOT_LONG:  # the creditor has given more time since
            return None
        await moved(connection, row["id"], row["todo"], to, stood.value, "", as_of)
        await _tell(connection, row, covered, stood, to, as_of)
    return PassedOn(row["id"], stood, row["todo"], to)


async def _whose(connection: AsyncConnection, row: Mapping[str, Any], stood: Waited, there: Team) -> str:
    owner_side = await in_place_of(connection, row["owner"], row["customer_id"], there)
    return passed_on_to(stood, row["todo"], owner_side, there.managers, there.of(Role.ADMIN), there.away)


async def _tell(
    connection: AsyncConnection, row: Mapping[str, Any], covered: list[int], stood: Waited, to: str, as_of: datetime
) -> None:
    facts = {"question": row["id"], "kind": row["kind"], "from": row["todo"], "to": to}
    await tell(connection, row, covered, f"question_{stood.value}", facts, as_of)
