"""A fact that concerns cases locks their rows, raises their version and wakes them, in its own transaction."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

WAKE = "relance_wake"
"""The NOTIFY channel on which dispatchers hear of wakes."""

_LOCK = text("SELECT id FROM cases WHERE id = ANY(:ids) ORDER BY id FOR UPDATE")
_RAISE = text(
    "UPDATE cases SET version = version + 1, "
    "wake_at = CASE WHEN :wake THEN clock_timestamp() ELSE wake_at END WHERE id = ANY(:ids)"
)
_DEBTOR = text("SELECT id FROM cases WHERE customer_id = :customer AND closed_at IS NULL ORDER BY id")
_NOTIFY = text(f"SELECT pg_notify('{WAKE}', '')")


async def lock(connection: AsyncConnection, cases: Iterable[int]) -> None:
    """Lock case rows in the order of their numbers, so that two facts never wait for each other."""
    await connection.execute(_LOCK, {"ids": sorted(set(cases))})


async def touch(connection: AsyncConnection, cases: Iterable[int], *, wake: bool = True) -> None:
    """Something about these cases changed: raise their version and, unless told not to, wake them."""
    ids = sorted(set(cases))
    if not ids:
        return
    await lock(connection, ids)
    await connection.execute(_RAISE, {"ids": ids, "wake": wake})
    if wake:
        await connection.execute(_NOTIFY)


async def touch_customer(connection: AsyncConnection, customer: int) -> tuple[int, ...]:
    """Something about a customer changed: touch all its open cases and say which they are."""
    ids = tuple(await connection.scalars(_DEBTOR, {"customer": customer}))
    await touch(connection, ids)
    return ids
