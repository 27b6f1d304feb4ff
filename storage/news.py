"""News for customers, written down in the transaction of the fact it tells of; a fact is told once, ever (decision 0015).

Whether it is still true, and may be told, is looked at when it leaves: facts come in any order and are taken back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import REST, MessageKind
from policies.stages import HARDNESS, Stage
from storage.correspondence import NOTIFY

REMINDED = """EXISTS (SELECT FROM effect e JOIN message m ON m.id = e.message_id WHERE e.case_id = c.id
    AND e.state = 'confirmed' AND e.channel IN ('email', 'sms', 'letter') AND m.stage = ANY(:stages)
    AND (m.route = 'live' OR NOT :live)
    AND NOT EXISTS (SELECT FROM step_done s WHERE s.case_id = e.case_id AND s.step = e.step
                    AND s.occurrence = e.occurrence AND NOT s.stage = ANY(:stages)))"""
"""Whether the debtor itself was written to about the case, at one of the stages: news of anything else is none.

What was only announced, beside the reminder of another invoice, was not reminded of.

`live`: only what left in earnest counts; of a rehearsal on the sink the debtor knows nothing.
"""
LATE_STAGES = [stage.value for stage in Stage if HARDNESS[stage] >= HARDNESS[Stage.COURTESY_REMINDER]]
HARD_STAGES = [stage.value for stage in Stage if HARDNESS[stage] >= HARDNESS[Stage.FORMAL_NOTICE]]
STAGES = {
    MessageKind.PAYMENT_RECEIVED: LATE_STAGES,
    MessageKind.CREDIT_BOOKED: LATE_STAGES,
    MessageKind.PAYMENT_BOUNCED: LATE_STAGES,
    MessageKind.NOTICE_WITHDRAWN: HARD_STAGES,
}
"""News that is only news to whom was written to at one of these stages; any other rests on what the customer said itself."""

_COLUMNS = (
    "creditor_id, customer_id, case_id, kind, currency, fact, origin_id, amount, on_day, state, at, next_at"  # as below
)
_OF_CASES = text(
    f"""
    INSERT INTO correspondence ({_COLUMNS})
    SELECT c.creditor_id, c.customer_id, c.id, :kind, c.currency, g.fact || ' case ' || c.id, g.origin, g.amount,
           coalesce(g.on_day, (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date), 'waiting', :at, :next
    FROM unnest(CAST(:cases AS bigint[]), CAST(:facts AS text[]), CAST(:origins AS bigint[]),
        CAST(:amounts AS bigint[]), CAST(:days AS date[])) AS g(id, fact, origin, amount, on_day)
    JOIN cases c ON c.id = g.id JOIN creditor r ON r.id = c.creditor_id JOIN customer d ON d.id = c.customer_id
    WHERE r.good_news AND ({REMINDED} OR NOT :reminded) ORDER BY c.id, g.origin ON CONFLICT DO NOTHING
    """  # noqa: S608 - no outside text
)
_OF_CUSTOMER = text(
    f"""
    INSERT INTO correspondence ({_COLUMNS})
    SELECT d.creditor_id, d.id, NULL, :kind, '', :fact, :origin, 0,
           (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date, 'waiting', :at, :next
    FROM customer d JOIN creditor r ON r.id = d.creditor_id WHERE d.id = :customer AND r.good_news
    ON CONFLICT DO NOTHING
    """  # noqa: S608 - no outside text
)
_REMINDED = text(f"SELECT {REMINDED} FROM cases c WHERE c.id = :case")  # noqa: S608 - no outside text


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact about a case: what it rests on (`payment 12`), its amount in minor units, its own day (None: today)."""

    case: int
    origin: str
    row: int
    amount: int = 0
    on: date | None = None


OF_MONEY = {
    "paid": MessageKind.PAYMENT_RECEIVED,
    "credited": MessageKind.CREDIT_BOOKED,
    "payment_returned": MessageKind.PAYMENT_BOUNCED,
}
"""What the journal calls a movement of money, and the news it is."""


async def of_money(connection: AsyncConnection, movements: Iterable[tuple[str, Happened]], at: datetime) -> None:
    """Money came to invoices the customer was reminded of, or went back: movements by the journal's kind."""
    by_kind: dict[MessageKind, list[Happened]] = {}
    for kind, happened in movements:
        if kind in OF_MONEY:
            by_kind.setdefault(OF_MONEY[kind], []).append(happened)
    for news, all_ in by_kind.items():
        await _of_cases(connection, news, all_, at)


async def plan_accepted(connection: AsyncConnection, customer: int, case: int | None, hold: int, at: datetime) -> None:
    """A plan of payments was agreed on, for one invoice or (no case) for all of the customer's."""
    await _of_hold(connection, MessageKind.PLAN_ACCEPTED, customer, case, hold, at)


async def dispute_settled(
    connection: AsyncConnection, customer: int, case: int | None, hold: int, at: datetime
) -> None:
    """What the customer objected to was looked into, and the hold for it ended."""
    await _of_hold(connection, MessageKind.DISPUTE_SETTLED, customer, case, hold, at)


async def notice_withdrawn(connection: AsyncConnection, case: int, at: datetime) -> None:
    """A case is withdrawn; news only to those who got a formal notice or something harder about it."""
    await _of_cases(connection, MessageKind.NOTICE_WITHDRAWN, [Happened(case, "withdrawn", case)], at)


async def _of_hold(
    connection: AsyncConnection, kind: MessageKind, customer: int, case: int | None, hold: int, at: datetime
) -> None:
    if case is not None:
        await _of_cases(connection, kind, [Happened(case, "hold", hold)], at)
        return
    values = {"kind": kind, "customer": customer, "fact": f"hold {hold}", "origin": hold, "at": at, "next": at + REST}
    if (await connection.execute(_OF_CUSTOMER, values)).rowcount:
        await connection.execute(NOTIFY)


async def _of_cases(connection: AsyncConnection, kind: MessageKind, all_: Sequence[Happened], at: datetime) -> None:
    stages = STAGES.get(kind)
    values: dict[str, Any] = {
        "kind": kind, "cases": [one.case for one in all_], "facts": [f"{one.origin} {one.row}" for one in all_],
        "origins": [one.row for one in all_], "amounts": [one.amount for one in all_], "days": [one.on for one in all_],
        "stages": stages or [], "reminded": stages is not None, "live": False, "at": at, "next": at + REST,
    }  # fmt: skip
    if (await connection.execute(_OF_CASES, values)).rowcount:
        await connection.execute(NOTIFY)


async def was_reminded(connection: AsyncConnection, case: int, kind: MessageKind, *, live: bool) -> bool:
    """Whether news of this kind about the case is news to the customer; `live`: it is about to leave in earnest."""
    stages = STAGES.get(kind)
    if stages is None:
        return True
    values = {"case": case, "stages": stages, "live": live}
    return bool(await connection.scalar(_REMINDED, values))
