"""Holds: every reason not to act has an end or an owner (design 4.7)."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import HoldKind
from storage import approvals, journal

_PLACE = text(
    "INSERT INTO hold (customer_id, case_id, kind, reason, since, until, owner, must_answer) "
    "VALUES (:customer, :case, :kind, :reason, :since, :until, :owner, :must_answer) RETURNING id"
)
_END = text(
    "UPDATE hold SET ended_at = :at, ended_by = :actor WHERE ended_at IS NULL AND (must_answer OR NOT :only_to_answer) "
    "AND (case_id = ANY(:cases) "
    "OR (case_id IS NULL AND customer_id IN (SELECT customer_id FROM cases WHERE id = ANY(:cases)))) "
    "RETURNING id, case_id"
)
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
) -> int:
    """Hold a case, or with no case the whole customer, through the day `until` (None: until `owner` ends it)."""
    values = {
        "customer": customer, "case": case, "kind": kind, "reason": reason, "since": since, "until": until,
        "owner": owner, "must_answer": must_answer,
    }  # fmt: skip
    hold = int(await connection.scalar(_PLACE, values))
    facts = {"hold": hold, "kind": kind.value, "until": until, "owner": owner}
    held = [case] if case is not None else list(await connection.scalars(_OF_CUSTOMER, {"customer": customer}))
    await approvals.void(connection, held, f"on hold: {kind.value}", at)
    chain, id = ("case", case) if case is not None else ("customer", customer)
    await journal.append(connection, chain, id, "held", facts, at)
    return hold


async def end(
    connection: AsyncConnection, cases: Iterable[int], actor: str, at: datetime, *, only_to_answer: bool = False
) -> None:
    """End every hold of these cases, the customer's own included; or only those that ask for an answer."""
    values = {"cases": sorted(set(cases)), "actor": actor, "at": at, "only_to_answer": only_to_answer}
    rows = (await connection.execute(_END, values)).mappings().all()
    for row in rows:
        if row["case_id"] is not None:
            await journal.append(
                connection, "case", row["case_id"], "released", {"hold": row["id"], "actor": actor}, at
            )


async def stopped_by(
    connection: AsyncConnection, customer: int, case: int, actor: str, today: date, at: datetime
) -> None:
    """A person cancelled or completed the run in the UI: a manual hold its owner must answer, once."""
    if await connection.scalar(_MUST, {"case": case}) is None:
        reason = f"{actor} stopped the run"
        await place(connection, customer, case, HoldKind.MANUAL, reason, today, None, actor, at, must_answer=True)
