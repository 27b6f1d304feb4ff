"""Migrations: run by `up` and `migrate` only, as the owner, under a lock; everybody else only compares versions."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.lock_classes import MIGRATION
from storage.session import async_url, reading


class UnknownSchema(RuntimeError):
    """The database holds another version of the tables than this program knows."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def newest() -> str:
    """The schema version this program works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None, "there is always a first migration"
    return head


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION})
    command.upgrade(config, "head")


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
