"""The migrations make exactly the tables the program works with, whatever stood there before."""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
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
    async with written_at(server, "0001", WRITTEN) as url:
        yield url


@pytest.fixture
async def before_hand_offs(server: Server) -> AsyncIterator[str]:
    """The same of the last version that knew no mediation, agency, court or insolvency."""
    async with written_at(server, "0042", WRITTEN_BEFORE_HAND_OFFS) as url:
        yield url


@asynccontextmanager
async def written_at(server: Server, version: str, written: Iterable[str]) -> AsyncIterator[str]:
    """A database at that version with these rows; it is gone afterwards."""
    administrator = await asyncpg.connect(server.superuser)
    await administrator.execute(f"CREATE DATABASE at_{version} OWNER relance_owner")
    url = server.superuser.rsplit("/", 1)[0] + f"/at_{version}"
    engine = create_async_engine(async_url(url))
    async with engine.begin() as connection:
        await connection.run_sync(_up_to, version)
        for statement in written:
            await connection.execute(text(statement), {"at": LATE} if ":at" in statement else {})
    await engine.dispose()
    try:
        yield url
    finally:
        await administrator.execute(f"DROP DATABASE at_{version} WITH (FORCE)")
        await administrator.close()


def _up_to(connection: Connection, version: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, version)


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


WRITTEN_BEFORE_HAND_OFFS = (
    "INSERT INTO creditor (name) VALUES ('Us')",
    "INSERT INTO customer (creditor_id, number, name, kind) VALUES (1, 'C1', 'Dupont SARL', 'business')",
    "INSERT INTO contact (customer_id, role) VALUES (1, 'accounts')",
    (
        "INSERT INTO invoice (creditor_id, source, number, kind, customer_id, due, currency, total, paid) "
        "SELECT 1, 'erp', 'FA-' || n, 'invoice', 1, '2026-02-02', 'EUR', 100, 30 FROM generate_series(1, 4) n"
    ),
    (
        "INSERT INTO cases (creditor_id, customer_id, invoice_id, currency, opened_at) "
        "SELECT 1, 1, n, 'EUR', :at FROM generate_series(1, 4) n"
    ),
    "UPDATE cases SET written_off = 'too small', outcome = 'written_off', closed_at = '2026-03-04T10:00Z' WHERE id = 3",
    "UPDATE cases SET written_off = 'settled', written_off_by = 'settlement', outcome = 'written_off', closed_at = '2026-03-04T10:00Z' WHERE id = 4",
    (
        "INSERT INTO question (creditor_id, customer_id, currency, kind, stage, state, asked_at) VALUES "
        "(1, 1, 'EUR', 'approve', 'formal_notice', 'open', :at), (1, 1, 'EUR', 'mediation_outcome', 'mediation', 'open', :at), "
        "(1, 1, 'EUR', 'hold_review', '', 'answered', :at)"
    ),
    "INSERT INTO question_case (question_id, case_id) VALUES (1, 1), (2, 2)",
    "INSERT INTO answer (question_id, at) VALUES (3, :at)",
    (
        "INSERT INTO hold (customer_id, case_id, kind, since, origin) VALUES "
        "(1, 1, 'insolvency', '2026-03-02', ''), (1, 2, 'complaint', '2026-03-02', 'incoming:1')"
    ),
    "INSERT INTO agreement (creditor_id, customer_id, kind, state, amount, proposed_at) VALUES (1, 1, 'plan', 'agreed', 70, :at)",
    (
        "INSERT INTO dispute (creditor_id, customer_id, invoice_id, reason, source, opened_at, opened_on, deadline, state) "
        "VALUES (1, 1, 1, 'quality', 'person', :at, '2026-03-02', '2026-04-02', 'open')"
    ),
    (
        "INSERT INTO message (creditor_id, customer_id, kind, stage, window_on, channel, state, route, raw, calculated_at) VALUES "
        "(1, 1, 'step', 'agency', '2026-03-02', 'handover', 'confirmed', 'sink', 'a file', :at), "
        "(1, 1, 'step', 'legal', '2026-03-02', 'handover', 'draft', 'sink', 'another', :at)"
    ),
    (
        "INSERT INTO correspondence (creditor_id, customer_id, kind, on_day, state, at, next_at) "
        "VALUES (1, 1, 'set_off', '2026-03-02', 'told', :at, :at)"
    ),
)


async def test_what_was_written_before_the_hand_offs_is_brought_along(before_hand_offs: str) -> None:
    await migrate_now(before_hand_offs)
    engine = create_async_engine(async_url(before_hand_offs))
    async with engine.begin() as connection:
        assert await connection.run_sync(differences) == []

        async def rows(statement: str) -> list[tuple[object, ...]]:
            return [tuple(row) for row in await connection.execute(text(statement))]

        assert await rows("SELECT kind, state, subject FROM question ORDER BY id") == [
            ("approve", "open", ""), ("mediation_outcome", "open", ""), ("hold_review", "answered", ""),
        ]  # fmt: skip
        assert await rows("SELECT kind, origin FROM hold ORDER BY id") == [
            ("insolvency", ""),
            ("complaint", "incoming:1"),
        ]
        assert await rows("SELECT state FROM message ORDER BY id") == [("confirmed",), ("draft",)]
        assert await rows("SELECT count(DISTINCT salt) FROM message") == [(2,)]
        assert await rows(
            "SELECT w.reason, w.remark, w.state, w.made_by, w.stands_since, t.case_id, t.amount "
            "FROM write_off w JOIN write_off_item t ON t.write_off_id = w.id ORDER BY w.id"
        ) == [
            ("other", "too small", "standing", "", date(2026, 3, 4), 3, 70),
            ("settled", "settled", "standing", "settlement", date(2026, 3, 4), 4, 70),
        ]
        assert await rows("SELECT state FROM dispute UNION ALL SELECT state FROM agreement") == [("open",), ("agreed",)]
    await engine.dispose()


def test_the_migrations_form_one_line() -> None:
    """No two follow the same one: a rebase that forgot its number is seen here."""
    script = ScriptDirectory.from_config(_config())
    assert script.get_heads() == [newest()]
    follows = [str(one.down_revision) for one in script.walk_revisions()]
    assert len(follows) == len(set(follows))
