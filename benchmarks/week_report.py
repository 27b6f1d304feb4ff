"""The manager's week and everybody's digest in a house with 100,000 cases: PostgreSQL alone, with our tables."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.own_database import own_database
from cli.postgres import Urls
from policies.report_week import week_before
from policies.stages import Channel
from storage import digests, session
from storage.creditor import all_creditors
from storage.digest import digest
from storage.policy_store import parsed, shipped
from storage.week_report import week_report
from storage.week_report_agreed import agreed
from storage.week_report_ahead import ahead
from storage.week_report_customers import largest
from storage.week_report_money import money
from storage.week_report_sent import correspondence
from storage.week_report_span import Span
from storage.week_report_troubles import treated_otherwise, troubles
from storage.week_report_waiting import waiting

Say = Callable[[str], None]
CASES, CUSTOMERS, PEOPLE = 100_000, 10_000, 10
LIMIT = 10.0
"""Seconds for the whole report, the five days ahead included, and for the digests of ten people."""
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
FIRST = date(2026, 11, 16)

_BOOKS = (
    "INSERT INTO creditor (name, owner) VALUES ('Atelier Nord SAS', 'p1')",
    f"INSERT INTO person (login, role, email) SELECT 'p' || n, 'agent', 'p' || n || '@us.example' FROM generate_series(1, {PEOPLE}) n",
    f"""
    INSERT INTO customer (creditor_id, number, name, kind, country, owner)
    SELECT 1, 'C' || n, 'Client ' || n, 'business', 'FR', 'p' || (1 + n % {PEOPLE}) FROM generate_series(1, {CUSTOMERS}) n
    """,
    """
    INSERT INTO contact (customer_id, role, email, name)
    SELECT id, 'accounts', 'compta@' || lower(number) || '.example', '' FROM customer
    """,
    f"""
    INSERT INTO invoice (creditor_id, source, number, kind, customer_id, issued, due, currency, total, paid, case_opened)
    SELECT 1, 'bench', 'FA-' || n, 'invoice', 1 + (n * 7919::bigint) % {CUSTOMERS}, g.due - 30, g.due, 'EUR', 100000 + n % 5000,
           CASE WHEN n % 10 < 6 THEN 100000 + n % 5000 ELSE 0 END, true
    FROM generate_series(1, {CASES}) n CROSS JOIN LATERAL (SELECT $1::date - n % 300 AS due) g
    """,
    """
    INSERT INTO cases (creditor_id, customer_id, invoice_id, currency, policy_hash, opened_at, next_at, run_id, outcome, closed_at)
    SELECT 1, customer_id, id, 'EUR', $2::text, due::timestamptz, CASE WHEN paid = 0 THEN $1::timestamptz + make_interval(hours => (id % 500)::integer) END,
           gen_random_uuid(), CASE WHEN paid > 0 THEN 'paid' END, CASE WHEN paid > 0 THEN due::timestamptz END
    FROM invoice
    """,
    """
    INSERT INTO step_done (case_id, step, stage, done_on, how)
    SELECT c.id, s.step, s.step, i.due + s.after, 'confirmed' FROM cases c JOIN invoice i ON i.id = c.invoice_id
    CROSS JOIN (VALUES ('courtesy_reminder', 4), ('second_reminder', 12)) AS s(step, after) WHERE i.due + s.after < $1::date
    """,
    """
    INSERT INTO message (creditor_id, customer_id, currency, kind, stage, step, window_on, channel, state, route, key, raw, calculated_at, handed_at)
    SELECT 1, c.customer_id, 'EUR', 'step', s.stage, s.step, s.done_on, 'email', 'confirmed', 'live', 'm' || s.id, '', s.done_on, s.done_on
    FROM step_done s JOIN cases c ON c.id = s.case_id ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO payment (creditor_id, fingerprint, booked, value_date, amount, currency, allocated)
    SELECT 1, id::text, due + 5, due + 5, paid, 'EUR', paid FROM invoice WHERE paid > 0
    """,
    """
    INSERT INTO allocation (kind, payment_id, invoice_id, amount, value_date)
    SELECT 'payment', id, fingerprint::bigint, amount, value_date FROM payment
    """,
    """
    INSERT INTO question (creditor_id, customer_id, kind, stage, currency, state, todo, title, asked_at, ended_at, lead_id)
    SELECT 1, c.customer_id, 'approve', 'formal_notice', c.id::text, CASE WHEN c.id % 3 = 0 THEN 'open' ELSE 'answered' END,
           'p' || (1 + c.id % 10), 'Approve formal notice', c.opened_at, c.opened_at + interval '2 days', c.id
    FROM cases c WHERE c.id % 4 = 0
    """,
    """
    INSERT INTO journal (chain, place, at, kind, facts, previous, hash)
    SELECT 'case:' || c.id, p, c.opened_at + make_interval(days => p), CASE WHEN p = 5 THEN 'paid' ELSE 'confirmed' END,
           '{"amount": 100000}', '', '' FROM cases c CROSS JOIN generate_series(1, 5) p
    """,
    """
    INSERT INTO hold (customer_id, case_id, kind, reason, since, until, word, ended_at)
    SELECT customer_id, id, CASE id % 3 WHEN 0 THEN 'promise' WHEN 1 THEN 'dispute' ELSE 'plan' END, 'price', opened_at::date,
           opened_at::date + 10, CASE WHEN id % 3 = 0 THEN 'kept' END, CASE WHEN id % 3 = 0 THEN opened_at END
    FROM cases WHERE id % 20 = 0
    """,
)  # fmt: skip


def run(say: Say) -> dict[str, Any]:
    """Each part of the report, the whole, and the digests of ten people, among 100,000 cases."""
    with own_database() as (urls, _):
        return _measured(urls, say)


def _measured(urls: Urls, say: Say) -> dict[str, Any]:
    began = time.monotonic()
    asyncio.run(_furnish(urls.owner))
    say(f"{CASES} cases of {CUSTOMERS} customers written in {time.monotonic() - began:.0f} s")
    figures = asyncio.run(_timed())
    say(", ".join(f"{name.replace('_', ' ')} in {seconds} s" for name, seconds in figures.items()))
    return {"cases": CASES, "limit_s": LIMIT, **{f"{name}_s": seconds for name, seconds in figures.items()}}


async def _furnish(owner: str) -> None:
    """The books of a year, every case on the ladder that ships."""
    content = shipped("fr-b2b")
    connection = await asyncpg.connect(owner)
    await connection.execute("SET synchronous_commit = off")
    hash = parsed(content, "fr-b2b.toml").hash
    await connection.execute("INSERT INTO policy (hash, ladder, text) VALUES ($1, 'fr-b2b', $2)", hash, content)
    for statement in _BOOKS:
        given = {"$1::date": FIRST, "$1::timestamptz": NOW}
        first = [value for mark, value in given.items() if mark in statement]
        await connection.execute(statement, *first, *([hash] if "$2" in statement else []))
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def _timed() -> dict[str, float]:
    try:
        return await _parts()
    finally:
        await session.disconnect()


async def _parts() -> dict[str, float]:
    """Seconds of each part, of the whole, and of all digests."""
    creditor = (await all_creditors())[0]
    span, mail = Span(creditor.id, week_before(NOW.date()), creditor.zone, NOW), frozenset({Channel.EMAIL})
    parts: dict[str, Callable[[AsyncConnection], Awaitable[object]]] = {
        "sent": lambda books: correspondence(books, span),
        "waiting": lambda books: waiting(books, span),
        "agreed": lambda books: agreed(books, span),
        "money": lambda books: money(books, span),
        "customers": lambda books: largest(books, span, mail),
        "ahead": lambda books: ahead(books, span, mail),
        "troubles": lambda books: troubles(books, span),
    }
    found: dict[str, float] = {}
    async with session.reading() as connection:
        for name, ask in parts.items():
            found[name] = await _seconds(ask(connection))
    found["exceptions"] = await _seconds(treated_otherwise(span))
    found["report"] = await _seconds(week_report(creditor, span.week, NOW, mail))
    found["digests"] = await _seconds(_digests())
    return found


async def _digests() -> None:
    day = await digests.due(NOW)
    assert day is not None, "a Monday morning"
    for reader in await digests.readers(day.on):
        await digest(reader, day, NOW)


async def _seconds(work: Awaitable[object]) -> float:
    began = time.monotonic()
    await work
    return round(time.monotonic() - began, 2)
