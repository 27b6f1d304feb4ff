"""Invoices nobody knows a policy for: they are not collected, and a person is told why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from storage.after_judgment import LADDER_OF
from storage.ladder_choice import OF_CUSTOMER, UNOPENED, alike_from, chooser
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
    SELECT coalesce(nullif({LADDER_OF}, ''), i.policy) AS own, {OF_CUSTOMER}, count(*) AS times, min(i.number) AS example
    FROM invoice i JOIN customer d ON d.id = i.customer_id JOIN creditor r ON r.id = i.creditor_id
    WHERE {UNOPENED} AND i.creditor_id = :creditor AND i.due < (CAST(:as_of AS timestamptz) AT TIME ZONE d.zone)::date
    GROUP BY 1, d.policy, d.segment, d.kind, coalesce(nullif(d.country, ''), r.country), d.region
    """  # noqa: S608 - no outside text
)


async def unchosen(as_of: datetime) -> tuple[Unchosen, ...]:
    """The invoices without a policy, by reason, the most first."""
    found: dict[str, Unchosen] = {}
    async with reading() as connection:
        for creditor in (await connection.execute(_CREDITORS)).mappings().all():
            choosing = await chooser(connection, creditor["id"], creditor["policy"])
            waiting = (await connection.execute(_WAITING, {"creditor": creditor["id"], "as_of": as_of})).mappings()
            for row in waiting.all():
                chosen = await choosing.chosen(alike_from(row))
                if chosen.choice is None:
                    why = " ".join(chosen.why_not)
                    before = found.get(why, Unchosen(0, row["example"], why))
                    found[why] = Unchosen(before.count + row["times"], min(before.example, row["example"]), why)
    return tuple(sorted(found.values(), key=lambda one: (-one.count, one.why)))
