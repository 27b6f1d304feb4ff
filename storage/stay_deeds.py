"""A stay is opened on a customer or a group, all of its items at once, and ends item by item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.deadline import DeadlineKind
from policies.problems import Problem
from policies.stay import StayAsked, StayWords
from policies.stay_form import read_stay
from storage import deadlines, insolvency_holds, journal
from storage.customer_groups import meant
from storage.deadlines import NewDeadline
from storage.facts import lock, open_cases_of, touch
from storage.hold_deeds import Deed
from storage.session import reading, transaction
from storage.whom import SOURCE, Whom


@dataclass(frozen=True, slots=True)
class StayView:
    """A stay, with the customers it is about and the invoices it still holds."""

    number: int
    kind: str
    since: date
    last_day: date | None
    article: str
    words: str
    state: str
    follow_up: str
    customers: tuple[str, ...]
    held: tuple[str, ...]


_INSERT = text(
    """
    INSERT INTO stay (creditor_id, kind, since, last_day, article, why, state, opened_by, opened_at)
    SELECT creditor_id, :kind, :since, :last_day, :article, :words, 'open', :by, :at FROM customer WHERE id = :customer RETURNING id
    """
)
_MEMBER = text("INSERT INTO stay_customer (stay_id, customer_id) VALUES (:stay, :customer)")
_STANDS = text(
    """
    SELECT s.id, s.last_day, d.name FROM stay s JOIN stay_customer m ON m.stay_id = s.id JOIN customer d ON d.id = m.customer_id
    WHERE s.state = 'open' AND s.kind = :kind AND d.id = ANY(:customers)
      AND EXISTS (SELECT FROM hold h JOIN cases c ON c.id = h.case_id
                  WHERE h.origin = 'stay:' || s.id AND h.customer_id = d.id AND h.ended_at IS NULL AND c.closed_at IS NULL)
    ORDER BY s.id LIMIT 1
    """
)
_OWNER = text(
    "SELECT coalesce(nullif(d.owner, ''), r.owner) FROM customer d JOIN creditor r ON r.id = d.creditor_id WHERE d.id = :customer"
)
_ALL = text(
    """
    SELECT s.id AS number, s.kind, s.since, s.last_day, s.article, s.why AS words, s.state, s.follow_up,
           ARRAY(SELECT d.name FROM stay_customer m JOIN customer d ON d.id = m.customer_id WHERE m.stay_id = s.id ORDER BY d.id)
               AS customers,
           ARRAY(SELECT i.number FROM hold h JOIN cases c ON c.id = h.case_id JOIN invoice i ON i.id = c.invoice_id
                 WHERE h.origin = 'stay:' || s.id AND h.ended_at IS NULL AND c.closed_at IS NULL ORDER BY i.due, i.number) AS held
    FROM stay s WHERE (:every OR s.state = 'open') ORDER BY s.id
    """
)


async def open_stay(
    customers: Sequence[str], words: StayWords, actor: str, at: datetime, *, group: bool = False
) -> Deed | list[Problem]:
    """Leave the customers alone: every item of every one of them, in one transaction; later items are held as they are opened."""
    async with transaction() as connection:
        found = await meant(connection, customers, group=group)
        members = [one for one in found if isinstance(one, Whom)]
        if len(members) < len(found) or not members:
            return [one for one in found if isinstance(one, Problem)] or [_wrong("customer", "Say which customer.")]
        asked = read_stay(words, actor, members[0].today(at))
        if isinstance(asked, list):
            return asked
        if standing := await _standing(connection, members, asked):
            return [standing]
        cases = [case for one in members for case in await open_cases_of(connection, one.customer)]
        await lock(connection, cases)
        await _open(connection, members, asked, actor, at)
        await touch(connection, cases)
    names = ", ".join(one.name for one in members)
    told = f"{asked.kind.value.replace('_', ' ')}, to be looked at again by {asked.last_day}"
    return Deed("stay", members[0].number, names, told, tuple(sorted(cases)))


async def _standing(connection: AsyncConnection, members: Sequence[Whom], asked: StayAsked) -> Problem | None:
    """Why it is not opened: the same stay stands for one of them, and would be asked about twice."""
    customers = [one.customer for one in members]
    row = (await connection.execute(_STANDS, {"kind": asked.kind.value, "customers": customers})).first()
    if row is None:
        return None
    what = asked.kind.value.replace("_", " ")
    return _wrong(
        "customer", f"{row.name} is left alone already: {what}, stay {row.id}, to be looked at again by {row.last_day}."
    )


async def _open(
    connection: AsyncConnection, members: Sequence[Whom], asked: StayAsked, actor: str, at: datetime
) -> None:
    first = members[0]
    values = {
        "customer": first.customer, "kind": asked.kind.value, "since": asked.since, "last_day": asked.last_day,
        "article": asked.article, "words": asked.words, "by": actor, "at": at,
    }  # fmt: skip
    stay = int(await connection.scalar(_INSERT, values))
    held: list[int] = []
    for one in members:
        await connection.execute(_MEMBER, {"stay": stay, "customer": one.customer})
        owner = str(await connection.scalar(_OWNER, {"customer": one.customer}))
        for case in await open_cases_of(connection, one.customer):
            await insolvency_holds.place(
                connection, one.customer, case, asked.law.hold, asked.words, asked.since, owner, f"stay:{stay}", at,
                asked.last_day,
            )  # fmt: skip
            held.append(case)
        facts = {"stay": stay, "kind": asked.kind.value, "last_day": asked.last_day, "actor": actor}
        await journal.append(connection, "customer", one.customer, "stay_opened", facts, at)
    new = NewDeadline(DeadlineKind.STAY_REVIEW, f"stay:{stay}", asked.last_day, asked.article, asked.words[:200])
    await deadlines.set_deadline(connection, new, first.customer, held, first.today(at), actor, at)


async def listing(*, every: bool = False) -> tuple[StayView, ...]:
    """The stays that are open, or `every` one."""
    async with reading() as connection:
        rows = (await connection.execute(_ALL, {"every": every})).mappings()
        return tuple(
            StayView(**dict(row) | {"customers": tuple(row["customers"]), "held": tuple(row["held"])}) for row in rows
        )


def _wrong(name: str, reason: str) -> Problem:
    return Problem(SOURCE, None, name, reason)
