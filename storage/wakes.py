"""Which cases and questions must be looked at, and where their runs are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from storage.facts import WAKE
from storage.session import reading, transaction


@dataclass(frozen=True, slots=True)
class Running:
    """Where a case is carried: its generation, its run, whether it is closed, woken, or being run."""

    case: int
    generation: int
    run: UUID | None
    closed: bool
    next_at: datetime | None
    woken: bool
    leased: bool


_TO_WAKE = text(
    "SELECT c.id FROM cases c WHERE c.wake_at <= clock_timestamp() AND c.run_id IS NOT NULL "
    "AND NOT EXISTS (SELECT FROM lease l WHERE l.case_id = c.id) ORDER BY c.wake_at LIMIT :limit"
)
_QUESTIONS = text(
    "SELECT q.id, q.run_id FROM question q WHERE q.wake_at <= clock_timestamp() AND q.run_id IS NOT NULL "
    "AND q.lead_id IS NULL ORDER BY q.wake_at LIMIT :limit"
)
_RUNNING = text(
    "SELECT id AS case, generation, run_id AS run, closed_at IS NOT NULL AS closed, next_at, "
    "coalesce(wake_at <= clock_timestamp(), false) AS woken, "
    "EXISTS (SELECT FROM lease l WHERE l.case_id = cases.id) AS leased FROM cases WHERE "
)
_OPEN = "closed_at IS NULL ORDER BY id"


async def cases_to_wake(limit: int) -> tuple[int, ...]:
    """Cases a fact has woken and nobody runs, earliest first."""
    async with reading() as connection:
        return tuple(await connection.scalars(_TO_WAKE, {"limit": limit}))


async def questions_to_wake(limit: int) -> tuple[tuple[int, UUID], ...]:
    """Questions with a run of their own whose run must look again."""
    async with reading() as connection:
        rows = (await connection.execute(_QUESTIONS, {"limit": limit})).all()
    return tuple((row.id, row.run_id) for row in rows)


async def where(case: int) -> Running | None:
    """Where this case is carried."""
    async with reading() as connection:
        row = (await connection.execute(text(f"{_RUNNING.text} id = :id"), {"id": case})).mappings().first()
    return Running(**row) if row else None


async def all_open() -> tuple[Running, ...]:
    """Where every open case is carried."""
    async with reading() as connection:
        rows = (await connection.execute(text(f"{_RUNNING.text} {_OPEN}"))).mappings()
        return tuple(Running(**row) for row in rows)


async def closed_with_run() -> tuple[Running, ...]:
    """Cases that were closed: their runs must have ended too."""
    async with reading() as connection:
        rows = (
            await connection.execute(text(f"{_RUNNING.text} closed_at IS NOT NULL AND run_id IS NOT NULL"))
        ).mappings()
        return tuple(Running(**row) for row in rows)


async def wake(case: int) -> None:
    """Have a case looked at, without a new fact."""
    async with transaction() as connection:
        await connection.execute(text("UPDATE cases SET wake_at = clock_timestamp() WHERE id = :id"), {"id": case})
        await connection.execute(text(f"SELECT pg_notify('{WAKE}', '')"))


async def wake_due(as_of: datetime) -> int:
    """The stepped clock reached `as_of`: wake exactly the cases whose time it is."""
    async with transaction() as connection:
        done = await connection.execute(
            text(
                "UPDATE cases SET wake_at = clock_timestamp() WHERE id IN (SELECT id FROM cases WHERE closed_at IS NULL "
                "AND next_at <= :as_of AND wake_at IS NULL ORDER BY id FOR UPDATE)"
            ),
            {"as_of": as_of},
        )
        await connection.execute(text(f"SELECT pg_notify('{WAKE}', '')"))
        return done.rowcount


async def next_due() -> datetime | None:
    """The earliest moment a case, or something to be told, waits for, by the clock."""
    async with reading() as connection:
        return await connection.scalar(  # type: ignore[no-any-return]
            text(
                "SELECT least((SELECT min(next_at) FROM cases WHERE closed_at IS NULL), "
                "(SELECT min(next_at) FROM correspondence WHERE state = 'waiting'))"
            )
        )


async def at_rest() -> bool:
    """Whether nothing is leased and nothing is to be woken: only then may stepped time move."""
    async with reading() as connection:
        busy = await connection.scalar(
            text(
                "SELECT EXISTS (SELECT FROM lease) OR EXISTS (SELECT FROM cases WHERE wake_at IS NOT NULL "
                "AND run_id IS NOT NULL) OR EXISTS (SELECT FROM question WHERE wake_at IS NOT NULL AND run_id IS NOT NULL "
                "AND lead_id IS NULL) OR EXISTS (SELECT FROM cases WHERE run_id IS NULL AND closed_at IS NULL) "
                "OR EXISTS (SELECT FROM question WHERE kind = 'resend' AND run_id IS NULL AND state IN ('open', 'answered'))"
            )
        )
    return not busy


async def settled(now: datetime) -> bool:
    """Whether everything due by `now` is done."""
    due = await next_due()
    return (due is None or due > now) and await at_rest()
