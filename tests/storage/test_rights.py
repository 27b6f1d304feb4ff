"""What the database itself refuses: each table's rights, and history that nobody rewrites."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.migrations.guards import PROTECT
from storage.session import reading, transaction
from tests.conftest import Server
from tests.storage.books import bill, invoice, open_cases, rows

HISTORY = frozenset(
    {
        "account_change", "agreement_case", "answer", "answer_reason", "answer_verdict", "deadline_case", "delivery_event",
        "desk_refusal", "desk_start", "desk_start_carried_out", "dispute_document", "effect_history", "incoming_case", "journal",
        "limitation_act", "match_decision", "match_decision_share", "phone_call", "phone_call_case", "question_move",
        "rate_value", "seal", "seal_leaf", "signature",
    }
)  # fmt: skip
"""Rows are added and read, never changed and never removed; the tables' owner cannot either."""
KEPT = frozenset(
    {
        "agreement", "api_token", "cases", "correspondence", "creditor", "customer", "deadline", "desk_session", "dispute",
        "effect", "entry_link", "incoming_message", "mailbox", "message", "person", "posting", "sales_notice",
        "sales_notice_case", "staff_message", "terms_record",
    }
)  # fmt: skip
"""Rows change and are never removed."""
WORKED_ON = frozenset(
    {
        "allocation", "approval", "bank_account", "clock", "contact", "credit_decision", "decision_to_settle", "dispatcher",
        "hold", "hold_instalment", "import", "invoice", "lease", "line_claim", "line_match", "live_start", "mail_pace",
        "mail_turn", "note", "payment", "policy", "policy_plan", "policy_plan_case", "policy_rule", "question",
        "question_case", "service_time", "sign_in_guard", "sink_message", "sms_status", "step_done",
    }
)  # fmt: skip
"""Rows come and go."""
BYTES = {
    "message": ("raw", "text", "subject", "recipient", "sha256", "salt", "key", "customer_id"),
    "incoming_message": ("raw", "text", "subject", "sender", "sha256", "salt", "provider_ref"),
    "staff_message": ("raw", "subject", "recipient", "sha256"),
    "terms_record": ("document", "document_sha256", "words", "rate"),
}
"""What stays as it was written, in rows of which something else changes."""
REFUSED = ("UPDATE {table} SET {column} = {column}", "DELETE FROM {table}", "TRUNCATE {table} CASCADE")


async def tables() -> dict[str, str]:
    """Every table with its first column."""
    found = await rows(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND ordinal_position = 1 AND table_name <> 'alembic_version' ORDER BY 1"
    )
    return dict(found)


async def rights(table: str) -> frozenset[str]:
    """What the application's role may do to a table."""
    found = await rows(
        "SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p "
        "WHERE has_table_privilege(current_user, CAST(:table AS text), p)",
        table=table,
    )
    return frozenset(row[0] for row in found)


@asynccontextmanager
async def owner(server: Server) -> AsyncIterator[asyncpg.Connection]:
    """Somebody who may do everything, in the database of the tests."""
    connection = await asyncpg.connect(urlsplit(server.superuser)._replace(path=urlsplit(server.app).path).geturl())
    yield connection
    await connection.close()


async def refuses(statement: str) -> str:
    """The reason for which the database refuses a statement of the application; empty: it does not."""
    try:
        async with transaction() as connection:
            await connection.execute(text(statement))
            await connection.rollback()
    except DBAPIError as refused:
        return str(refused.orig)
    return ""


@pytest.mark.usefixtures("database_url")
async def test_each_table_has_the_rights_it_is_meant_to_have() -> None:
    shapes = {
        frozenset({"SELECT", "INSERT"}): HISTORY - {"effect_history"} | set(BYTES),
        frozenset({"SELECT"}): {"effect_history"},
        frozenset({"SELECT", "INSERT", "UPDATE"}): KEPT - set(BYTES),
        frozenset({"SELECT", "INSERT", "DELETE"}): {"decision_to_settle"},
        frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"}): WORKED_ON - {"decision_to_settle"},
    }
    meant = {table: shape for shape, named in shapes.items() for table in named}
    found = {table: await rights(table) for table in await tables()}
    assert {table: found[table] for table in meant} == meant
    assert [table for table, shape in found.items() if table not in meant and shape not in shapes] == []


@pytest.mark.usefixtures("database_url")
async def test_the_application_can_neither_change_nor_remove_what_is_history() -> None:
    found = await tables()
    every = HISTORY | {table for table in found if await rights(table) == {"SELECT", "INSERT"}} - set(BYTES)
    said = {
        (table, one.split()[0]): await refuses(one.format(table=table, column=found[table]))
        for table in sorted(every)
        for one in REFUSED
    }
    assert {key for key, why in said.items() if "permission denied" not in why} == set()


@pytest.mark.usefixtures("database_url")
async def test_the_owner_of_the_tables_cannot_rewrite_history_either(server: Server) -> None:
    found = await tables()
    every = HISTORY | {table for table in found if await rights(table) == {"SELECT", "INSERT"}} - set(BYTES)
    async with owner(server) as connection:
        for table in sorted(every):
            for one in REFUSED:
                with pytest.raises(asyncpg.RaiseError, match="history is append-only"):
                    await connection.execute(one.format(table=table, column=found[table]))


@pytest.mark.usefixtures("database_url")
async def test_migrating_once_more_changes_no_right(server: Server) -> None:
    async with owner(server) as connection:
        before = await connection.fetch(_GUARDS)
        for statement in PROTECT:
            await connection.execute(statement)
        assert await connection.fetch(_GUARDS) == before


@pytest.mark.usefixtures("database_url")
async def test_no_message_case_or_customer_is_ever_removed() -> None:
    for table in (
        "message",
        "effect",
        "cases",
        "customer",
        "creditor",
        "incoming_message",
        "staff_message",
        "terms_record",
    ):
        assert "permission denied" in await refuses(f"DELETE FROM {table}"), table
        assert "permission denied" in await refuses(f"TRUNCATE {table} CASCADE"), table


@pytest.mark.usefixtures("database_url")
async def test_what_was_written_stays_as_it_was_while_its_state_changes(server: Server) -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    async with transaction() as connection:
        for statement in _WRITTEN:
            await connection.execute(text(statement))
    wrong = [
        (table, column)
        for table, columns in BYTES.items()
        for column in columns
        if "permission denied" not in await refuses(f"UPDATE {table} SET {column} = {column}")
    ]
    assert wrong == []
    async with owner(server) as connection:
        for table, columns in BYTES.items():
            for column in columns:
                with pytest.raises(asyncpg.RaiseError, match="kept as it was"):
                    await connection.execute(f"UPDATE {table} SET {column} = {column}")
    assert await refuses("UPDATE message SET state = 'voided'") == ""
    async with reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM message WHERE state = 'draft'")) == 1


_GUARDS = "SELECT tgrelid::regclass::text AS guarded, tgname::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
_WRITTEN = (
    (
        "INSERT INTO message (creditor_id, customer_id, currency, stage, window_on, channel, state, route, raw, calculated_at) "
        "VALUES (1, 1, 'EUR', 'formal_notice', '2026-03-02', 'email', 'draft', 'sink', 'x', now())"
    ),
    (
        "INSERT INTO incoming_message (creditor_id, channel, provider_ref, kind, raw, received_at) "
        "VALUES (1, 'email', 'r', 'reply', 'x', now())"
    ),
    "INSERT INTO staff_message (creditor_id, key, state, raw, written_at) VALUES (1, 'k', 'reserved', 'x', now())",
    "INSERT INTO terms_record (customer_id, accepted_on, at) VALUES (1, '2026-01-01', now())",
)


async def test_nothing_that_runs_with_the_owners_rights_takes_a_table_of_the_callers_own_for_ours(
    administrator: asyncpg.Connection,
) -> None:
    """A temporary table would stand before ours where `pg_temp` is not named last."""
    found = await administrator.fetch(
        "SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY proname"
    )
    assert [(row[0], list(row[1])) for row in found] == [
        ("erase_customer", ["search_path=public, pg_temp"]),
        ("note_case_opened", ["search_path=public, pg_temp"]),
        ("note_effect", ["search_path=public, pg_temp"]),
    ]
