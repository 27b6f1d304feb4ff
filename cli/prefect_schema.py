"""Prefect's own tables, made before its server starts; also on a PostgreSQL without the extension pg_trgm.

The embedded PostgreSQL comes without contrib extensions. Prefect wants pg_trgm for one thing: indexes that speed up
searching runs by a part of their name. Without the extension those indexes become plain ones under the same names
(later migrations find what they expect); the search works and reads the table instead.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import asyncpg

from cli.home import CHECKOUT, Home, read_json, write_json
from cli.refusal import Refusal
from cli.roles import wait_for

EXTENSION = re.compile(r"^\s*(CREATE|DROP)\s+EXTENSION\b.*\bpg_trgm\b", re.IGNORECASE | re.DOTALL)
TRIGRAM = re.compile(r"USING\s+gin\s*\(\s*(\w+)\s+gin_trgm_ops\s*\)", re.IGNORECASE)


def without_trigrams(statement: str) -> str:
    """The statement for a server without pg_trgm: no extension, a hash index instead of a trigram one."""
    if EXTENSION.match(statement):
        return "SELECT 1"
    return TRIGRAM.sub(r"USING hash (\1)", statement)


def prepare_prefect(home: Home, prefect_url: str, environment: Mapping[str, str]) -> None:
    """Bring Prefect's database to the schema of the installed version; nothing to do at most starts."""
    known = read_json(home.path / "prefect-schema.json")
    revision = wait_for(_revision(prefect_url))
    if revision and known == {"prefect": version("prefect"), "revision": revision}:
        return
    # A new database knows no block types; Prefect's note says it has registered them.
    (home.prefect / "memo_store.toml").unlink(missing_ok=True)
    with (home.log / "prefect-schema.log").open("wb") as log:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "cli.prefect_schema"],
            check=False,
            cwd=home.path,
            env={**os.environ, **environment, "PYTHONPATH": str(CHECKOUT)},
            start_new_session=True,  # Ctrl-C must not leave a half-made schema
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    if done.returncode:
        raise Refusal(f"Prefect's tables could not be made: see {home.log / 'prefect-schema.log'}.")
    made = {"prefect": version("prefect"), "revision": wait_for(_revision(prefect_url))}
    write_json(home.path / "prefect-schema.json", made)


async def _revision(url: str) -> str | None:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            return None
        return str(await connection.fetchval("SELECT version_num FROM alembic_version"))
    finally:
        await connection.close()


async def _has_trigrams(url: str) -> bool:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        return bool(await connection.fetchval("SELECT true FROM pg_available_extensions WHERE name = 'pg_trgm'"))
    finally:
        await connection.close()


def _migrate() -> None:
    """In a process of its own, with Prefect's settings in the environment."""
    import asyncio

    from prefect.server.database import provide_database_interface
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    url = os.environ["PREFECT_SERVER_DATABASE_CONNECTION_URL"].replace("+asyncpg", "", 1)
    if not asyncio.run(_has_trigrams(url)):

        @event.listens_for(Engine, "before_cursor_execute", retval=True)
        def rewrite(_c: Any, _cu: Any, statement: str, values: Any, _x: Any, _m: Any) -> tuple[str, Any]:
            return without_trigrams(statement), values

    asyncio.run(provide_database_interface().create_db())


if __name__ == "__main__":
    _migrate()
