"""Deadlines are set, met and dropped, each a line in the journal of the customer and of the cases they concern."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.deadline import DEADLINE_LAWS, DeadlineKind
from storage import journal

SETTLED, BY = "everything it is about is settled", "relance"
"""Why and by whom a deadline sleeps: it comes back with what it is about."""
_ASLEEP = f"state = 'dropped' AND ended_by = '{BY}' AND ended_how = '{SETTLED}'"
_SET = text(
    """
    INSERT INTO deadline (creditor_id, customer_id, kind, subject, what, last_day, article, first, second, state, set_on,
        set_by, set_at)
    SELECT creditor_id, id, :kind, :subject, :what, :last_day, :article, :first, :second, 'standing', :today, :by, :at
    FROM customer WHERE id = :customer RETURNING id
    """
)
_COVER = text("INSERT INTO deadline_case (deadline_id, case_id) VALUES (:deadline, :case)")
_END = text(
    f"""
    UPDATE deadline SET state = :state, ended_on = :on, ended_how = :how, ended_by = :by, ended_at = :at
    WHERE (state = 'standing' OR {_ASLEEP}) AND (id = :number OR subject = :subject AND (CAST(:kind AS text) IS NULL OR kind = :kind))
    RETURNING id, customer_id, kind, last_day
    """  # noqa: S608 - no outside text
)
_NOT_MET = text(
    "UPDATE deadline SET state = 'dropped', ended_on = :on, ended_how = :why, ended_by = :by, ended_at = :at "
    "WHERE customer_id = :customer AND state = 'met' AND ended_how = :how RETURNING id, customer_id, kind, last_day"
)
_WAKE = text(
    f"""
    UPDATE deadline SET state = 'standing', ended_on = NULL, ended_how = '', ended_by = '', ended_at = NULL
    WHERE id = :number AND {_ASLEEP} RETURNING id, customer_id, kind, last_day, subject
    """  # noqa: S608 - no outside text
)
_CASES = text("SELECT case_id FROM deadline_case WHERE deadline_id = :deadline ORDER BY case_id")


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """A deadline to be set, about the record `subject` (`placement:12`) of a customer and some of its cases."""

    kind: DeadlineKind
    subject: str
    last_day: date
    article: str
    """The article, clause or decision it rests on; never empty."""
    what: str = ""
    first: int | None = None
    """Days before its last day on which a person is asked; None: as usual for the kind."""
    second: int | None = None


async def set_deadline(
    connection: AsyncConnection,
    new: NewDeadline,
    customer: int,
    cases: Iterable[int],
    today: date,
    by: str,
    at: datetime,
) -> int:
    """Set it under the lock of its cases; one of the same kind and subject is replaced. Answers its number.

    Where less time is left than the first warning needs, a person is asked at once, and again half-way.
    """
    await drop(connection, new.subject, "a new last day was set", today, by, at, kind=new.kind)
    law, left = DEADLINE_LAWS[new.kind], max((new.last_day - today).days, 0)
    first = min(law.first if new.first is None else new.first, left)
    second = min(law.second if new.second is None else new.second, first // 2)
    values = {
        "kind": new.kind.value, "subject": new.subject, "what": new.what, "last_day": new.last_day, "article": new.article,
        "first": first, "second": second, "today": today, "by": by, "at": at, "customer": customer,
    }  # fmt: skip
    number = int(await connection.scalar(_SET, values))
    for case in sorted(set(cases)):
        await connection.execute(_COVER, {"deadline": number, "case": case})
    facts = {"deadline": number, "kind": new.kind.value, "last_day": new.last_day, "subject": new.subject}
    await _journal(connection, number, customer, "deadline_set", facts, at)
    return number


async def meet(
    connection: AsyncConnection, subject: str, kind: DeadlineKind, how: str, on: date, by: str, at: datetime
) -> None:
    """What had to happen has happened on the day `on`: nobody is asked any more."""
    await _end(connection, subject, kind, "met", how, on, by, at)


async def meet_one(connection: AsyncConnection, number: int, how: str, on: date, by: str, at: datetime) -> None:
    """The same of the deadline of this number, where its record has not ended it already."""
    await _end(connection, None, None, "met", how, on, by, at, number=number)


async def drop(
    connection: AsyncConnection,
    subject: str,
    why: str,
    on: date,
    by: str,
    at: datetime,
    *,
    kind: DeadlineKind | None = None,
) -> None:
    """The deadlines of a record (of one `kind`, or all) no longer matter."""
    await _end(connection, subject, kind, "dropped", why, on, by, at)


async def drop_one(connection: AsyncConnection, number: int, why: str, on: date, by: str, at: datetime) -> None:
    """The deadline of this number no longer matters."""
    await _end(connection, None, None, "dropped", why, on, by, at, number=number)


async def was_not_met(
    connection: AsyncConnection, customer: int, how: str, why: str, on: date, by: str, at: datetime
) -> None:
    """What was taken for done (`how`, as it was met) did not happen: whoever sets these last days sets them anew."""
    values = {"customer": customer, "how": how, "why": why, "on": on, "by": by, "at": at}
    for row in (await connection.execute(_NOT_MET, values)).all():
        facts = {"deadline": row.id, "kind": row.kind, "last_day": row.last_day, "on": on, "by": by}
        await _journal(connection, row.id, row.customer_id, "deadline_dropped", facts, at)


async def wake(connection: AsyncConnection, number: int, at: datetime) -> None:
    """What it is about is open again, or goes on though it is paid: the deadline stands as before."""
    for row in (await connection.execute(_WAKE, {"number": number})).all():
        facts = {"deadline": row.id, "kind": row.kind, "last_day": row.last_day, "subject": row.subject}
        await _journal(connection, row.id, row.customer_id, "deadline_set", facts, at)


async def _end(
    connection: AsyncConnection, subject: str | None, kind: DeadlineKind | None, state: str, how: str, on: date, by: str,
    at: datetime, *, number: int | None = None,
) -> None:  # fmt: skip
    values = {
        "number": number,
        "subject": subject,
        "kind": kind,
        "state": state,
        "how": how,
        "on": on,
        "by": by,
        "at": at,
    }
    for row in (await connection.execute(_END, values)).all():
        facts = {"deadline": row.id, "kind": row.kind, "last_day": row.last_day, "on": on, "by": by}
        await _journal(connection, row.id, row.customer_id, f"deadline_{state}", facts, at)


async def _journal(
    connection: AsyncConnection, number: int, customer: int, kind: str, facts: Mapping[str, object], at: datetime
) -> None:
    """In the chain of each case it concerns; of one that concerns none, in the customer's."""
    cases = list(await connection.scalars(_CASES, {"deadline": number}))
    for case in cases:
        await journal.append(connection, "case", case, kind, facts, at)
    if not cases:
        await journal.append(connection, "customer", customer, kind, facts, at)
