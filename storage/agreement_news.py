"""What the customer hears of an agreement: queued in the transaction of the fact, looked at anew when it leaves (decision 0015)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement import AgreementTerms
from policies.beside import REST, TERMS, MessageKind, Piece
from policies.facts import DatedAmount, Hold
from policies.plan_state import missing_on
from storage import agreement_books
from storage.correspondence import NOTIFY
from storage.dispute_sums import DEMANDED, OPEN
from storage.dossier import Dossier
from storage.measure_news import OF_MEASURES
from storage.promises import still_asked

OF_AGREEMENTS = (
    frozenset({*TERMS, MessageKind.INSTALMENT_DUE, MessageKind.PLAN_ENDED, MessageKind.SETTLEMENT_PAID}) - OF_MEASURES
)
REMINDED_BEFORE = 3
"""Days before a payment of a plan on which the customer is reminded of it."""
TOO_SOON = 1
"""A payment due in so few days from the agreement is not reminded of: the agreement itself has just said it."""
MORNING = timedelta(hours=6)
"""After the start of the day (UTC); the customer's hours say when it leaves."""

_QUEUE = text(
    """
    INSERT INTO correspondence (creditor_id, customer_id, case_id, kind, currency, fact, origin_id, amount, on_day, state, at, next_at)
    SELECT a.creditor_id, a.customer_id, (SELECT min(case_id) FROM agreement_case WHERE agreement_id = a.id), :kind, a.currency,
           :fact, a.id, :amount, coalesce(CAST(:day AS date), (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date), 'waiting', :at,
           :next
    FROM agreement a JOIN customer d ON d.id = a.customer_id JOIN creditor r ON r.id = a.creditor_id
    WHERE a.id = :agreement AND (r.good_news OR :always) ON CONFLICT DO NOTHING
    """
)
_OPEN = text(
    f"""
    SELECT string_agg(i.number, ', ' ORDER BY i.due, i.number) AS numbers,
           {still_asked(f"CASE WHEN :offer THEN {OPEN} ELSE {DEMANDED} END")}::bigint AS open, sum(k.principal)::bigint AS principal
    FROM agreement_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id WHERE k.agreement_id = :agreement
    """  # noqa: S608 - no outside text
)
"""An offer is for less than everything; anything else asks for nothing that is disputed."""
_UNTOLD = text(
    "UPDATE correspondence SET state = 'dropped', words = 'the agreement stands again' "
    "WHERE origin_id = :agreement AND kind = ANY(:ends) AND state = 'waiting'"
)
_HEARD = text(
    "SELECT true FROM correspondence WHERE origin_id = :agreement AND kind = :lapse AND state = 'told' LIMIT 1"
)
STATES = {
    MessageKind.PLAN_AGREED: ("agreed", ""),
    MessageKind.SETTLEMENT_OFFER: ("agreed", ""),
    MessageKind.INSTALMENT_DUE: ("agreed", ""),
    MessageKind.SET_OFF: ("agreed", ""),
    MessageKind.PLAN_LAPSED: ("ended", "lapsed"),
    MessageKind.SETTLEMENT_VOID: ("ended", "lapsed"),
    MessageKind.PLAN_ENDED: ("ended", "kept"),
    MessageKind.SETTLEMENT_PAID: ("ended", "kept"),
}
"""How the agreement must stand for the news of it to be true."""


_ENDS = (
    MessageKind.PLAN_LAPSED, MessageKind.SETTLEMENT_VOID, MessageKind.PLAN_ENDED, MessageKind.SETTLEMENT_PAID,
)  # fmt: skip


async def queue(
    connection: AsyncConnection, agreement: int, kind: MessageKind, at: datetime, *, amount: int = 0, on: date | None = None,
    next_at: datetime | None = None, again: bool = False,
) -> None:  # fmt: skip
    """Have it told, once ever; `on` is the day it is about or first makes sense, today where none is said.

    `again`: once for this turn of the agreement, which may have had the same one before.
    """
    values = {
        "agreement": agreement, "kind": kind, "fact": f"agreement {agreement} {at.isoformat() if again else on or ''}", "amount": amount, "day": on,
        "at": at, "next": next_at or (at if kind in TERMS else at + REST), "always": kind in TERMS,
    }  # fmt: skip
    if (await connection.execute(_QUEUE, values)).rowcount:
        await connection.execute(NOTIFY)


async def tell_it_stands_again(connection: AsyncConnection, agreement: int, at: datetime) -> None:
    """What was to be told of its end is told no more; who heard that a plan lapsed hears that it stands, and how."""
    await connection.execute(_UNTOLD, {"agreement": agreement, "ends": list(_ENDS)})
    if await connection.scalar(_HEARD, {"agreement": agreement, "lapse": MessageKind.PLAN_LAPSED}):
        await queue(connection, agreement, MessageKind.PLAN_AGREED, at, again=True)


async def remind_of(
    connection: AsyncConnection, agreement: int, payments: Iterable[DatedAmount], today: date, at: datetime
) -> None:
    """Queue a reminder some days before each payment of a plan."""
    for one in payments:
        on = max(one.on - timedelta(days=REMINDED_BEFORE), today)
        if (one.on - today).days > TOO_SOON and on > today:
            next_at = datetime.combine(on, datetime.min.time(), at.tzinfo) + MORNING
            await queue(
                connection, agreement, MessageKind.INSTALMENT_DUE, at, amount=one.amount, on=on, next_at=next_at
            )


async def piece_of(
    connection: AsyncConnection, agreement: int, kind: MessageKind, on: date, about: Dossier
) -> Piece | str:
    """What is told now; or why it no longer is."""
    row = await agreement_books.read(connection, agreement)
    if row is None or (row["state"], row["ended_how"]) != STATES[kind]:
        return "the agreement stands otherwise by now"
    owed = (
        await connection.execute(_OPEN, {"agreement": agreement, "offer": kind is MessageKind.SETTLEMENT_OFFER})
    ).one()
    piece = Piece(kind, owed.numbers, row["amount"], owed.open, row["due"] or on)
    hold = about.held_by(agreement)
    terms = _terms(row, hold)
    if hold is None:
        return replace(piece, terms=terms)
    if kind is MessageKind.INSTALMENT_DUE:
        return _next_payment(piece, hold, on + timedelta(days=REMINDED_BEFORE), about)
    came = sum(one.amount for one in hold.receipts)
    amount = came if kind in (MessageKind.SETTLEMENT_PAID, MessageKind.PLAN_ENDED) else row["amount"]
    return replace(piece, amount=amount, instalments=hold.instalments, terms=terms)


def _next_payment(piece: Piece, hold: Hold, on: date, about: Dossier) -> Piece | str:
    missing = missing_on(hold, on, about.ladder, about.case.calendar)
    return replace(piece, amount=missing, on=on) if missing else "it is paid already"


def _terms(row: RowMapping, hold: Hold | None) -> AgreementTerms:
    until = None if hold is None else hold.interest_until
    return AgreementTerms(row["late_days"], row["first_payment"], until, row["their_invoice"])
