"""When a service last ran and may run again: of several dispatchers one does it."""

from datetime import datetime, timedelta

from sqlalchemy import text

from storage.session import reading, transaction

_IS_DUE = text("SELECT NOT EXISTS (SELECT FROM service_time WHERE name = :name AND next_at > :now)")
_CLAIM = text(
    """
    INSERT INTO service_time (name, next_at) VALUES (:name, :next)
    ON CONFLICT (name) DO UPDATE SET next_at = :next WHERE service_time.next_at IS NULL OR service_time.next_at <= :now
    RETURNING true
    """
)
_LAST = text("SELECT last_at FROM service_time WHERE name = :name")
_POSTPONE = text("UPDATE service_time SET next_at = :until WHERE name = :name AND next_at < :until")
_DONE = text(
    "INSERT INTO service_time (name, last_at) VALUES (:name, :at) ON CONFLICT (name) DO UPDATE SET last_at = :at "
    "WHERE service_time.last_at IS NULL OR service_time.last_at < :at"
)


async def is_due(name: str, now: datetime) -> bool:
    """Whether the service may run."""
    async with reading() as connection:
        return bool(await connection.scalar(_IS_DUE, {"name": name, "now": now}))


async def claim(name: str, now: datetime, rest: timedelta) -> bool:
    """Take the service for one run, the next not before `rest` has passed; False: another has it, or it is not due."""
    async with transaction() as connection:
        return bool(await connection.scalar(_CLAIM, {"name": name, "now": now, "next": now + rest}))


async def postpone(name: str, until: datetime) -> None:
    """It does not run before `until`."""
    async with transaction() as connection:
        await connection.execute(_POSTPONE, {"name": name, "until": until})


async def last_run(name: str) -> datetime | None:
    """Up to when it has done its work; None: it never has."""
    async with reading() as connection:
        found: datetime | None = await connection.scalar(_LAST, {"name": name})
    return found


async def done(name: str, at: datetime) -> None:
    """It has done its work up to `at`."""
    async with transaction() as connection:
        await connection.execute(_DONE, {"name": name, "at": at})
