"""A connection that has ended while nobody used it is replaced, and whoever asks next notices nothing."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import asyncpg
import pytest
from sqlalchemy import text

from storage import session
from tests.conftest import Server


async def number() -> int:
    """The server's process that answers."""
    async with session.transaction() as connection:
        return int(await connection.scalar(text("SELECT pg_backend_pid()")))


@pytest.fixture
async def killer(server: Server) -> AsyncIterator[asyncpg.Connection]:
    """Somebody who may end the connections of others."""
    connection = await asyncpg.connect(urlsplit(server.superuser)._replace(path=urlsplit(server.app).path).geturl())
    yield connection
    await connection.close()


@pytest.mark.usefixtures("database_url")
@pytest.mark.parametrize("rest", [0.0, 1.1], ids=["used a moment ago", "rested"])
async def test_a_connection_the_server_has_ended_is_replaced(killer: asyncpg.Connection, rest: float) -> None:
    before = await number()
    await asyncio.sleep(rest)
    assert await number() == before
    await killer.execute("SELECT pg_terminate_backend($1)", before)
    await asyncio.sleep(0.1 + rest)
    assert await number() != before


@pytest.mark.usefixtures("database_url")
async def test_a_glance_leaves_no_transaction_behind_and_the_next_one_is_whole() -> None:
    async with session.glance() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
    async with session.transaction() as connection:
        await connection.execute(text("INSERT INTO dispatcher (id, name) VALUES (9, 'a test')"))
        await connection.rollback()
    async with session.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM dispatcher")) == 0
