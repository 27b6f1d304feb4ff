"""A PostgreSQL server for the session, and a fresh database of our tables for each test that asks for one."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from cli.home import open_home, read_json
from cli.postgres import Database
from storage.migrate import migrate
from storage.session import URL, disconnect
from tests.engine.fixtures import stack

__all__ = ["stack"]

_numbers = count(1)

LONG = ("demo", "faults", "stories", "browser", "stack", "flows")
"""Rooms that begin first, so that neither of the two processes ends with a long one alone."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest rooms first; within a room as they stand."""
    root = Path(__file__).parent
    rooms = {room: place for place, room in enumerate(LONG)}
    items.sort(key=lambda item: rooms.get(item.path.relative_to(root).parts[0], len(rooms)))


@dataclass(frozen=True, slots=True)
class Server:
    """The session's server; `template` is a migrated database that nobody connects to."""

    app: str
    superuser: str
    template: str


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The embedded server, with one migrated database to copy."""
    home = open_home(tmp_path_factory.mktemp("server"))
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(URL, raising=False)
        database = Database(home)
        database.__enter__()
    try:
        migrate(database.urls.owner)
        secret = home.secrets()["superuser"]
        place = urlsplit(database.urls.app)
        superuser = f"postgresql://postgres:{secret}@{place.hostname}:{place.port}/postgres"
        asyncio.run(_in_a_hurry(superuser))
        yield Server(database.urls.app, superuser, "relance")
    finally:
        database.__exit__(None, None, None)
        shutil.rmtree(Path(str(read_json(home.path / "postgres.json")["folder"])), ignore_errors=True)


async def _in_a_hurry(superuser: str) -> None:
    """What a test leaves behind need not survive a power cut."""
    administrator = await asyncpg.connect(superuser)
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        await administrator.execute(f"ALTER SYSTEM SET {setting} = off")
    await administrator.execute("SELECT pg_reload_conf()")
    await administrator.close()


@pytest.fixture
async def database_url(server: Server, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """A fresh database, named in RELANCE_DATABASE_URL, with the rights of the application."""
    name = f"test_{next(_numbers)}"
    await disconnect()
    administrator = await asyncpg.connect(server.superuser)
    copied = f"TEMPLATE {server.template} OWNER relance_owner STRATEGY wal_log"
    await administrator.execute(f"CREATE DATABASE {name} {copied}")
    url = urlsplit(server.app)._replace(path=f"/{name}").geturl()
    monkeypatch.setenv(URL, url)
    try:
        yield url
    finally:
        await disconnect()
        await administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await administrator.close()
