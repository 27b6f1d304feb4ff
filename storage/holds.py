"""Holds: every reason not to act has an end or an owner (design 4.7)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import DatedAmount, HoldKind
from policies.stages import Channel
from policies.stay_holds import ONE_BY_ONE
from storage import approvals, dispute_endings, dispute_opening, insurer_holds, journal, news
from storage.dispute_opening import Told
from storage.hold_kinds import LASTING, TO_ANSWER
from storage.stay_endings import with_hold as stay_over

_PLACE = text(
    "INSERT INTO hold (customer_id, case_id, kind, reason, since, until, owner, must_answer, channels, interest_until, "
    "agreement_id, origin) VALUES (:customer, :case, :kind, :reason, :since, :until, :owner, :must_answer, :channels, :interest_until, "
    ":agreement, :origin) "
    "RETURNING id"
)
_INSTALMENT = text("INSERT INTO hold_instalment (hold_id, on_day, amount) VALUES (:hold, :on, :amount)")
_ASKED_OF = f"""h.ended_at IS NULL AND {TO_ANSWER} AND (h.case_id = ANY(:cases)
    OR h.case_id IS NULL AND h.customer_id IN (SELECT customer_id FROM cases WHERE id = ANY(:cases)))"""  # noqa: S608 - no outside text
_END_ASKED = text(
    f"UPDATE hold h SET ended_at = :at, ended_by = :actor WHERE {_ASKED_OF} "  # noqa: S608
    "RETURNING h.id, h.case_id, h.customer_id, h.kind"
)
_KEEP_ASKED = text(
    f"""
    INSERT INTO hold (customer_id, case_id, kind, reason, since, until, owner, channels, interest_until, origin)
    SELECT h.customer_id, h.case_id, h.kind, coalesce(nullif(:reason, ''), h.reason),
           CASE WHEN h.kind IN ('promise', 'plan') THEN :today ELSE h.since END, :until, :actor, h.channels,
           h.interest_until, h.origin
    FROM hold h WHERE {_ASKED_OF} RETURNING id, case_id, kind, customer_id
    """  # noqa: S608 - no outside text
)
_END_OTHERS = text(f"UPDATE hold h SET ended_at = :at, ended_by = :actor WHERE {_ASKED_OF} AND NOT h.id = ANY(:kept)")  # noqa: S608
_RETURNED = text(
    "UPDATE hold SET ended_at = :at, ended_by = 'bank' WHERE ended_at IS NULL AND kind = :kind "
    "AND case_id = ANY(:cases) RETURNING id, case_id"
)
STAY_HOLDS = ONE_BY_ONE | {HoldKind.COMPLAINT}
_OF_CUSTOMER = text("SELECT id FROM cases WHERE customer_id = :customer AND closed_at IS NULL ORDER BY id FOR UPDATE")
_MUST = text("SELECT true FROM hold WHERE case_id = :case AND must_answer AND ended_at IS NULL")


async def place(
    connection: AsyncConnection,
    customer: int,
    case: int | None,
    kind: HoldKind,
    reason: str,
    since: date,
    until: date | None,
    owner: str,
    at: datetime,
    must_answer: bool = False,
    channels: Iterable[Channel] = (),
    instalments: Sequence[DatedAmount] = (),
    interest_until: date | None = None,
    agreement: int | None = None,
    source: str = "person",
    incoming: int | None = None,
    origin: str = "",
) -> int:
    """Hold a case, or with no case the whole customer, through the day `until` (None: until `owner` ends it).

    What belongs to an `agreement` is told to the customer with it. A dispute is opened with its hold; of one about a part of
    an invoice there is no hold: 0. `source`, `incoming`: the door it came by; `origin`: the record it follows (`placement:12`).
    """
    told = Told(customer, case, reason, until, owner, source, incoming)
    if kind is HoldKind.DISPUTE and await dispute_opening.open_part(connection, told, at) is not None:
        return 0
    values = {
        "customer": customer, "case": case, "kind": kind, "reason": reason, "since": since, "until": until,
        "owner": owner, "must_answer": must_answer, "channels": ",".join(sorted(channels)),
        "interest_until": interest_until, "agreement": agreement, "origin": origin,
    }  # fmt: skip
    hold = await _insert(connection, values, instalments)
    days = (until, *(one.on for one in instalments))
    if agreement is None and await insurer_holds.waits(connection, hold, kind, customer, case, days, owner, at):
        return hold
    if kind is HoldKind.DISPUTE:
        await dispute_opening.open_whole(connection, told, hold, at)
    await take_effect(connection, hold, customer, case, kind, until, owner, at, announced=agreement is not None)
    return hold


async def _insert(connection: AsyncConnection, values: dict[str, Any], instalments: Iterable[DatedAmount]) -> int:
    hold = int(await connection.scalar(_PLACE, values))
    for one in instalments:
        await connection.execute(_INSTALMENT, {"hold": hold, "on": one.on, "amount": one.amount})
    return hold


async def take_effect(
    connection: AsyncConnection, hold: int, customer: int, case: int | None, kind: HoldKind, until: date | None, owner: str,
    at: datetime, *, announced: bool = False,
) -> None:  # fmt: skip
    """A hold written down stands: what was approved is void, and the customer hears of a plan unless its agreement announces it."""
    held = [case] if case is not None else list(await connection.scalars(_OF_CUSTOMER, {"customer": customer}))
    await approvals.void(connection, held, f"on hold: {kind.value}", at)
    if kind is HoldKind.PLAN and not announced:
        await news.plan_accepted(connection, customer, case, hold, at)
    facts: dict[str, object] = {"hold": hold, "kind": kind.value, "until": until, "owner": owner}
    chain, id = ("case", case) if case is not None else ("customer", customer)
    await journal.append(connection, chain, id, "held", facts, at)


async def end_asked(connection: AsyncConnection, cases: Iterable[int], actor: str, today: date, at: datetime) -> None:
    """End the holds of these cases, the customer's own included, about which their owner was asked."""
    values = {"cases": sorted(set(cases)), "actor": actor, "at": at, "today": today, "lasting": LASTING}
    for row in (await connection.execute(_END_ASKED, values)).mappings().all():
        await ended(connection, row["kind"], row["customer_id"], row["case_id"], row["id"], at)
        if row["case_id"] is not None:
            facts = {"hold": row["id"], "actor": actor}
            await journal.append(connection, "case", row["case_id"], "released", facts, at)


async def ended(
    connection: AsyncConnection, kind: str, customer: int, case: int | None, hold: int, at: datetime
) -> None:
    """A hold was ended by a person; the customer hears of a dispute that is settled."""
    if kind in STAY_HOLDS:
        await stay_over(connection, hold, at)
    if kind == HoldKind.DISPUTE:
        await dispute_endings.with_hold(connection, hold)
        await news.dispute_settled(connection, customer, case, hold, at)


async def keep_asked(
    connection: AsyncConnection, cases: Iterable[int], until: date, reason: str, actor: str, today: date, at: datetime
) -> None:
    """The holds about which their owner was asked go on under a new day, as what they were.

    Money for the next day of a plan counts from today: what came before was for the days behind it.
    """
    values: dict[str, Any] = {"cases": sorted(set(cases)), "today": today, "lasting": LASTING}
    told = values | {"until": until, "reason": reason, "actor": actor}
    kept = (await connection.execute(_KEEP_ASKED, told)).mappings().all()
    others = values | {"actor": actor, "at": at, "kept": [row["id"] for row in kept]}
    await connection.execute(_END_OTHERS, others)
    for row in kept:
        which = (row["id"], HoldKind(row["kind"]), row["customer_id"], row["case_id"])
        if await insurer_holds.waits(connection, *which, (until,), actor, at):
            continue
        if row["kind"] == HoldKind.DISPUTE:
            await dispute_endings.goes_on(connection, row["customer_id"], row["case_id"], row["id"], until)
        if row["case_id"] is not None:
            facts = {"hold": row["id"], "kind": row["kind"], "until": until, "owner": actor}
            await journal.append(connection, "case", row["case_id"], "held", facts, at)


async def returned(connection: AsyncConnection, cases: Iterable[int], at: datetime) -> None:
    """A payment came back: what was said to be on its way to these cases is not, and they go on."""
    values = {"cases": sorted(set(cases)), "at": at, "kind": HoldKind.IN_FLIGHT}
    for row in (await connection.execute(_RETURNED, values)).mappings().all():
        facts = {"hold": row["id"], "actor": "bank"}
        await journal.append(connection, "case", row["case_id"], "released", facts, at)


async def stopped_by(
    connection: AsyncConnection, customer: int, case: int, actor: str, today: date, at: datetime
) -> None:
    """A person cancelled or completed the run in the UI: a manual hold its owner must answer, once."""
    if await connection.scalar(_MUST, {"case": case}) is None:
        reason = f"{actor} stopped the run"
        await place(connection, customer, case, HoldKind.MANUAL, reason, today, None, actor, at, must_answer=True)
