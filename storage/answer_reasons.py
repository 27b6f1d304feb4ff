"""Why customers do not pay in time, as they said it: kept once for each answer, counted by customer and segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.answer_reasons import AnswerReason
from storage.bulk import rows_of
from storage.session import reading


@dataclass(frozen=True, slots=True)
class SaidReason:
    """A reason as it was given. `source`: `reply`, `sms` or `call`; `incoming`: the message, if it was one."""

    reason: AnswerReason
    source: str
    words: str = ""
    incoming: int | None = None


@dataclass(frozen=True, slots=True)
class ReasonView:
    """A reason of one customer, with the invoices it speaks of; none: everything."""

    on: date
    reason: str
    source: str
    invoices: tuple[str, ...]
    actor: str
    words: str


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How often a reason was given: in how many answers, by how many customers, about how many invoices.

    `key` and `name` say whose it is where it is counted by customer or segment.
    """

    key: str
    name: str
    reason: str
    answers: int
    customers: int
    invoices: int
    last_on: date


@dataclass(frozen=True, slots=True)
class WhyLate:
    """The reasons counted, the most frequent first: of everybody, by segment, by customer."""

    reasons: tuple[ReasonCount, ...]
    segments: tuple[ReasonCount, ...]
    customers: tuple[ReasonCount, ...]


_KEEP = text(
    "INSERT INTO answer_reason (customer_id, case_id, reason, source, incoming_id, actor, on_day, words, at) "
    "VALUES (:customer, :case, :reason, :source, :incoming, :actor, :on, :words, :at)"
)
_OF_CUSTOMER = text(
    """
    SELECT a.on_day AS on, a.reason, a.source, a.actor, a.words,
           coalesce(array_agg(i.number ORDER BY i.due, i.number) FILTER (WHERE i.id IS NOT NULL), '{}') AS invoices
    FROM answer_reason a LEFT JOIN cases c ON c.id = a.case_id LEFT JOIN invoice i ON i.id = c.invoice_id
    WHERE a.customer_id = :customer GROUP BY a.at, a.on_day, a.reason, a.source, a.actor, a.words ORDER BY a.at, min(a.id)
    """
)
_COUNT = """
    SELECT {key} AS key, {name} AS name, a.reason, count(DISTINCT (a.customer_id, a.at)) AS answers,
           count(DISTINCT a.customer_id) AS customers, count(DISTINCT a.case_id) AS invoices, max(a.on_day) AS last_on
    FROM answer_reason a JOIN customer d ON d.id = a.customer_id
    WHERE CAST(:since AS date) IS NULL OR a.on_day >= :since
    GROUP BY 1, 2, 3 ORDER BY {order} answers DESC, a.reason
"""
_ALL = text(_COUNT.format(key="''", name="''", order=""))
_BY_SEGMENT = text(_COUNT.format(key="d.segment", name="''", order="d.segment,"))
_BY_CUSTOMER = text(_COUNT.format(key="d.number", name="d.name", order="d.name, d.number,"))


async def keep(
    connection: AsyncConnection,
    customer: int,
    cases: Sequence[int],
    said: SaidReason,
    actor: str,
    on: date,
    at: datetime,
) -> None:
    """Keep a reason a customer gave on the day `on`: about these cases, or (none) about everything."""
    values = {
        "customer": customer, "reason": said.reason, "source": said.source, "incoming": said.incoming, "actor": actor,
        "on": on, "words": said.words, "at": at,
    }  # fmt: skip
    for case in sorted(set(cases)) or (None,):
        await connection.execute(_KEEP, values | {"case": case})


async def of_customer(connection: AsyncConnection, customer: int) -> tuple[ReasonView, ...]:
    """Every reason the customer gave, the earliest first."""
    rows = await rows_of(connection, _OF_CUSTOMER, {"customer": customer})
    return tuple(ReasonView(**row | {"invoices": tuple(row["invoices"])}) for row in rows)


async def why_late(since: date | None) -> WhyLate:
    """The reasons given from the day `since` on; None: ever."""
    async with reading() as connection:
        return WhyLate(*[
            tuple(ReasonCount(**row) for row in await rows_of(connection, query, {"since": since}))
            for query in (_ALL, _BY_SEGMENT, _BY_CUSTOMER)
        ])  # fmt: skip
