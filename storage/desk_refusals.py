"""What the desk refused: calls that would have changed something, and answers of somebody who may not answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from storage import clock, journal, questions
from storage.session import glance, reading, transaction

_WRITE = text(
    "INSERT INTO desk_refusal (actor, role, method, route, why, at) VALUES (:actor, :role, :method, :route, :why, :at)"
)
_NEWEST = text("SELECT at, actor, role, method, route, why FROM desk_refusal ORDER BY id DESC LIMIT :limit")
_COUNT = text("SELECT count(*) FROM desk_refusal WHERE at > :since")
_ANSWER = text(
    "INSERT INTO answer (question_id, attempt, actor, role, door, given, at) "
    "VALUES (:question, :attempt, :actor, :role, :door, CAST(:given AS jsonb), :at) RETURNING id"
)
_VERDICT = text("INSERT INTO answer_verdict (answer_id, accepted, words, at) VALUES (:answer, false, :words, :at)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused call. `actor` and `role` are empty for somebody the desk does not know."""

    at: datetime
    actor: str
    role: str
    method: str
    route: str
    why: str


async def record(refusal: Refusal) -> None:
    """Write a refusal down."""
    values = {name: getattr(refusal, name) for name in Refusal.__slots__}
    async with transaction() as connection:
        await connection.execute(_WRITE, values)


async def newest(limit: int) -> tuple[Refusal, ...]:
    """The refusals, newest first."""
    async with reading() as connection:
        return tuple(Refusal(**row) for row in (await connection.execute(_NEWEST, {"limit": limit})).mappings())


async def of_last_day(at: datetime) -> int:
    """How many there were in the last 24 hours."""
    async with glance() as connection:
        return int(await connection.scalar(_COUNT, {"since": at - timedelta(days=1)}))


async def refuse_answer(run: UUID, actor: str, door: str, values: Mapping[str, Any], why: str) -> None:
    """Write down an answer of no person, with its verdict; nothing where the run asks nothing."""
    question = await questions.of_run(run)
    if question is None:
        return
    at = await clock.now()
    row = {"question": question.id, "attempt": question.attempt, "actor": actor, "role": "", "door": door, "at": at}
    async with transaction() as connection:
        answer = await connection.scalar(_ANSWER, row | {"given": journal.canonical(values)})
        await connection.execute(_VERDICT, {"answer": answer, "words": why, "at": at})
