"""What stands in somebody's digest: what waits for them, and what changed on their customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulk import rows_of
from storage.call_list import Call, calls
from storage.digests import DigestDay, Reader
from storage.presence import team
from storage.session import reading

SHOWN = 25
"""Questions and pieces of news a digest lists; the rest is a number."""


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """A question that waits for the reader. `new`: first asked since the last digest; `late`: somebody was reminded of it."""

    id: int
    kind: str
    title: str
    run: UUID | None
    since: datetime
    due_at: datetime | None
    """When it is passed on next; None: nobody else is asked."""
    new: bool
    late: bool


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """A call to make today; the amount in minor units."""

    customer_name: str
    amount: int
    currency: str
    days_late: int
    at: datetime
    """From when on it may be made."""
    agreed: bool
    """The customer named this time."""
    run: UUID | None
    """Of the question it answers; None: a call back that was agreed on the telephone."""


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to a customer of the reader: `paid`, `payment_returned`, `agreement_broken`, `reply`,
    `opt_out`, `complaint`, `undelivered`. Amounts in minor units; no currency: there is none."""

    kind: str
    customer_number: str
    customer_name: str
    invoice: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Digest:
    """All of it, questions by urgency; the counts are of everything, shown or not."""

    reader: Reader
    questions: tuple[WaitingQuestion, ...]
    calls: tuple[WaitingCall, ...]
    waiting: int
    new: int
    late: int
    calling: int
    anyones: int
    """Questions to nobody in particular."""
    news: tuple[News, ...]
    told: int
    """How many pieces of news there are, shown or not."""

    @property
    def says_something(self) -> bool:
        """Whether there is a reason to write."""
        return bool(self.waiting or self.calling or self.told)


_QUESTIONS = text(
    """
    SELECT q.id, q.kind, q.title, coalesce(q.run_id, c.run_id) AS run, coalesce(q.since, q.asked_at) AS since, q.due_at,
           coalesce(q.since, q.asked_at) > :last AS new, q.waited <> '' AS late
    FROM question q LEFT JOIN cases c ON c.id = q.lead_id AND q.kind <> 'daily_review'
    WHERE q.state = 'open' AND q.todo = :login AND q.kind <> 'call_outcome' AND coalesce(q.since, q.asked_at) <= :as_of
    ORDER BY q.waited = '', q.due_at NULLS LAST, q.amount DESC, q.id
    """
)
_ANYONES = text("SELECT count(*) FROM question WHERE state = 'open' AND todo = ''")
_MINE = "(coalesce(nullif(d.owner, ''), r.owner) = :login OR d.backup = :login AND coalesce(nullif(d.owner, ''), r.owner) = ANY(:away))"
_NEWS = text(
    f"""
    SELECT kind, customer_number, customer_name, invoice, amount, currency FROM (
        SELECT j.at, j.kind, d.number AS customer_number, d.name AS customer_name, i.number AS invoice,
               coalesce((j.facts ->> 'amount')::bigint, 0) AS amount, c.currency
        FROM journal j JOIN cases c ON j.chain = 'case:' || c.id JOIN invoice i ON i.id = c.invoice_id
        JOIN customer d ON d.id = c.customer_id JOIN creditor r ON r.id = d.creditor_id
        WHERE j.kind IN ('paid', 'payment_returned', 'agreement_broken') AND j.at > :last AND j.at <= :as_of
          AND {_MINE}
        UNION ALL
        SELECT m.received_at, m.kind, d.number, d.name, '', 0, '' FROM incoming_message m
        JOIN customer d ON d.id = m.customer_id JOIN creditor r ON r.id = d.creditor_id
        WHERE m.kind IN ('reply', 'opt_out', 'complaint') AND m.received_at > :last AND m.received_at <= :as_of AND {_MINE}
        UNION ALL
        SELECT min(v.at), 'undelivered', d.number, d.name, '', 0, '' FROM delivery_event v JOIN message m ON m.id = v.message_id
        JOIN customer d ON d.id = m.customer_id JOIN creditor r ON r.id = d.creditor_id
        WHERE v.kind IN ('not_delivered', 'dead_address') AND v.at > :last AND v.at <= :as_of AND {_MINE}
        GROUP BY m.id, d.number, d.name
    ) told ORDER BY kind, at, customer_name, invoice
    """  # noqa: S608 - no outside text
)


async def digest(reader: Reader, day: DigestDay, as_of: datetime) -> Digest:
    """The digest of the reader on that day, as things stand at `as_of`."""
    values: dict[str, Any] = {"login": reader.login, "last": day.since, "as_of": as_of}
    async with reading() as connection:
        asked = [WaitingQuestion(**row) for row in await rows_of(connection, _QUESTIONS, values)]
        away = sorted((await team(connection, day.creditor, as_of)).away)
        news = await _news(connection, values | {"away": away})
        anyones = int(await connection.scalar(_ANYONES) or 0)
    to_make = [_call(one, one.next_at) for one in await calls(as_of, reader.login) if _is_due(one, day, as_of)]
    return Digest(
        reader, tuple(asked[:SHOWN]), tuple(to_make[:SHOWN]), len(asked), _count(asked, "new"), _count(asked, "late"),
        len(to_make), anyones, tuple(news[:SHOWN]), len(news),
    )  # fmt: skip


def _is_due(one: Call, day: DigestDay, as_of: datetime) -> bool:
    """Whether it may be made within the day the digest is of."""
    return one.next_at is not None and one.next_at < max(as_of, day.ends)


def _call(one: Call, at: datetime | None) -> WaitingCall:
    assert at is not None, "a call that is due has its time"
    agreed = one.agreed_at is not None
    return WaitingCall(one.name, one.amount, one.currency, one.days_late, at, agreed, one.run)


def _count(asked: Sequence[WaitingQuestion], what: str) -> int:
    return sum(1 for one in asked if getattr(one, what))


async def _news(connection: AsyncConnection, values: dict[str, Any]) -> list[News]:
    return [News(**row) for row in await rows_of(connection, _NEWS, values)]
