"""The owner of a dispute is asked what becomes of it: when it is opened, on the day named, when its credit note is late.

One question for each dispute; every round takes back what is no longer so and asks anew.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.fingerprint import fingerprint
from policies.questions import QuestionKind
from storage.dispute_views import DisputeView, show_in, to_ask
from storage.presence import asked_of
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.voiding import void

SOON = timedelta(minutes=1)
MORNING = time(6)
"""When the stepped clock stops to ask (UTC)."""
CHANGED = "the dispute, or what is owed, has changed"

Describe = Callable[[DisputeView], Wording]

_OPEN = text("SELECT id, dispute_id, fingerprint FROM question WHERE kind = 'dispute' AND state = 'open' ORDER BY id")
_OF = text("SELECT dispute_id FROM question WHERE id = :id")
_ASK = text(
    """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, attempt, state, todo, title, description,
        fingerprint, shown_facts, amount, asked_at, dispute_id, since)
    SELECT :creditor, :customer, :currency, :kind, '', '', 0, 'open', :todo, :title, :description, :fingerprint, :shown,
        :amount, CAST(:at AS timestamptz), CAST(:dispute AS bigint), (
            SELECT min(q.asked_at) FROM question q WHERE q.dispute_id = :dispute AND q.state = 'voided'
            AND q.asked_at > coalesce((SELECT max(a.ended_at) FROM question a WHERE a.dispute_id = :dispute AND a.state = 'answered'),
                                      '-infinity'))
    """
)


async def ask_about_disputes(as_of: datetime, describe: Describe) -> int:
    """One round; answers how many were asked."""
    async with transaction() as connection:
        found = {one.number: one for one in await to_ask(connection, as_of) if one.is_asked}
        stand: set[int] = set()
        gone: list[int] = []
        for row in await connection.execute(_OPEN):
            if row.dispute_id in found and content_of(found[row.dispute_id]) == row.fingerprint:
                stand.add(row.dispute_id)
            else:
                gone.append(row.id)
        await void(connection, gone, CHANGED, as_of, wake=False)
    return sum([await _ask(one, describe, as_of) for one in found.values() if one.number not in stand])


async def next_question(now: datetime) -> datetime | None:
    """When the next round has something to do; None while every dispute is asked about, or over."""
    async with reading() as connection:
        found = await to_ask(connection, now)
        asked = {(row.dispute_id, row.fingerprint) for row in await connection.execute(_OPEN)}
    if asked ^ {(one.number, content_of(one)) for one in found if one.is_asked}:
        return now + SOON
    coming = [one.ask_on for one in found if one.ask_on is not None and not one.is_asked]
    return max(datetime.combine(min(coming), MORNING, UTC), now + SOON) if coming else None


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether the dispute and what is owed are what the question shows."""
    number = await connection.scalar(_OF, {"id": question})
    found = await show_in(connection, number, at)
    return found is not None and content_of(found) == shown


def content_of(one: DisputeView) -> str:
    """The fingerprint of what is asked about."""
    said = (
        one.invoice, one.standing, str(one.open), str(one.disputed), str(one.credited), one.dispute.owner, one.lines, one.text,
        one.dispute.reason.value, *(document.sha256 for document in one.documents),
    )  # fmt: skip
    return fingerprint(["dispute", str(one.number), *said])


async def _ask(one: DisputeView, describe: Describe, at: datetime) -> bool:
    words = describe(one)
    values: dict[str, Any] = {
        "creditor": one.creditor, "customer": one.customer, "currency": one.currency, "kind": QuestionKind.DISPUTE,
        "title": words.title, "description": words.description,
        "fingerprint": content_of(one), "shown": words.shown_facts, "amount": one.disputed, "at": at,
        "dispute": one.number,
    }  # fmt: skip
    try:
        async with transaction() as connection:
            values["todo"] = await asked_of(connection, one.creditor, one.dispute.owner, one.customer, at)
            await connection.execute(_ASK, values)
    except IntegrityError:
        return False
    return True
