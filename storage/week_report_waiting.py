"""Of a weekly report: what waited for us, by what was asked and by who was asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulk import rows_of
from storage.week_report_span import Span


@dataclass(frozen=True, slots=True)
class Waited:
    """Questions of one kind, or to one person: open now, answered in the week. An empty `name` is a question to anyone."""

    name: str
    open: int
    oldest: datetime | None
    """When the one that waits longest was asked; None: none is open."""
    answered: int
    median_days: float | None
    """Half of those answered in the week had waited longer than this; None: none was answered."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """All questions: together, by kind and by person, the most open first."""

    all: Waited
    kinds: tuple[Waited, ...]
    people: tuple[Waited, ...]


_QUESTIONS = text(
    """
    WITH told AS (
        SELECT q.kind, q.state, coalesce(nullif(a.actor, ''), q.todo) AS person, coalesce(q.since, q.asked_at) AS since,
               q.ended_at
        FROM question q LEFT JOIN LATERAL (
            SELECT a.actor FROM answer a JOIN answer_verdict v ON v.answer_id = a.id AND v.accepted
            WHERE a.question_id = q.id AND q.state = 'answered' ORDER BY a.id DESC LIMIT 1) a ON true
        WHERE q.creditor_id = :creditor
          AND (q.state = 'open' OR q.state = 'answered' AND q.ended_at >= :starts AND q.ended_at < :ends)
    )
    SELECT grouping(kind, person) AS part, coalesce(kind, person, '') AS name, count(*) FILTER (WHERE state = 'open') AS open,
           min(since) FILTER (WHERE state = 'open') AS oldest, count(*) FILTER (WHERE state = 'answered') AS answered,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - since)::double precision / 86400)
               FILTER (WHERE state = 'answered') AS median_days
    FROM told GROUP BY GROUPING SETS ((), (kind), (person))
    ORDER BY 1, open DESC, answered DESC, name
    """
)
"""A question counts from when it was first asked, whoever has had it since, and for who answered it."""
_ALL, _BY_KIND = 3, 1


async def waiting(connection: AsyncConnection, span: Span) -> Waiting:
    """The questions open now and those answered in the week."""
    found: dict[int, list[Waited]] = {_ALL: [], _BY_KIND: [], 2: []}
    for row in await rows_of(connection, _QUESTIONS, span.values):
        median = row["median_days"]
        told = Waited(
            row["name"], row["open"], row["oldest"], row["answered"], None if median is None else round(median, 1)
        )
        found[row["part"]].append(told)
    return Waiting(found[_ALL][0], tuple(found[_BY_KIND]), tuple(found[2]))
