"""Invoices nobody knows a policy for: they are not collected, and a person is told why."""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import text

from storage.bulk import arrays
from storage.ladder_choice import UNOPENED, Alike, Chosen, choices
from storage.session import reading


@dataclass(frozen=True, slots=True)
class Unchosen:
    """How many invoices wait, past their due date, for a choice, and why; one of them as an example."""

    count: int
    example: str
    why: str


_CREDITORS = text("SELECT id, policy FROM creditor ORDER BY id")
_WAITING = text(
    f"""
    SELECT g.place, count(*) AS times, min(i.number) AS example FROM invoice i JOIN customer d ON d.id = i.customer_id
    JOIN creditor r ON r.id = i.creditor_id
    JOIN unnest(CAST(:own AS text[]), CAST(:policy AS text[]), CAST(:segment AS text[]), CAST(:kind AS text[]),
                CAST(:country AS text[]), CAST(:region AS text[])) WITH ORDINALITY
         AS g(own, policy, segment, kind, country, region, place)
      ON g.own = i.policy AND g.policy = d.policy AND g.segment = d.segment AND g.kind = d.kind
         AND g.country = coalesce(nullif(d.country, ''), r.country) AND g.region = d.region
    WHERE {UNOPENED} AND i.creditor_id = :creditor AND i.due < (CAST(:as_of AS timestamptz) AT TIME ZONE d.zone)::date
    GROUP BY g.place
    """  # noqa: S608 - no outside text
)


async def unchosen(as_of: datetime) -> tuple[Unchosen, ...]:
    """The invoices without a policy, by reason, the most first."""
    counts: dict[str, list[Any]] = defaultdict(lambda: [0, ""])
    async with reading() as connection:
        for creditor in (await connection.execute(_CREDITORS)).mappings().all():
            chosen = await choices(connection, creditor["id"], creditor["policy"])
            without = [one for one in chosen if one.choice is None]
            if not without:
                continue
            values = _values(without) | {"creditor": creditor["id"], "as_of": as_of}
            for row in await connection.execute(_WAITING, values):
                found = counts[" ".join(without[row.place - 1].why_not)]
                found[0] += row.times
                found[1] = min(found[1] or row.example, row.example)
    waiting = [Unchosen(count, example, why) for why, (count, example) in counts.items()]
    return tuple(sorted(waiting, key=lambda one: (-one.count, one.why)))


def _values(without: list[Chosen]) -> dict[str, list[Any]]:
    names = tuple(one.name for one in fields(Alike))
    return arrays([{name: getattr(one.alike, name) for name in names} for one in without], names)
