"""The migrations make exactly the tables the program works with, whatever stood there before."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import asyncpg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from storage import tables
from storage.migrate import _config, migrate_now, newest
from storage.session import async_url, reading
from tests.conftest import Server

LATE = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # the third of March in Paris


def differences(connection: Connection) -> list[str]:
    assert tables.__all__
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(one) for one in compare_metadata(context, SQLModel.metadata) if "alembic_version" not in str(one)]


def listed(constraint: str) -> frozenset[str]:
    """The values a `CHECK` allows, however it is spelled."""
    return frozenset(re.findall(r"'([a-z_]+)'", constraint))


def test_the_newest_version_is_the_one_alembic_ends_at() -> None:
    assert newest() == ScriptDirectory.from_config(_config()).get_current_head()


@pytest.mark.usefixtures("database_url")
async def test_a_migrated_database_has_the_tables_of_the_program() -> None:
    async with reading() as connection:
        assert await connection.run_sync(differences) == []


@pytest.mark.usefixtures("database_url")
async def test_the_values_a_column_may_have_are_those_the_program_knows() -> None:
    ours = {
        (table.name, str(one.name)): listed(str(one.sqltext))
        for table in SQLModel.metadata.tables.values()
        for one in table.constraints
        if isinstance(one, CheckConstraint) and str(one.name).endswith("_known")
    }
    async with reading() as connection:
        rows = await connection.execute(
            text(
                "SELECT r.relname, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c "
                "JOIN pg_class r ON r.oid = c.conrelid WHERE c.contype = 'c' AND c.conname LIKE '%\\_known'"
            )
        )
        theirs = {(row[0], row[1]): listed(row[2]) for row in rows}
    assert theirs == ours


@pytest.mark.usefixtures("database_url")
async def test_the_application_cannot_rewrite_history() -> None:
    for statement in (
        "UPDATE journal SET kind = ''",
        "DELETE FROM answer",
        "TRUNCATE effect_history",
        "DELETE FROM limitation_act",
        "UPDATE rate_value SET percent = 0",
        "DELETE FROM terms_record",
        "DROP TABLE cases",
    ):
        async with reading() as connection:
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
                await connection.execute(text(statement))


@pytest.fixture
async def first_version(server: Server) -> AsyncIterator[str]:
    """A database with the first version of the tables, and what a house had written into it."""
    administrator = await asyncpg.connect(server.superuser)
    await administrator.execute("CREATE DATABASE first_version OWNER relance_owner")
    url = server.superuser.rsplit("/", 1)[0] + "/first_version"
    engine = create_async_engine(async_url(url))
    async with engine.begin() as connection:
        await connection.run_sync(_first)
        for statement in WRITTEN:
            await connection.execute(text(statement), {"at": LATE} if ":at" in statement else {})
    await engine.dispose()
    try:
        yield url
    finally:
        await administrator.execute("DROP DATABASE first_version WITH (FORCE)")
        await administrator.close()


def _first(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


WRITTEN = (
    "INSERT INTO creditor (name) VALUES ('Us')",
    "INSERT INTO customer (creditor_id, number, name, kind) VALUES (1, 'C1', 'Dupont SARL', 'business')",
    (
        "INSERT INTO invoice (creditor_id, source, number, kind, customer_id, due, currency, total) VALUES "
        "(1, 'erp', 'FA-1', 'invoice', 1, '2026-02-02', 'EUR', 100), (1, 'erp', 'FA-2', 'invoice', 1, '2026-04-02', 'EUR', 100)"
    ),
    "INSERT INTO cases (creditor_id, customer_id, invoice_id, currency, opened_at) VALUES (1, 1, 1, 'EUR', :at)",
    "INSERT INTO question (creditor_id, customer_id, kind, state, asked_at) VALUES (1, 1, 'approve', 'answered', :at)",
    "INSERT INTO question_case (question_id, case_id) VALUES (1, 1)",
    "INSERT INTO approval (case_id, step, question_id, agreed_on) VALUES (1, 'formal_notice', 1, '2026-03-02')",
    "INSERT INTO hold (customer_id, kind, since) VALUES (1, 'promise', '2026-03-02')",
)


async def test_what_was_written_before_is_brought_along(first_version: str) -> None:
    await migrate_now(first_version)
    engine = create_async_engine(async_url(first_version))
    async with engine.begin() as connection:
        assert await connection.run_sync(differences) == []

        async def rows(statement: str) -> list[tuple[object, ...]]:
            return [tuple(row) for row in await connection.execute(text(statement))]

        assert await rows("SELECT opened_on, anchor, occurrences_before FROM cases") == [(date(2026, 3, 3), None, 0)]
        assert await rows("SELECT number, case_opened FROM invoice ORDER BY id") == [("FA-1", True), ("FA-2", False)]
        assert await rows("SELECT occurrence FROM approval UNION ALL SELECT occurrence FROM question_case") == [
            (1,),
            (1,),
        ]
        assert await rows("SELECT policy, segment, region FROM customer") == [("", "", "")]
        await connection.execute(
            text(
                "INSERT INTO cases (creditor_id, customer_id, invoice_id, currency, opened_at) VALUES (1, 1, 2, 'EUR', :at)"
            ),
            {"at": LATE},
        )
        assert await rows("SELECT case_opened FROM invoice WHERE number = 'FA-2'") == [(True,)]
    await engine.dispose()
