"""Migrations: run by `up` and `migrate` only, as the owner, under a lock; everybody else only compares versions."""

import asyncio
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.lock_classes import MIGRATION
from storage.migrations.guards import PROTECT
from storage.session import async_url, reading

if TYPE_CHECKING:
    from alembic.config import Config


class UnknownSchema(RuntimeError):
    """The database holds another version of the tables than this program knows."""


VERSIONS = Path(__file__).parent / "migrations" / "versions"
_REVISION = re.compile(r'^(down_)?revision = "(\d+)"$', re.MULTILINE)


@lru_cache
def newest() -> str:
    """The schema version this program works with: the one no other comes after. Alembic itself takes a third of a second to load."""
    found = [one for path in VERSIONS.glob("[0-9]*.py") for one in _REVISION.findall(path.read_text(encoding="utf-8"))]
    numbers, before = ([number for down, number in found if bool(down) is wanted] for wanted in (False, True))
    heads = set(numbers) - set(before)
    assert len(heads) == 1, "each migration but the last has exactly one after it"
    assert len(set(numbers)) == len(numbers), "each migration has a number of its own"
    return str(heads.pop())


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    return config


def _upgrade(connection: Connection) -> None:
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION})
    command.upgrade(config, "head")
    for statement in PROTECT:
        connection.exec_driver_sql(statement)


async def migrate_now(owner_url: str) -> None:
    """Bring the database at `owner_url` to the newest schema, in one transaction: all of it or nothing."""
    engine = create_async_engine(async_url(owner_url))
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)
    await engine.dispose()


def migrate(owner_url: str) -> None:
    """Bring the database at `owner_url` to the newest schema (for callers without an event loop)."""
    asyncio.run(migrate_now(owner_url))


async def check_schema() -> None:
    """Refuse, with a sentence, a database whose tables this program does not know."""
    async with reading() as connection:
        exists = await connection.scalar(text("SELECT to_regclass('alembic_version') IS NOT NULL"))
        found = await connection.scalar(text("SELECT version_num FROM alembic_version")) if exists else None
    if found is None:
        raise UnknownSchema("The database has no Relance tables yet: run ./relance up once.")
    if found != newest():
        raise UnknownSchema(
            f"The database is at version {found}, this program needs {newest()}: run ./relance migrate."
        )
