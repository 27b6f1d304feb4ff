"""Whether what waits to be told is still true, and may be told now (decision 0015)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import ANSWERS, BY_HAND, LAST_DAY, NEWS, TERMS, TO_OTHERS, UNCOUNTED, MessageKind, Piece, is_old
from policies.beside_holds import UNDER_INSOLVENCY, delaying, forbidding
from policies.calendar_days import days_after, next_open_moment, open_moment_on
from policies.contact_budget import first_day
from policies.dispute import is_open
from policies.facts import DatedAmount, Hold, HoldKind
from policies.open_hours import Week, beside_week
from policies.stages import Channel
from storage import agreement_news, court_payments, decided_news, measure_news, mediation_news, news
from storage.dossier import Dossier
from storage.hold_kinds import LASTING, STANDING
from storage.told_to_others import to_other


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of `correspondence` that is due; `context` is the case whose law, hours and address count."""

    id: int
    kind: str
    customer_id: int
    case_id: int | None
    amount: int
    origin_id: int
    on_day: date
    subject: str
    text: str
    context: int | None


@dataclass(frozen=True, slots=True)
class Drop:
    """It is never told."""

    why: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may not be told before this moment."""

    until: datetime


CONTEXT = "ORDER BY c.closed_at IS NOT NULL, c.id DESC LIMIT 1"
"""Which of a customer's cases `c` stands for all of them: the latest that is open, whose currency is that of what was agreed."""
DECIDED = agreement_news.OF_AGREEMENTS | measure_news.OF_MEASURES | {MessageKind.MEDIATION_PROPOSED}
"""What was agreed on, or decided about the customer: looked at where it was decided."""
ASKED_FOR = (*UNCOUNTED, *ANSWERS, MessageKind.INVOICE_COPY, MessageKind.PAYMENT_DETAILS)
"""What no cap on contacts holds up: what asks for nothing, and what the customer asked for."""

_HOLDS = text(
    f"SELECT h.kind, h.channels, h.reason, h.since FROM hold h WHERE h.customer_id = :customer AND {STANDING}"  # noqa: S608
)
_WANTED = text("SELECT good_news FROM creditor WHERE id = :creditor")
_PLACED = text(
    "SELECT true FROM placement_case k JOIN placement p ON p.id = k.placement_id WHERE k.case_id = :case AND p.ended_at IS NULL"
)
_SET_AGAINST = text(
    "SELECT coalesce(sum(a.amount), 0)::bigint FROM allocation a JOIN cases c ON c.invoice_id = a.invoice_id "
    "WHERE c.id = :case AND a.undone_at IS NULL AND CASE a.kind WHEN 'payment' THEN a.payment_id = :row AND NOT :credit "
    "WHEN 'credit_note' THEN a.credit_note_id = :row AND :credit "
    "AND NOT EXISTS (SELECT FROM invoice n WHERE n.id = a.credit_note_id AND n.source = 'set-off') ELSE false END"
)
_AGREED = text(
    f"SELECT i.on_day, i.amount FROM hold h LEFT JOIN hold_instalment i ON i.hold_id = h.id WHERE h.id = :row AND {STANDING} "  # noqa: S608
    "ORDER BY i.on_day"
)


async def look(connection: AsyncConnection, row: Waiting, about: Dossier, as_of: datetime) -> Piece | Later | Drop:
    """What becomes of it at `as_of`: told now, looked at again later, or never told."""
    kind = MessageKind(row.kind)
    if kind in TO_OTHERS:
        told = await to_other(connection, row.id, kind, as_of)
        return Drop(told) if isinstance(told, str) else told.piece
    return await _to_customer(connection, row, kind, about, as_of)


async def _to_customer(
    connection: AsyncConnection, row: Waiting, kind: MessageKind, about: Dossier, as_of: datetime
) -> Piece | Later | Drop:
    case = about.case
    today = case.calendar.day(as_of)
    forbidden = await forbidding_hold(connection, row.customer_id, today)
    if forbidden and not (kind in UNDER_INSOLVENCY and forbidden.kind is HoldKind.INSOLVENCY):
        return Drop(f"on hold: {forbidden.kind.value}")
    if Channel.EMAIL not in case.reach:
        return Drop("there is no e-mail address that works")
    if why := await _unwanted(connection, row, kind, about, today):
        return Drop(why)
    waits = _waits(kind, about, as_of, today)
    if waits is not None and waits > as_of:
        return Later(waits)
    if kind in DECIDED:
        return await _of_a_decision(connection, row, kind, about, as_of)
    return await _told(connection, row, about, today)


async def _unwanted(connection: AsyncConnection, row: Waiting, kind: MessageKind, about: Dossier, today: date) -> str:
    """Why news is told no more, or not at all; empty: it may be. What a person asked for or agreed on is no news."""
    if why := await court_payments.why_untold(connection, kind, row.customer_id, row.case_id):
        return why
    if kind in (*BY_HAND, *TERMS, *ANSWERS):
        return ""
    if kind in NEWS and row.case_id is not None and await connection.scalar(_PLACED, {"case": row.case_id}):
        return "the file is with an agency, which speaks with the customer"
    if not await connection.scalar(_WANTED, {"creditor": about.creditor}):
        return "good news is switched off"
    return f"it is older than {LAST_DAY} days" if is_old(row.on_day, today) else ""


def _waits(kind: MessageKind, about: Dossier, as_of: datetime, today: date) -> datetime | None:
    """The moment to look again: the switch, a hold that ends soon, the first days, the hours, or the caps."""
    case = about.case
    if case.switched_off or delaying(kind, case.holds):
        return tomorrow(about, as_of)
    opening = opens(about, as_of)
    if opening is None:
        return tomorrow(about, as_of)
    if kind in ASKED_FOR or opening > as_of:
        return opening
    wait = first_day(case, about.ladder, Channel.EMAIL, case.contacts, today)
    return opening if wait is None else open_moment_on(_week(about), case.calendar, wait[0], as_of, today)


def opens(about: Dossier, as_of: datetime) -> datetime | None:
    """The first moment from `as_of` on, in the hours in which the customer may be written to, at which the first days have
    room for it; None: never."""
    room = about.case.live_room
    start = as_of if room is None or room.left else max(room.ends, as_of)
    return next_open_moment(_week(about), about.case.calendar, start)


def tomorrow(about: Dossier, as_of: datetime) -> datetime:
    """The first moment of the next open day; where no day is ever open, this time tomorrow."""
    calendar = about.case.calendar
    today = calendar.day(as_of)
    found = open_moment_on(_week(about), calendar, days_after(today, 1), as_of, today)
    return found or as_of + timedelta(days=1)


def _week(about: Dossier) -> Week:
    law = about.case.law
    return beside_week(None if law is None else law.contact, about.ladder, Channel.EMAIL)


async def forbidding_hold(connection: AsyncConnection, customer: int, today: date) -> Hold | None:
    """The hold on the customer, or on any of its invoices, under which nothing beside the ladder may leave by e-mail."""
    rows = await connection.execute(_HOLDS, {"customer": customer, "today": today, "lasting": LASTING})
    holds = [
        Hold(HoldKind(row.kind), row.reason, row.since, None, "", channels=frozenset(_channels(row.channels)))
        for row in rows
    ]
    return forbidding(holds, Channel.EMAIL)


def _channels(words: str) -> Iterable[Channel]:
    return (Channel(word) for word in words.split(",") if word)


async def _told(connection: AsyncConnection, row: Waiting, about: Dossier, today: date) -> Piece | Drop:
    kind, case = MessageKind(row.kind), about.case
    invoice = case.invoice if row.case_id is not None else ""
    piece = Piece(kind, invoice, row.amount, case.principal, row.on_day)
    if kind in decided_news.KINDS:
        told = await decided_news.piece_of(connection, row.subject, piece)
        return Drop(told) if isinstance(told, str) else told
    if kind in BY_HAND:
        return Drop("it is paid") if kind is MessageKind.PAYMENT_DETAILS and piece.open <= 0 else piece
    return await _of_news(connection, row, about, piece, today)


async def _of_news(
    connection: AsyncConnection, row: Waiting, about: Dossier, piece: Piece, today: date
) -> Piece | Drop:
    kind, case = piece.kind, about.case
    if row.case_id is not None and not await news.was_reminded(connection, row.case_id, kind, live=about.live):
        return Drop("the customer has heard of no reminder of it")
    if kind is MessageKind.NOTICE_WITHDRAWN:
        return piece if case.withdrawn is not None else Drop("it is collected again")
    if case.written_off is not None or case.withdrawn is not None:
        return Drop("the case is given up")
    if kind is MessageKind.PLAN_ACCEPTED:
        return await _plan(connection, row, piece, today)
    return await _of_invoice(connection, row, about, piece)


async def _of_a_decision(
    connection: AsyncConnection, row: Waiting, kind: MessageKind, about: Dossier, as_of: datetime
) -> Piece | Drop:
    """What was agreed on, or decided about the customer."""
    if kind is MessageKind.MEDIATION_PROPOSED:
        proposed = await mediation_news.piece_of(connection, row.origin_id)
        return Drop(proposed) if isinstance(proposed, str) else proposed
    told = (
        await measure_news.piece_of(connection, row.origin_id, kind, row.on_day, as_of)
        if kind in measure_news.OF_MEASURES
        else await agreement_news.piece_of(connection, row.origin_id, kind, row.on_day, about)
    )
    return Drop(told) if isinstance(told, str) else told


async def _of_invoice(connection: AsyncConnection, row: Waiting, about: Dossier, piece: Piece) -> Piece | Drop:
    """A dispute that is settled, money that came, or money that went back."""
    disputed = is_open(about.case.dispute) or any(hold.kind is HoldKind.DISPUTE for hold in about.case.holds)
    if piece.kind is MessageKind.DISPUTE_REJECTED:
        return Drop("it is disputed again") if disputed else replace(piece, words=row.text)
    if piece.kind is MessageKind.DISPUTE_SETTLED:
        return Drop("it is disputed again") if disputed else piece
    set_against = {"case": row.case_id, "row": row.origin_id, "credit": piece.kind is MessageKind.CREDIT_BOOKED}
    amount = int(await connection.scalar(_SET_AGAINST, set_against) or 0)
    if piece.kind is MessageKind.PAYMENT_BOUNCED:
        told = not amount and piece.open > 0 and not disputed
        return piece if told else Drop("it is paid all the same, or disputed")
    return replace(piece, amount=amount) if amount else Drop("it was taken back")


async def _plan(connection: AsyncConnection, row: Waiting, piece: Piece, today: date) -> Piece | Drop:
    values = {"row": row.origin_id, "today": today, "lasting": LASTING}
    rows = (await connection.execute(_AGREED, values)).all()
    if not rows:
        return Drop("the plan is over")
    instalments = tuple(DatedAmount(one.on_day, one.amount) for one in rows if one.on_day is not None)
    return replace(piece, instalments=instalments, amount=sum(one.amount for one in instalments))


def message_key(rows: Iterable[Waiting]) -> str:
    """The stable key of the message that tells these rows, and so its Message-ID."""
    told = "beside|" + ",".join(str(row.id) for row in rows)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
