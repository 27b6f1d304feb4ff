"""Holds because of a message that came in: of the whole customer, so that invoices opened later are held too."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import HoldKind
from policies.stages import Channel
from storage import holds, journal
from storage.bulk import append_to_cases
from storage.facts import lock, touch

_CUSTOMER = text(
    "SELECT d.zone, coalesce(nullif(d.owner, ''), r.owner) AS owner, "
    "ARRAY(SELECT c.id FROM cases c WHERE c.customer_id = d.id AND c.closed_at IS NULL ORDER BY c.id) AS cases "
    "FROM customer d JOIN creditor r ON r.id = d.creditor_id WHERE d.id = :customer"
)
_SAME = text(
    "SELECT true FROM hold WHERE customer_id = :customer AND case_id IS NULL AND kind = :kind AND channels = :channels "
    "AND ended_at IS NULL LIMIT 1"
)
_OF_ORIGIN = text(
    "SELECT DISTINCT customer_id FROM hold WHERE origin = :origin AND kind = :kind AND ended_at IS NULL ORDER BY 1"
)
_END = text(
    "UPDATE hold SET ended_at = :at, ended_by = :actor WHERE origin = :origin AND kind = :kind AND ended_at IS NULL "
    "RETURNING id, customer_id"
)
_OPEN = text("SELECT id, customer_id FROM cases WHERE customer_id = ANY(:customers) AND closed_at IS NULL ORDER BY id")


async def hold_customer(
    connection: AsyncConnection, customer: int, kind: HoldKind, reason: str, origin: str, at: datetime,
    channels: Iterable[Channel] = (), *, once: bool = False,
) -> None:  # fmt: skip
    """Hold everything of the customer until a person ends it; `once`: unless the same stands already.

    `origin`: the kept message that caused it; empty: what a provider reported.
    """
    row = (await connection.execute(_CUSTOMER, {"customer": customer})).mappings().one()
    cases, ways = list(row["cases"]), ",".join(sorted(channels))
    await lock(connection, cases)
    same = {"customer": customer, "kind": kind, "channels": ways}
    if once and await connection.scalar(_SAME, same):
        return
    today = at.astimezone(ZoneInfo(row["zone"])).date()
    hold = await holds.place(
        connection, customer, None, kind, reason, today, None, row["owner"], at, channels=channels, origin=origin
    )
    facts = {"hold": hold, "kind": kind.value, "until": None, "owner": row["owner"]}
    await append_to_cases(connection, "held", [(case, facts) for case in cases], at)
    await touch(connection, cases)


async def held_by(connection: AsyncConnection, origin: str, kind: HoldKind) -> dict[int, list[int]]:
    """The customers a message holds in this way, each with its open cases."""
    customers = list(await connection.scalars(_OF_ORIGIN, {"origin": origin, "kind": kind}))
    found: dict[int, list[int]] = {customer: [] for customer in customers}
    for row in (await connection.execute(_OPEN, {"customers": customers})).all():
        found[row.customer_id].append(row.id)
    return found


async def end_of(connection: AsyncConnection, origin: str, kind: HoldKind, actor: str, at: datetime) -> bool:
    """End the holds of this kind that a message caused; whether one stood."""
    held = await held_by(connection, origin, kind)
    cases = sorted(case for open_ in held.values() for case in open_)
    await lock(connection, cases)
    values = {"origin": origin, "kind": kind, "actor": actor, "at": at}
    ended = (await connection.execute(_END, values)).all()
    for hold in ended:
        facts = {"hold": hold.id, "actor": actor}
        await journal.append(connection, "customer", hold.customer_id, "released", facts, at)
        over = [(case, facts) for case in held.get(hold.customer_id, ())]
        await append_to_cases(connection, "released", over, at)
    await touch(connection, cases)
    return bool(ended)
