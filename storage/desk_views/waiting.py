"""The questions that wait for people, a page at a time, and how many wait at which stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text

from storage.bulk import rows_of
from storage.session import reading


class Order(StrEnum):
    """What comes first: the largest amount, the oldest debt, who has waited longest, or what is passed on soonest."""

    AMOUNT = "amount"
    AGE = "age"
    ASKED = "asked"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions; empty texts and None do not matter.

    `todos`: who is asked, an empty name is nobody in particular. `matters`: kinds of questions as `kind:stage` that are
    wanted whoever is asked.
    """

    todos: tuple[str, ...] | None = None
    matters: tuple[str, ...] = ()
    kind: str = ""
    stage: str = ""
    customer: str = ""
    order: Order = Order.AMOUNT


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that is open; the amount in minor units. No customer: it is about several, or about none.

    `due_at`: when somebody is reminded of it, or gets it in place of who lets it lie; None: it goes no further.
    """

    id: int
    kind: str
    stage: str
    title: str
    amount: int
    currency: str
    todo: str
    asked_at: datetime
    run: UUID | None
    customer_number: str
    customer_name: str
    oldest_due: date | None
    problem: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the questions, and how many there are in all."""

    total: int
    rows: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Heap:
    """The questions of one kind and stage in one currency."""

    kind: str
    stage: str
    currency: str
    count: int
    amount: int
    mine: int
    """How many of them ask the person who looks."""
    first_asked: datetime
    oldest_due: date | None


_DUE = """
    CASE WHEN q.lead_id IS NOT NULL
        THEN (SELECT i.due FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.id = q.lead_id)
        ELSE (SELECT min(i.due) FROM question_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
              WHERE k.question_id = q.id) END
"""
"""The oldest due date it is about: the oldest invoice leads. Looked up one by one: joined, all closed cases would be read."""
_OPEN = """
    FROM question q LEFT JOIN customer d ON d.id = q.customer_id
    WHERE q.state = 'open' AND (CAST(:todos AS text[]) IS NULL OR q.todo = ANY(:todos) OR q.kind || ':' || q.stage = ANY(:matters))
      AND (:kind = '' OR q.kind = :kind) AND (:stage = '' OR q.stage = :stage)
      AND (:customer = '' OR d.number = :customer)
"""
_ORDERS = {
    Order.AMOUNT: ("NULL::date", "q.amount DESC, q.id"),
    Order.ASKED: ("NULL::date", "q.since, q.id"),
    Order.DEADLINE: ("NULL::date", "q.due_at NULLS LAST, q.amount DESC, q.id"),
    Order.AGE: (_DUE, "q.oldest_due NULLS LAST, q.amount DESC, q.id"),
}
_PAGES = {
    order: text(
        f"""
        WITH place AS MATERIALIZED (
            SELECT q.*, count(*) OVER () AS total FROM (
                SELECT q.id, q.amount, coalesce(q.since, q.asked_at) AS since, q.due_at, {due} AS oldest_due {_OPEN}
            ) q ORDER BY {by} LIMIT :limit OFFSET :offset
        )
        SELECT q.id, q.kind, q.stage, q.title, q.amount, q.currency, q.todo, p.since AS asked_at, q.problem, q.due_at,
               coalesce(q.run_id, l.run_id) AS run, coalesce(d.number, '') AS customer_number,
               coalesce(d.name, '') AS customer_name, coalesce(p.oldest_due, {_DUE}) AS oldest_due, p.total
        FROM place p JOIN question q ON q.id = p.id LEFT JOIN customer d ON d.id = q.customer_id
        LEFT JOIN cases l ON l.id = q.lead_id AND q.kind <> 'daily_review' ORDER BY {by.replace("q.", "p.")}
        """  # noqa: S608 - no outside text
    )
    for order, (due, by) in _ORDERS.items()
}
_COUNT = text(f"SELECT count(*) {_OPEN}")
_HEAPS = text(
    f"""
    SELECT q.kind, q.stage, q.currency, count(*) AS count, sum(q.amount)::bigint AS amount,
           count(*) FILTER (WHERE q.todo = :me) AS mine, min(coalesce(q.since, q.asked_at)) AS first_asked,
           min({_DUE}) AS oldest_due
    FROM question q WHERE q.state = 'open' GROUP BY 1, 2, 3 ORDER BY amount DESC, 1, 2
    """  # noqa: S608 - no outside text
)


async def page(wanted: Wanted, *, offset: int = 0, limit: int = 50) -> Page:
    """The questions wanted, from the place `offset` on."""
    values = _values(wanted)
    async with reading() as connection:
        rows = await rows_of(connection, _PAGES[wanted.order], values | {"offset": offset, "limit": limit})
        total = rows[0]["total"] if rows else int(await connection.scalar(_COUNT, values) or 0)
    return Page(total, tuple(_waiting(row) for row in rows))


async def count(wanted: Wanted) -> int:
    """How many questions are wanted."""
    async with reading() as connection:
        return int(await connection.scalar(_COUNT, _values(wanted)) or 0)


async def heaps(me: str) -> tuple[Heap, ...]:
    """All that waits, by kind, stage and currency, the largest amount first."""
    async with reading() as connection:
        return tuple(Heap(**row) for row in await rows_of(connection, _HEAPS, {"me": me}))


def _values(wanted: Wanted) -> dict[str, Any]:
    todos: Sequence[str] | None = None if wanted.todos is None else list(wanted.todos)
    return {
        "todos": todos,
        "matters": list(wanted.matters),
        "kind": wanted.kind,
        "stage": wanted.stage,
        "customer": wanted.customer,
    }


def _waiting(row: dict[str, Any]) -> Waiting:
    return Waiting(**{name: value for name, value in row.items() if name != "total"})
