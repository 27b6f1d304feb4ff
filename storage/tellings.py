"""Which customers are to be told something now, and which run tells them (decision 0015)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from storage.session import reading, transaction

GROWING = (60, 300, 900, 3600, 14_400)
"""Seconds to wait after a run that broke off, the first time, the second…"""
MOST = 50
"""Customers looked at in one round."""


@dataclass(frozen=True, slots=True)
class DueCustomer:
    """A customer to whom something is due, and the run that was started for it (None: none yet)."""

    customer: int
    number: str
    name: str
    first: int
    """The first thing that is due: with `since` and `attempt` it names the run, so that two dispatchers start one."""
    since: datetime
    attempt: int
    run: UUID | None


_DUE = text(
    """
    SELECT DISTINCT ON (w.customer_id) w.customer_id AS customer, d.number, d.name, w.id AS first, w.next_at AS since,
           w.attempt, w.run_id AS run
    FROM correspondence w JOIN customer d ON d.id = w.customer_id
    WHERE w.state = 'waiting' AND w.next_at <= :as_of ORDER BY w.customer_id, w.run_id IS NULL, w.id LIMIT :most
    """
)
_CARRY = text(
    "UPDATE correspondence SET run_id = :run WHERE customer_id = :customer AND state = 'waiting' AND next_at <= :as_of"
)
_BROKEN = text(
    """
    UPDATE correspondence SET run_id = NULL, attempt = attempt + 1,
        next_at = CAST(:as_of AS timestamptz) + make_interval(secs => (CAST(:growing AS int[]))[least(attempt + 1, :most)])
    WHERE run_id = :run AND state = 'waiting'
    """
)
_NEXT = text("SELECT min(next_at) FROM correspondence WHERE state = 'waiting'")


async def due(as_of: datetime) -> tuple[DueCustomer, ...]:
    """The customers to whom something is due at `as_of`."""
    async with reading() as connection:
        rows = await connection.execute(_DUE, {"as_of": as_of, "most": MOST})
        return tuple(DueCustomer(**row) for row in rows.mappings())


async def next_due() -> datetime | None:
    """The earliest moment something waits for, by the clock."""
    async with reading() as connection:
        return await connection.scalar(_NEXT)  # type: ignore[no-any-return]


async def carry(customer: int, run: UUID, as_of: datetime) -> None:
    """What is due to the customer is told by this run."""
    async with transaction() as connection:
        await connection.execute(_CARRY, {"customer": customer, "run": run, "as_of": as_of})


async def broke_off(run: UUID, as_of: datetime) -> None:
    """The run has ended and something it was to tell still waits: it is tried again with growing delay."""
    values = {"run": run, "as_of": as_of, "growing": list(GROWING), "most": len(GROWING)}
    async with transaction() as connection:
        await connection.execute(_BROKEN, values)


async def put_off(customer: int, as_of: datetime, by: timedelta) -> None:
    """What is due to the customer is looked at again a little later."""
    statement = text(
        "UPDATE correspondence SET next_at = :next, run_id = NULL WHERE customer_id = :customer AND state = 'waiting' "
        "AND next_at <= :as_of"
    )
    async with transaction() as connection:
        await connection.execute(statement, {"customer": customer, "as_of": as_of, "next": as_of + by})
