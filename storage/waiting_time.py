"""How long people let questions wait: from the moment one was first asked to its answer."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from storage.bulk import rows_of
from storage.session import reading


@dataclass(frozen=True, slots=True)
class Waited:
    """The questions of a kind with one person: how many were answered in the days asked about, and how many are open.

    `median_days` is of the answered ones, from when each was first asked; None: none was. `longest_days` is of the open ones.
    `moved` counts how often they went from one person to another.
    """

    kind: str
    person: str
    answered: int
    median_days: float | None
    open: int
    longest_days: float
    moved: int


_WAITED = text(
    """
    WITH told AS (
        SELECT q.id, q.kind, coalesce(nullif(a.actor, ''), nullif(q.todo, ''), 'anyone') AS person, q.state,
               coalesce(q.since, q.asked_at) AS since, q.ended_at,
               (SELECT count(*) FROM question_move m WHERE m.question_id = q.id AND m.taken_from <> m.given_to) AS moved
        FROM question q LEFT JOIN LATERAL (
            SELECT a.actor FROM answer a JOIN answer_verdict v ON v.answer_id = a.id AND v.accepted
            WHERE a.question_id = q.id AND q.state = 'answered' ORDER BY a.id DESC LIMIT 1) a ON true
        WHERE q.state = 'open' AND q.asked_at < CAST(:until AS date) + 1
           OR q.state = 'answered' AND q.ended_why = 'answered' AND q.ended_at >= CAST(:since AS date)
              AND q.ended_at < CAST(:until AS date) + 1
    )
    SELECT kind, person, count(*) FILTER (WHERE state = 'answered') AS answered,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - since) / 86400.0)
               FILTER (WHERE state = 'answered') AS median_days,
           count(*) FILTER (WHERE state = 'open') AS open,
           coalesce(max(extract(epoch FROM CAST(:until AS date) + 1 - since) / 86400.0)
               FILTER (WHERE state = 'open'), 0) AS longest_days,
           CAST(sum(moved) AS bigint) AS moved
    FROM told GROUP BY kind, person ORDER BY kind, person
    """
)


async def waiting(since: date, until: date) -> tuple[Waited, ...]:
    """What waited on us from `since` to `until`, both inclusive (days of the universal clock), by kind and person."""
    async with reading() as connection:
        rows = await rows_of(connection, _WAITED, {"since": since, "until": until})
    return tuple(_waited(row) for row in rows)


def _waited(row: dict[str, object]) -> Waited:
    median = row["median_days"]
    return Waited(
        str(row["kind"]), str(row["person"]), int(str(row["answered"])), None if median is None else round(float(str(median)), 2),
        int(str(row["open"])), round(float(str(row["longest_days"])), 2), int(str(row["moved"])),
    )  # fmt: skip
