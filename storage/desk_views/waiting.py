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
    """What comes first: the largest amount, the oldest debt, or who has waited longest."""

    AMOUNT = "amount"
    AGE = "age"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions; empty texts and None do not matter. `todos`: who is asked, an empty name is nobody in particular."""

    todos: tuple[str, ...] | None = None
    kind: str = ""
    stage: str = ""
    customer: str = ""
    order: Order = Order.AMOUNT


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that is open; the amount in minor units. No customer: it is about several, or about none."""

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
    invoices: int
    oldest_due: date | None
    problem: str
    deadline: datetime | None = None
    """When somebody is reminded of it; None: not known."""


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


_OLDEST = """
    SELECT count(*) AS invoices, min(i.due) AS oldest_due FROM question_case k
    JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id WHERE k.question_id = q.id
"""
_OPEN = """
    FROM question q LEFT JOIN customer d ON d.id = q.customer_id
    WHERE q.state = 'open' AND (CAST(:todos AS text[]) IS NULL OR q.todo = ANY(:todos))
      AND (:kind = '' OR q.kind = :kind) AND (:stage = '' OR q.stage = :stage)
      AND (:customer = '' OR d.number = :customer)
"""
_PLACE = """
    SELECT q.id, q.amount, q.asked_at{due}, count(*) OVER () AS total
    FROM (SELECT q.id, q.amount, q.asked_at {open}) q {ages}
    ORDER BY {order} LIMIT :limit OFFSET :offset
"""
_AGES = """LEFT JOIN (
        SELECT k.question_id, min(i.due) AS oldest_due FROM question o JOIN question_case k ON k.question_id = o.id
        JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id WHERE o.state = 'open' GROUP BY 1
    ) a ON a.question_id = q.id"""
_ORDERS = {
    Order.AMOUNT: ("", "", "q.amount DESC, q.id"),
    Order.ASKED: ("", "", "q.asked_at, q.id"),
    Order.AGE: (
        ", a.oldest_due",
        _AGES,
        "a.oldest_due NULLS LAST, q.amount DESC, q.id",
    ),
}
_PAGES = {
    order: text(
        f"""
        WITH place AS MATERIALIZED ({_PLACE.format(due=due, ages=ages, order=by, open=_OPEN)})
        SELECT q.id, q.kind, q.stage, q.title, q.amount, q.currency, q.todo, q.asked_at, q.problem,
               coalesce(q.run_id, l.run_id) AS run, coalesce(d.number, '') AS customer_number,
               coalesce(d.name, '') AS customer_name, a.invoices, a.oldest_due, p.total
        FROM place p JOIN question q ON q.id = p.id LEFT JOIN customer d ON d.id = q.customer_id
        LEFT JOIN cases l ON l.id = q.lead_id AND q.kind <> 'daily_review' CROSS JOIN LATERAL ({_OLDEST}) a
        ORDER BY {by.replace("a.oldest", "p.oldest").replace("q.", "p.")}
        """  # noqa: S608 - no outside text
    )
    for order, (due, ages, by) in _ORDERS.items()
}
_COUNT = text(f"SELECT count(*) {_OPEN}")
_HEAPS = text(
    f"""
    SELECT q.kind, q.stage, q.currency, count(*) AS count, sum(q.amount)::bigint AS amount,
           count(*) FILTER (WHERE q.todo = :me) AS mine, min(q.asked_at) AS first_asked, min(a.oldest_due) AS oldest_due
    FROM question q {_AGES}
    WHERE q.state = 'open' GROUP BY 1, 2, 3 ORDER BY amount DESC, 1, 2
    """  # noqa: S608 - no outside text
)
_TODOS = text("SELECT todo, count(*) AS times FROM question WHERE state = 'open' GROUP BY 1 ORDER BY 1")


async def page(wanted: Wanted, *, offset: int = 0, limit: int = 50) -> Page:
    """The questions wanted, from the place `offset` on."""
    values = _values(wanted)
    async with reading() as connection:
        rows = await rows_of(connection, _PAGES[wanted.order], values | {"offset": offset, "limit": limit})
        total = rows[0]["total"] if rows else int(await connection.scalar(_COUNT, values) or 0)
    return Page(total, tuple(_waiting(row) for row in rows))


async def heaps(me: str) -> tuple[Heap, ...]:
    """All that waits, by kind, stage and currency, the largest amount first."""
    async with reading() as connection:
        return tuple(Heap(**row) for row in await rows_of(connection, _HEAPS, {"me": me}))


async def asked_of() -> dict[str, int]:
    """How many questions ask whom; an empty name: nobody in particular."""
    async with reading() as connection:
        return {row["todo"]: row["times"] for row in await rows_of(connection, _TODOS, {})}


def _values(wanted: Wanted) -> dict[str, Any]:
    todos: Sequence[str] | None = None if wanted.todos is None else list(wanted.todos)
    return {"todos": todos, "kind": wanted.kind, "stage": wanted.stage, "customer": wanted.customer}


def _waiting(row: dict[str, Any]) -> Waiting:
    return Waiting(**{name: value for name, value in row.items() if name != "total"})
