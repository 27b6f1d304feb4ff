"""Opening and choosing due cases among 1,000,000 invoices: PostgreSQL alone, with our tables."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import text

from benchmarks.own_database import own_database
from cli.postgres import Urls
from storage import session

Say = Callable[[str], None]
T = TypeVar("T")
INVOICES, CUSTOMERS, BATCH = 1_000_000, 200_000, 500
LIMIT = 1.0
"""Seconds for one batch: its selection and its opening, and each choice of due cases."""
TODAY = date(2026, 3, 3)
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
RUNS = 5

_CREDITOR = "INSERT INTO creditor (name, owner) VALUES ('Atelier Nord SAS', 'marie')"
_CUSTOMERS = """
    INSERT INTO customer (creditor_id, number, name, kind, country, segment, policy)
    SELECT 1, 'C' || n, 'Client ' || n, CASE WHEN n % 10 = 0 THEN 'consumer' ELSE 'business' END,
           CASE n % 20 WHEN 0 THEN 'DE' WHEN 1 THEN 'BE' WHEN 2 THEN 'IT' ELSE 'FR' END,
           CASE n % 7 WHEN 0 THEN 'retail' WHEN 1 THEN 'wholesale' ELSE '' END,
           CASE WHEN n % 500 = 0 THEN 'key-account' ELSE '' END
    FROM generate_series(1, $1::integer) n
"""
_INVOICES = """
    INSERT INTO invoice (creditor_id, source, number, kind, customer_id, issued, due, currency, total, paid, policy, case_opened)
    SELECT 1, 'bench', 'FA-' || n, 'invoice', 1 + (n * 7919::bigint) % $2::integer, g.due - 30, g.due, 'EUR', 100000 + n % 5000,
           CASE WHEN n % 10 < 6 THEN 100000 + n % 5000 ELSE 0 END, CASE WHEN n % 1000 = 6 THEN 'key-account' ELSE '' END,
           n % 10 IN (6, 7)
    FROM generate_series(1, $1::integer) n
    CROSS JOIN LATERAL (SELECT $3::date - 300 + (n % 401)::integer AS due) g
"""
"""Sixty in a hundred are paid, twenty have their case, twenty have none yet; due from 300 days ago to 100 days ahead."""
_CASES = """
    INSERT INTO cases (creditor_id, customer_id, invoice_id, currency, policy_hash, opened_at, opened_on, next_at, run_id)
    SELECT 1, customer_id, id, 'EUR', 'none', $1::timestamptz, ($1::timestamptz)::date,
           $1::timestamptz + make_interval(hours => (id / 10 % 2000)::integer - 2), gen_random_uuid()
    FROM invoice WHERE case_opened
"""
_BACKLOG = "UPDATE invoice SET case_opened = true WHERE NOT case_opened AND due < $1::date - 5 AND id % 50 <> 9"
"""All but a handful of what was due before has its case, as in a house that has run for a while."""


def run(say: Say) -> dict[str, Any]:
    """A batch of invoices gets its cases, and the cases whose time has come are chosen: among a million invoices."""
    with own_database() as (urls, _):
        return _measured(urls, say)


def _measured(urls: Urls, say: Say) -> dict[str, Any]:
    began = time.monotonic()
    asyncio.run(_furnish(urls.owner))
    say(f"{INVOICES} invoices of {CUSTOMERS} customers written in {time.monotonic() - began:.0f} s")
    backlog = asyncio.run(_with_connection(_opening))
    asyncio.run(_caught_up(urls.owner))
    steady = asyncio.run(_with_connection(_opening))
    choosing = asyncio.run(_with_connection(_choosing))
    figures = {
        "invoices": INVOICES, "opened": BATCH, "backlog_s": backlog, "steady_s": steady, "limit_s": LIMIT,
        **{f"{name}_s": seconds for name, seconds in choosing.items()},
    }  # fmt: skip
    say(f"{BATCH} cases opened in {backlog} s out of a backlog, in {steady} s in a house that has caught up")
    say(", ".join(f"{name.replace('_', ' ')} in {seconds} s" for name, seconds in choosing.items()))
    return figures


async def _furnish(owner: str) -> None:
    connection = await asyncpg.connect(owner)
    await connection.execute("SET synchronous_commit = off")
    await connection.execute(_CREDITOR)
    await connection.execute(_CUSTOMERS, CUSTOMERS)
    await connection.execute(_INVOICES, INVOICES, CUSTOMERS, TODAY)
    await connection.execute("ALTER TABLE cases DISABLE TRIGGER case_opened_noted")
    await connection.execute(_CASES, NOW)
    await connection.execute("ALTER TABLE cases ENABLE TRIGGER case_opened_noted")
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def _caught_up(owner: str) -> None:
    connection = await asyncpg.connect(owner)
    await connection.execute(_BACKLOG, TODAY)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def _with_connection(work: Callable[[], Awaitable[T]]) -> T:
    try:
        return await work()
    finally:
        await session.disconnect()


async def _opening() -> float:
    """Seconds of the slowest of several batches, in a process that has read its laws and ladders."""
    from storage.law_store import all_laws
    from storage.opening import open_due

    all_laws()
    await open_due(NOW, 1)
    slowest = 0.0
    for _ in range(RUNS):
        began = time.monotonic()
        opened = await open_due(NOW, BATCH)
        slowest = max(slowest, time.monotonic() - began)
        assert len(opened) == BATCH, f"{len(opened)} opened"
    return round(slowest, 3)


async def _choosing() -> dict[str, float]:
    """What the waker asks every second, and the stepper with every step of time."""
    from storage import wakes

    async with session.transaction() as connection:
        await connection.execute(text("UPDATE cases SET wake_at = NULL WHERE wake_at IS NOT NULL"))
        await connection.execute(text("UPDATE cases SET wake_at = clock_timestamp() WHERE id % 100 = 0"))
    timed = {
        "to_wake": lambda: wakes.cases_to_wake(BATCH),
        "next_due": wakes.next_due,
        "at_rest": wakes.at_rest,
        "woken_by_the_clock": lambda: wakes.wake_due(NOW + timedelta(minutes=30)),
    }
    found = {}
    for name, ask in timed.items():
        began = time.monotonic()
        answered = await ask()
        found[name] = round(time.monotonic() - began, 3)
        assert answered is not None, f"{name} finds nothing"
    return found
