"""The queries behind the list of calls: what is to be called, and what is known of whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulk import rows_of
from storage.dispute_sums import DEMANDED
from storage.hold_kinds import BROKEN_WORD

MOST = 1_000
"""Calls listed at most, the largest amounts first: nobody makes more."""
TOLD = 3
"""Promises, calls and messages shown of each customer."""

_WHO = """d.id AS customer, d.number, d.name, d.kind, d.country, d.region, d.language, d.zone, d.segment, c.id AS lead,
    c.policy_hash, i.due, i.issued"""
_ASKED = text(
    f"""
    SELECT q.id AS question, coalesce(q.run_id, c.run_id) AS run, q.currency, q.amount, q.stage, q.step, q.todo, q.asked_at,
           CAST(NULL AS timestamptz) AS again_at, {_WHO}
    FROM question q JOIN cases c ON c.id = q.lead_id JOIN invoice i ON i.id = c.invoice_id
    JOIN customer d ON d.id = q.customer_id
    WHERE q.kind = 'call_outcome' AND q.state = 'open' AND (CAST(:owner AS text) IS NULL OR q.todo = :owner)
    ORDER BY q.amount DESC, q.id LIMIT :most
    """  # noqa: S608 - no outside text
)
_AGREED = text(
    f"""
    SELECT CAST(NULL AS bigint) AS question, c.run_id AS run, c.currency, a.amount, '' AS stage, '' AS step,
           coalesce(nullif(d.owner, ''), r.owner) AS todo, p.at AS asked_at, p.again_at, {_WHO}
    FROM (SELECT DISTINCT ON (customer_id) * FROM phone_call ORDER BY customer_id, at DESC, id DESC) p
    JOIN customer d ON d.id = p.customer_id JOIN creditor r ON r.id = d.creditor_id
    CROSS JOIN LATERAL (
        SELECT (array_agg(c.id ORDER BY i.due, c.id))[1] AS lead, sum({DEMANDED})::bigint AS amount
        FROM phone_call_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
        WHERE k.call_id = p.id AND c.closed_at IS NULL) a
    JOIN cases c ON c.id = a.lead JOIN invoice i ON i.id = c.invoice_id
    WHERE p.question_id IS NULL AND p.again_at IS NOT NULL
      AND (p.again_at AT TIME ZONE d.zone)::date <= (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date
      AND (CAST(:owner AS text) IS NULL OR coalesce(nullif(d.owner, ''), r.owner) = :owner)
      AND NOT EXISTS (SELECT FROM question q WHERE q.customer_id = d.id AND q.kind = 'call_outcome' AND q.state = 'open')
    ORDER BY a.amount DESC, p.id LIMIT :most
    """  # noqa: S608 - no outside text
)
"""Calls agreed on the telephone that no question asks for: the latest call of a customer says whether one still stands."""
_ITEMS = text(
    f"""
    SELECT k.question_id AS key, i.number AS invoice, i.due, {DEMANDED} AS open FROM question_case k
    JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE k.question_id = ANY(:questions) AND c.closed_at IS NULL AND {DEMANDED} > 0 ORDER BY i.due, i.number
    """  # noqa: S608 - no outside text
)
_ITEMS_OF = text(
    f"""
    SELECT c.customer_id AS key, i.number AS invoice, i.due, {DEMANDED} AS open FROM cases c JOIN invoice i ON i.id = c.invoice_id
    WHERE c.customer_id = ANY(:customers) AND c.closed_at IS NULL AND {DEMANDED} > 0 ORDER BY i.due, i.number
    """  # noqa: S608 - no outside text
)
_TRIED = text(
    """
    SELECT e.case_id AS key, e.changed_at AS at FROM unnest(CAST(:leads AS bigint[]), CAST(:steps AS text[])) AS g(lead, step)
    JOIN effect e ON e.case_id = g.lead AND e.step = g.step AND e.occurrence = occurrence_now(g.lead, g.step)
    WHERE e.channel = 'call' AND e.state = 'refused' AND e.words NOT IN ('wrong number', 'asks to be called back') ORDER BY e.changed_at
    """
)
_PROMISES = text(
    """
    SELECT h.customer_id AS key, h.kind, h.since, h.until, coalesce(h.word, '') AS word,
           coalesce((SELECT sum(n.amount) FROM hold_instalment n WHERE n.hold_id = h.id), 0)::bigint AS amount
    FROM hold h WHERE h.customer_id = ANY(:customers) AND h.kind IN ('promise', 'plan') ORDER BY h.id DESC
    """
)
_BROKEN = text(
    "SELECT h.customer_id AS key, count(*) AS times, max(h.ended_at) AS last "  # noqa: S608 - no outside text
    f"FROM hold h WHERE h.customer_id = ANY(:customers) AND {BROKEN_WORD} GROUP BY 1"
)
_NOTES = text(
    "SELECT DISTINCT ON (customer_id) customer_id AS key, text FROM note WHERE customer_id = ANY(:customers) "
    "ORDER BY customer_id, id DESC"
)


@dataclass(frozen=True, slots=True)
class CallItem:
    """An invoice a call is about; `open` in minor units of the call's currency, without what is disputed of it."""

    invoice: str
    due: date
    open: int


@dataclass(frozen=True, slots=True)
class WordGiven:
    """A promise or a plan: `word` is what became of it (kept, partly_kept, broken), empty while it stands; `amount` in minor
    units, 0 where everything was meant."""

    kind: str
    since: date
    until: date | None
    word: str
    amount: int


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the customers and cases of some calls, by their numbers."""

    of_question: Mapping[int, Sequence[Mapping[str, Any]]]
    of_customer: Mapping[int, Sequence[Mapping[str, Any]]]
    tried: Mapping[int, Sequence[Mapping[str, Any]]]
    words: Mapping[int, Sequence[Mapping[str, Any]]]
    broken: Mapping[int, Sequence[Mapping[str, Any]]]
    notes: Mapping[int, Sequence[Mapping[str, Any]]]

    def items(self, row: Mapping[str, Any]) -> tuple[CallItem, ...]:
        """What the call of this row is about."""
        found = self.of_customer.get(row["customer"], ())
        if row["question"] is not None:
            found = self.of_question.get(row["question"], ())
        return tuple(CallItem(one["invoice"], one["due"], one["open"]) for one in found)

    def given(self, customer: int) -> tuple[WordGiven, ...]:
        """Its latest promises and plans, the latest first."""
        found = self.words.get(customer, ())[:TOLD]
        return tuple(WordGiven(one["kind"], one["since"], one["until"], one["word"], one["amount"]) for one in found)

    def tried_at(self, lead: int) -> list[datetime]:
        """When calls about this time of the step reached nobody."""
        return [one["at"] for one in self.tried.get(lead, ())]


async def to_call(
    connection: AsyncConnection, at: datetime, owner: str | None, most: int = MOST
) -> list[dict[str, Any]]:
    """Every call to be made, of each kind so many at most: those questions ask for, and those agreed on for a day that has come."""
    values = {"at": at, "owner": owner, "most": most}
    return [row for query in (_ASKED, _AGREED) for row in await rows_of(connection, query, values)]


async def around(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> Around:
    """What surrounds the calls of these rows, read at once."""
    asked = [row for row in rows if row["question"] is not None]
    customers = {"customers": sorted({row["customer"] for row in rows})}
    steps = {"leads": [row["lead"] for row in asked], "steps": [row["step"] for row in asked]}
    return Around(
        of_question=await _by_key(connection, _ITEMS, {"questions": [row["question"] for row in asked]}),
        of_customer=await _by_key(connection, _ITEMS_OF, customers),
        tried=await _by_key(connection, _TRIED, steps),
        words=await _by_key(connection, _PROMISES, customers),
        broken=await _by_key(connection, _BROKEN, customers),
        notes=await _by_key(connection, _NOTES, customers),
    )


async def _by_key(
    connection: AsyncConnection, query: TextClause, values: Mapping[str, Any]
) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in await rows_of(connection, query, values):
        found[row["key"]].append(row)
    return found
