"""The database connection, and the only place that commits."""

import asyncio
import math
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

URL = "RELANCE_DATABASE_URL"
SINCE = "rests_since"
RESTED_SECONDS = 1.0
_engines: WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncEngine] = WeakKeyDictionary()


class NoDatabase(RuntimeError):
    """No database was named: RELANCE_DATABASE_URL is empty."""


def async_url(url: str) -> str:
    """The address as the asyncpg driver wants it."""
    for prefix in ("postgresql+asyncpg://", "postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+asyncpg://" + url.removeprefix(prefix)
    raise NoDatabase("RELANCE_DATABASE_URL must start with postgresql://.")


def engine() -> AsyncEngine:
    """The engine of this event loop: one each, because connections cannot move between loops."""
    loop = asyncio.get_running_loop()
    found = _engines.get(loop)
    if found is None:
        address = os.environ.get(URL, "")
        if not address:
            raise NoDatabase("No database is named: start one with ./relance up, or set RELANCE_DATABASE_URL.")
        found = create_async_engine(async_url(address), pool_size=12, max_overflow=8)
        event.listen(found.sync_engine, "checkin", _rests)
        event.listen(found.sync_engine, "checkout", _still_there)
        _engines[loop] = found
    return found


def _rests(_raw: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    record.info[SINCE] = time.monotonic()


def _still_there(raw: DBAPIConnection, record: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
    """A connection that has ended is replaced before it is used, and all others with it.

    One used a moment ago is asked whether it knows of its end, which costs nothing; one that has rested asks the server.
    SQLAlchemy's own ping asks three times each time: a third of what a message cost.
    """
    driver = raw.driver_connection
    assert driver is not None, "what is checked out has a connection"
    if driver.is_closed():
        raise InvalidatePoolError
    if time.monotonic() - record.info.get(SINCE, math.inf) > RESTED_SECONDS:
        try:
            raw.run_async(lambda connection: connection.fetchrow(";"))
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise InvalidatePoolError from error


@asynccontextmanager
async def transaction() -> AsyncIterator[AsyncConnection]:
    """One transaction: committed when the block ends well, rolled back when it does not."""
    async with engine().connect() as connection:
        yield connection
        await connection.commit()


@asynccontextmanager
async def reading() -> AsyncIterator[AsyncConnection]:
    """One read-only look at the database."""
    async with engine().connect() as connection:
        yield connection


@asynccontextmanager
async def one_moment() -> AsyncIterator[AsyncConnection]:
    """Several reads that see the database as it was at the first of them, whatever is written meanwhile."""
    async with engine().connect() as connection:
        yield await connection.execution_options(isolation_level="REPEATABLE READ")


@asynccontextmanager
async def glance() -> AsyncIterator[AsyncConnection]:
    """For a single read on its own: no transaction is begun and none rolled back, two answers less to wait for."""
    async with engine().connect() as connection:
        yield await connection.execution_options(isolation_level="AUTOCOMMIT")


async def disconnect() -> None:
    """Close this loop's connections; the next use opens new ones."""
    found = _engines.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.dispose()
