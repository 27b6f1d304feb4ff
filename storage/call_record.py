"""Calls in the books: each is written down once, told to the cases it was about, and read back by customer and by case."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.call_consequences import CallTold
from storage import journal
from storage.bulk import append_to_cases, rows_of
from storage.session import reading

START = time(9)
"""The hour of a call on a day for which none was named: when most offices open."""


@dataclass(frozen=True, slots=True)
class CallMade:
    """A call as it was written down. `amount` in minor units of `currency`; `again_at` in UTC."""

    at: datetime
    direction: str
    outcome: str
    phone: str
    actor: str
    currency: str
    amount: int
    on: date | None
    again_at: datetime | None
    words: str
    invoices: tuple[str, ...]
    asked: bool
    """Whether a question had asked for it."""


@dataclass(frozen=True, slots=True)
class About:
    """Whom a call was with, and about what."""

    customer: int
    zone: str
    cases: tuple[int, ...]
    currency: str = ""
    question: int | None = None
    phone: str = ""
    direction: str = "out"


_CALL = text(
    """
    INSERT INTO phone_call (customer_id, question_id, direction, outcome, phone, currency, amount, on_day, again_at, actor,
        words, at)
    VALUES (:customer, :question, :direction, :outcome, :phone, :currency, :amount, :on, :again, :actor, :words, :at)
    RETURNING id
    """
)
_CASES = text(
    "INSERT INTO phone_call_case (call_id, case_id) SELECT :call, c FROM unnest(CAST(:cases AS bigint[])) AS c"
)
_READ = """
    SELECT p.customer_id, p.at, p.direction, p.outcome, p.phone, p.actor, p.currency, p.amount, p.on_day AS on, p.again_at,
           p.words, p.question_id IS NOT NULL AS asked,
           coalesce((SELECT array_agg(i.number ORDER BY i.due, i.number) FROM phone_call_case k JOIN cases c ON c.id = k.case_id
                     JOIN invoice i ON i.id = c.invoice_id WHERE k.call_id = p.id), '{}') AS invoices
    FROM phone_call p
"""
_OF_CUSTOMERS = text(
    f"""
    {_READ} JOIN (SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY at DESC, id DESC) AS nth FROM phone_call
                  WHERE customer_id = ANY(:customers)) latest ON latest.id = p.id AND latest.nth <= :most
    ORDER BY p.at DESC, p.id DESC
    """  # noqa: S608 - no outside text
)
_OF_CASE = text(
    f"{_READ} WHERE p.id IN (SELECT call_id FROM phone_call_case WHERE case_id = :case) ORDER BY p.at, p.id"  # noqa: S608
)


async def record(connection: AsyncConnection, about: About, told: CallTold, actor: str, at: datetime) -> int:
    """Write the call down, and tell it to its customer and to the cases it was about, whose rows are locked; answers its
    number."""
    again = _again(told, about.zone)
    values: dict[str, Any] = {
        "customer": about.customer, "question": about.question, "direction": about.direction, "outcome": told.outcome,
        "phone": about.phone, "currency": about.currency, "amount": told.amount, "on": told.on, "again": again,
        "actor": actor, "words": told.words, "at": at,
    }  # fmt: skip
    call = int(await connection.scalar(_CALL, values))
    await connection.execute(_CASES, {"call": call, "cases": sorted(set(about.cases))})
    facts: dict[str, object] = {
        "call": call, "outcome": told.outcome, "direction": about.direction, "actor": actor,
        **({"amount": told.amount} if told.amount else {}), **({"again_at": again.isoformat()} if again else {}),
    }  # fmt: skip
    await journal.append(connection, "customer", about.customer, "called", facts, at)
    await append_to_cases(connection, "called", [(case, facts) for case in sorted(set(about.cases))], at)
    return call


def _again(told: CallTold, zone: str) -> datetime | None:
    """The moment to call again, where the customer or whoever called named a day for it."""
    if told.on is None or told.outcome not in ("call_back", "no_answer", "voicemail"):
        return None
    return datetime.combine(told.on, told.hour or START, tzinfo=ZoneInfo(zone))


async def last_calls(
    connection: AsyncConnection, customers: Iterable[int], most: int
) -> dict[int, tuple[CallMade, ...]]:
    """The latest calls of each of these customers, the latest first."""
    rows = await rows_of(connection, _OF_CUSTOMERS, {"customers": sorted(set(customers)), "most": most})
    found: dict[int, list[CallMade]] = defaultdict(list)
    for row in rows:
        found[row.pop("customer_id")].append(_made(row))
    return {customer: tuple(calls) for customer, calls in found.items()}


async def calls_of_case(case: int) -> Sequence[CallMade]:
    """Every call about the case, the earliest first."""
    async with reading() as connection:
        rows = await rows_of(connection, _OF_CASE, {"case": case})
    return tuple(_made({name: value for name, value in row.items() if name != "customer_id"}) for row in rows)


def _made(row: dict[str, Any]) -> CallMade:
    return CallMade(**row | {"invoices": tuple(row["invoices"])})
