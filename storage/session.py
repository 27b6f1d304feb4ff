"""The database connection, and the only place that commits."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

URL = "RELANCE_DATABASE_URL"
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
        found = create_async_engine(async_url(address), pool_size=12, max_overflow=8, pool_pre_ping=True)
        _engines[loop] = found
    return found


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


async def disconnect() -> None:
    """Close this loop's connections; the next use opens new ones."""
    found = _engines.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.dispose()
