"""The roles and databases on a server: made if they are missing, never widened."""

import asyncio
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

OWNER, APP, PREFECT = "relance_owner", "relance_app", "prefect"
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Names:
    """What the two databases are called on this server."""

    ours: str = "relance"
    prefect: str = "prefect"


def wait_for(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Run `work` to its end from code that may itself be called inside a running event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def address(server: str, role: str, password: str, database: str) -> str:
    """The address of `database` on the same server as the address `server`, signed in as `role`."""
    parts = urlsplit(server)
    place = f"{parts.hostname}:{parts.port or 5432}"
    return urlunsplit(("postgresql", f"{quote(role)}:{quote(password)}@{place}", f"/{database}", parts.query, ""))


async def prepare(server: str, secrets: Mapping[str, str], names: Names) -> None:
    """Make roles and databases on the server at `server`, where we may create both. Doing it twice changes nothing."""
    connection = await asyncpg.connect(server, timeout=10)
    try:
        for role, key in ((OWNER, "owner"), (APP, "app"), (PREFECT, "prefect")):
            await _role(connection, role, secrets[key])
        await _database(connection, names.ours, OWNER)
        await _database(connection, names.prefect, PREFECT)
        await connection.execute(f'GRANT CONNECT ON DATABASE "{names.ours}" TO {APP}')
        # What Prefect knows can be rebuilt from our tables; it need not wait for the disk.
        await connection.execute(f'ALTER DATABASE "{names.prefect}" SET synchronous_commit = off')
    finally:
        await connection.close()


async def _role(connection: asyncpg.Connection, role: str, password: str) -> None:
    if await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", role):
        return
    # secrets.token_urlsafe has no quote to escape; CREATE ROLE takes no parameters
    await connection.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '{password}'")


async def _database(connection: asyncpg.Connection, name: str, owner: str) -> None:
    if await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name):
        return
    # An administrator who is no superuser must be a member of the role to give it a database.
    await connection.execute(f"GRANT {owner} TO CURRENT_USER")
    await connection.execute(f"CREATE DATABASE \"{name}\" OWNER {owner} ENCODING 'UTF8' TEMPLATE template0")
    await connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')


async def signs_in(url: str) -> bool:
    """Whether the server lets us in at `url`."""
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False
    await connection.close()
    return True
