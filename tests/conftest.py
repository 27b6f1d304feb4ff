"""A PostgreSQL server for the session, whose tables are empty for each test that asks for the database."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
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
    """The session's server: the address of our migrated database, and that of a superuser."""

    app: str
    superuser: str


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The embedded server, with our tables in it."""
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
        yield Server(database.urls.app, superuser)
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


@pytest.fixture(scope="session")
async def administrator(server: Server) -> AsyncIterator[asyncpg.Connection]:
    """A superuser in the database of the tests, who empties it after each."""
    connection = await asyncpg.connect(urlsplit(server.superuser)._replace(path=urlsplit(server.app).path).geturl())
    await connection.execute("SET session_replication_role = replica")  # history may not be deleted otherwise
    await connection.execute(_EMPTY)
    yield connection
    await connection.close()


@pytest.fixture
async def database_url(
    server: Server, administrator: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    """An empty database, named in RELANCE_DATABASE_URL, with the rights of the application; its numbers begin at 1."""
    await disconnect()
    monkeypatch.setenv(URL, server.app)
    try:
        yield server.app
    finally:
        await disconnect()
        await administrator.execute("SELECT pg_temp.empty_all()")


_EMPTY = """
    CREATE FUNCTION pg_temp.empty_all() RETURNS void LANGUAGE plpgsql AS $$
    DECLARE name text; found boolean;
    BEGIN
        PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend';
        FOR name IN SELECT c.oid::regclass::text FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'
        LOOP
            EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO found;
            IF found THEN EXECUTE 'DELETE FROM ' || name; END IF;
        END LOOP;
        PERFORM setval(c.oid, 1, false) FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S';
    END $$
"""
