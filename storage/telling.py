"""One message beside the ladder is prepared: what waits for a customer is looked at anew, written, and reserved.

What is no longer true is dropped, what may not leave now waits, and news of one day is one message (decision 0015).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import ANSWERS, BY_HAND, NEWS, TERMS, TO_OTHERS, BesideFacts, MessageKind, Piece
from policies.languages import written_to
from policies.roles import Person
from policies.stages import Channel
from storage import beside_copies, beside_truth, bundles, journal
from storage.beside_ledger import VERSION
from storage.beside_truth import CONTEXT, Drop, Later, Waiting
from storage.bundles import Copy
from storage.collecting import LeaseLost
from storage.dossier import Dossier, load
from storage.facts import lock
from storage.handing import Written
from storage.live_route import hold_room
from storage.recipients import desk_for
from storage.session import transaction
from storage.threads import thread_of
from storage.told_to_others import file_for, to_other

WriteBeside = Callable[[BesideFacts, str, Sequence[Copy]], Written]
"""Puts facts into words and bytes for a recipient; a `ValueError` says in a sentence why that cannot be."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message reserved for handing over."""

    message: int
    kind: MessageKind
    recipient: str


@dataclass(frozen=True, slots=True)
class Busy:
    """Another run prepares a message to the customer at this very moment."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """It cannot be written as things stand; the sentence says what a person must mend. It is tried again later."""

    why: str


_CONTEXT = f"coalesce(w.case_id, (SELECT c.id FROM cases c WHERE c.customer_id = w.customer_id {CONTEXT}))"  # noqa: S608
_CASES = text(
    f"""
    SELECT DISTINCT {_CONTEXT} AS case_id
    FROM correspondence w WHERE w.customer_id = :customer AND w.state = 'waiting' AND w.next_at <= :as_of
    """  # noqa: S608 - no outside text
)
_WAITING = text(
    f"""
    SELECT w.id, w.kind, w.customer_id, w.case_id, w.amount, w.origin_id, w.on_day, w.subject, w.text,
           {_CONTEXT} AS context
    FROM correspondence w WHERE w.customer_id = :customer AND w.state = 'waiting' AND w.next_at <= :as_of
    ORDER BY w.id FOR UPDATE
    """  # noqa: S608 - no outside text
)
_PUT_OFF = text("UPDATE correspondence SET next_at = :next, run_id = NULL WHERE id = ANY(:ids) AND state = 'waiting'")
_STUCK = text(
    """
    UPDATE correspondence SET words = :why, run_id = NULL, attempt = attempt + 1,
        next_at = CAST(:as_of AS timestamptz) + make_interval(hours => CAST(least(attempt + 1, 24) AS int))
    WHERE id = ANY(:ids) AND state = 'waiting'
    """
)
"""Tried again after an hour, then two… at last once a day: what must be mended is mended by a person."""
_DROP = text("UPDATE correspondence SET state = 'dropped', words = :why WHERE id = :id AND state = 'waiting'")
_TELL = text(
    f"UPDATE correspondence w SET state = 'told', words = '', message_id = :message, case_version = {VERSION} "  # noqa: S608
    "WHERE w.id = ANY(:ids) AND w.state = 'waiting' RETURNING w.id"
)
_NEWS_TODAY = text(
    "SELECT true FROM message WHERE customer_id = :customer AND window_on = :today AND kind = ANY(:news) "
    "AND state IN ('reserved', 'handing_over', 'confirmed', 'ambiguous')"
)
_MESSAGE = text(
    """
    INSERT INTO message (creditor_id, customer_id, currency, kind, stage, step, window_on, channel, state, route, key, token,
        sender, recipient, subject, text, raw, sha256, demanded, calculated_at)
    VALUES (:creditor, :customer, :currency, :kind, '', '', :window, 'email', 'reserved', :route, :key, :token, :sender,
        :recipient, :subject, :text, :raw, :sha256, 0, :at) RETURNING id
    """
)
_CREDITOR = text("SELECT creditor_id FROM customer WHERE id = :customer")
_LEASED = text("SELECT true FROM lease WHERE token = :token")


async def prepare(
    customer: int, token: UUID, as_of: datetime, channels: frozenset[Channel], write: WriteBeside
) -> Told | Busy | Stuck | None:
    """Reserve the next message that is due to the customer; None: there is none now."""
    try:
        async with transaction() as connection:
            return await _prepare(connection, customer, token, as_of, channels, write)
    except IntegrityError:
        return Busy()


async def _prepare(
    connection: AsyncConnection, customer: int, token: UUID, as_of: datetime, channels: frozenset[Channel],
    write: WriteBeside,
) -> Told | Busy | Stuck | None:  # fmt: skip
    if not await bundles.try_debtor(connection, customer):
        return Busy()
    due = {"customer": customer, "as_of": as_of}
    cases = [case for case in await connection.scalars(_CASES, due) if case is not None]
    await lock(connection, cases)
    creditor = await connection.scalar(_CREDITOR, {"customer": customer})
    await hold_room(connection, creditor, as_of)
    if not await connection.scalar(_LEASED, {"token": token}):
        raise LeaseLost(f"The lease on what is told to customer {customer} is no longer ours.")
    dossiers = await load(connection, cases, as_of, channels)
    rows = [Waiting(**row) for row in (await connection.execute(_WAITING, due)).mappings()]
    told: list[tuple[Waiting, Dossier, Piece]] = []
    for row in rows:
        about = dossiers.get(row.context or 0)
        if about is None:
            if row.context is None:
                await _drop(connection, row, "there is no case to write about", as_of)
            continue  # of a case that came while the others were locked: the next turn sees it
        found = await beside_truth.look(connection, row, about, as_of)
        if isinstance(found, Drop):
            await _drop(connection, row, found.why, as_of)
        elif isinstance(found, Later):
            await connection.execute(_PUT_OFF, {"ids": [row.id], "next": found.until})
        else:
            told.append((row, about, found))
    return await _reserve_one(connection, told, token, as_of, write)


async def _reserve_one(
    connection: AsyncConnection, told: Sequence[tuple[Waiting, Dossier, Piece]], token: UUID, as_of: datetime,
    write: WriteBeside,
) -> Told | Stuck | None:  # fmt: skip
    """What a person asked for or agreed on first, one by one; then the news of one currency together, once a day."""
    by_hand = [one for one in told if one[0].kind in (*BY_HAND, *TERMS, *ANSWERS, *TO_OTHERS)]
    if by_hand:
        return await _reserve(connection, _together(by_hand), token, as_of, write)
    if not told:
        return None
    about = told[0][1]
    today = about.case.calendar.day(as_of)
    values = {"customer": about.case.customer, "today": today, "news": list(NEWS)}
    if await connection.scalar(_NEWS_TODAY, values):
        tomorrow = beside_truth.tomorrow(about, as_of)
        await connection.execute(_PUT_OFF, {"ids": [row.id for row, _, _ in told], "next": tomorrow})
        return None
    same = [one for one in told if one[1].case.currency == about.case.currency]
    return await _reserve(connection, same, token, as_of, write)


def _together(asked: Sequence[tuple[Waiting, Dossier, Piece]]) -> Sequence[tuple[Waiting, Dossier, Piece]]:
    """What a person asked for leaves one by one, but for what is needed to pay: one transfer pays several invoices."""
    kind, currency = asked[0][0].kind, asked[0][1].case.currency
    if kind not in (MessageKind.PAYMENT_DETAILS, MessageKind.CROSSED):
        return asked[:1]
    return [one for one in asked if one[0].kind == kind and one[1].case.currency == currency]


async def _reserve(
    connection: AsyncConnection, told: Sequence[tuple[Waiting, Dossier, Piece]], token: UUID, as_of: datetime,
    write: WriteBeside,
) -> Told | Stuck | None:  # fmt: skip
    about, kind = told[0][1], MessageKind(told[0][0].kind)
    other = await to_other(connection, told[0][0].id, kind, as_of) if kind in TO_OTHERS else None
    assert not isinstance(other, str), "it was looked at under the same locks"
    desk = desk_for(about) if other is None else other.person
    facts = await _facts(connection, told, desk, as_of)
    if other is not None:
        file = await file_for(connection, other, as_of)
        facts = replace(facts, language=other.language, currency=other.currency, thread=(), file=file)
    copies = await beside_copies.copies(connection, [row for row, _, _ in told])
    try:
        written = write(facts, "" if desk is None else desk.email, copies)
    except ValueError as wrong:
        await connection.execute(_STUCK, {"ids": [row.id for row, _, _ in told], "why": str(wrong), "as_of": as_of})
        return Stuck(str(wrong))
    values: dict[str, Any] = {
        "creditor": about.creditor, "customer": about.case.customer, "currency": facts.currency,
        "kind": facts.kind, "window": about.case.calendar.day(as_of), "route": "live" if about.live else "sink",
        "key": facts.key, "token": token, "sender": written.sender, "recipient": written.recipient,
        "subject": written.subject, "text": written.text, "raw": written.raw, "sha256": written.sha256, "at": as_of,
    }  # fmt: skip
    message = int(await connection.scalar(_MESSAGE, values))
    ids = [row.id for row, _, _ in told]
    moved = list(await connection.scalars(_TELL, {"ids": ids, "message": message}))
    assert len(moved) == len(ids), "the rows are locked since they were read"
    return Told(message, facts.kind, written.recipient)


async def _facts(
    connection: AsyncConnection, told: Sequence[tuple[Waiting, Dossier, Piece]], desk: Person | None, as_of: datetime
) -> BesideFacts:
    rows, about = [row for row, _, _ in told], told[0][1]
    creditor, _, _ = await bundles.creditor_facts(connection, about.creditor)
    members = [one for row, one, _ in told if row.case_id is not None]
    thread = await thread_of(connection, members, creditor.email) if members else ()
    facts = BesideFacts(
        key=beside_truth.message_key(rows), kind=min((MessageKind(row.kind) for row in rows), key=list(MessageKind).index),
        language=written_to(about.language, about.case.country or ""), creditor=creditor, customer_number=about.customer_number,
        customer_name=about.case.customer_name, contact_name="" if desk is None else desk.name, agent_name=about.owner,
        agent_email=creditor.reply_to or creditor.email, currency=about.case.currency, written_at=as_of,
        pieces=tuple(piece for _, _, piece in told), thread=thread,
    )  # fmt: skip
    return replace(facts, subject=rows[0].subject, text=rows[0].text) if facts.kind in BY_HAND else facts


async def _drop(connection: AsyncConnection, row: Waiting, why: str, at: datetime) -> None:
    await connection.execute(_DROP, {"id": row.id, "why": why})
    facts: Mapping[str, object] = {"kind": row.kind, "why": why}
    owner, id = ("case", row.case_id) if row.case_id is not None else ("customer", row.customer_id)
    await journal.append(connection, owner, id, "not_told", facts, at)
