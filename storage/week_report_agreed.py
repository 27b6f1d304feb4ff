"""Of a weekly report: promises, plans, settlements, disputes and commercial measures."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulk import rows_of
from storage.dispute_sums import OPEN
from storage.week_report_span import Span


@dataclass(frozen=True, slots=True)
class Words:
    """Promises, plans, or settlements for less. `due`: with a day agreed in the week; of them what was kept, kept in part, broken, or is not known yet.

    `made` in the week; `standing` now.
    """

    due: int
    kept: int
    partly_kept: int
    broken: int
    unknown: int
    made: int
    standing: int


@dataclass(frozen=True, slots=True)
class BrokenWord:
    """A promise or plan due in the week whose money did not come, or not all of it."""

    kind: str
    word: str
    customer_number: str
    customer_name: str


@dataclass(frozen=True, slots=True)
class Disputed:
    """Disputes for one reason in one currency: opened and decided in the week, undecided now; and the customer of the latest."""

    reason: str
    currency: str
    opened: int
    settled: int
    standing: int
    amount: int
    """What is disputed by those undecided, in minor units."""
    customer_number: str
    customer_name: str


@dataclass(frozen=True, slots=True)
class Measures:
    """Commercial measures of one kind: taken and lifted in the week, standing now; and the customer of the latest."""

    kind: str
    taken: int
    lifted: int
    standing: int
    customer_number: str
    customer_name: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """What customers and we said to each other."""

    promises: Words
    plans: Words
    settlements: Words
    broken: tuple[BrokenWord, ...]
    disputes: tuple[Disputed, ...]
    measures: tuple[Measures, ...] = ()


NOTHING = Words(0, 0, 0, 0, 0, 0, 0)
SHOWN = 20
_WORDS = """
    WITH holds AS (
        SELECT h.*, coalesce(a.kind, h.kind) AS what, coalesce('agreement ' || a.id, 'hold ' || h.id) AS given,
               a.ended_how, d.number, d.name, CASE
               WHEN EXISTS (SELECT FROM hold_instalment i WHERE i.hold_id = h.id)
               THEN EXISTS (SELECT FROM hold_instalment i WHERE i.hold_id = h.id AND i.on_day >= :first AND i.on_day <= :last)
               ELSE coalesce(h.until >= :first AND h.until <= :last, false) END AS is_due
        FROM hold h JOIN customer d ON d.id = h.customer_id LEFT JOIN agreement a ON a.id = h.agreement_id
        WHERE d.creditor_id = :creditor AND h.kind IN ('promise', 'plan')
    ), told AS (
        SELECT what AS kind, given, number, name, bool_or(is_due) AS due, min(since) AS since,
               bool_or(ended_at IS NULL) AS stands, CASE
               WHEN max(ended_how) = 'kept' THEN 'kept' WHEN max(ended_how) = 'lapsed' OR bool_or(word = 'broken') THEN 'broken'
               WHEN bool_or(word = 'partly_kept') THEN 'partly_kept'
               WHEN bool_and(coalesce(word, '') = 'kept') THEN 'kept' END AS word
        FROM holds GROUP BY what, given, number, name
    )
"""
"""A word given about several invoices is one word: broken for one of them, it is broken."""
_COUNTED = text(
    f"""
    {_WORDS}
    SELECT kind, count(*) FILTER (WHERE due AND (word IS NOT NULL OR stands)) AS due,
           count(*) FILTER (WHERE due AND word = 'kept') AS kept,
           count(*) FILTER (WHERE due AND word = 'partly_kept') AS partly_kept,
           count(*) FILTER (WHERE due AND word = 'broken') AS broken,
           count(*) FILTER (WHERE due AND word IS NULL AND stands) AS unknown,
           count(*) FILTER (WHERE since >= :first AND since <= :last) AS made, count(*) FILTER (WHERE stands) AS standing
    FROM told GROUP BY kind
    """  # noqa: S608 - no outside text
)
"""One that was ended without a word about it (released, or replaced by another) is not due any more."""
_BROKEN = text(
    f"{_WORDS} SELECT kind, word, number AS customer_number, name AS customer_name FROM told "  # noqa: S608
    "WHERE due AND word IN ('broken', 'partly_kept') ORDER BY word, name, number, given LIMIT :shown"
)
_UNDECIDED = f"p.state = 'open' AND c.closed_at IS NULL AND (p.invoice_id IS NULL OR {OPEN} > 0)"
"""What is paid or given up waits for no decision, as in the list of disputes."""
_DISPUTES = text(
    f"""
    SELECT p.reason, p.currency, count(*) FILTER (WHERE p.opened_on >= :first AND p.opened_on <= :last) AS opened,
           count(*) FILTER (WHERE p.decided_at >= :starts AND p.decided_at < :ends) AS settled,
           count(*) FILTER (WHERE {_UNDECIDED}) AS standing,
           coalesce(sum(coalesce(p.amount, p.claimed)) FILTER (WHERE {_UNDECIDED}), 0)::bigint AS amount,
           (array_agg(d.number ORDER BY p.id DESC))[1] AS customer_number,
           (array_agg(d.name ORDER BY p.id DESC))[1] AS customer_name
    FROM dispute p JOIN customer d ON d.id = p.customer_id LEFT JOIN cases c ON c.id = p.case_id
    LEFT JOIN invoice i ON i.id = p.invoice_id
    WHERE p.creditor_id = :creditor AND (p.state = 'open' OR p.decided_at >= :starts OR p.opened_on >= :first)
    GROUP BY p.reason, p.currency
    """  # noqa: S608 - no outside text
)

_MEASURES = text(
    """
    SELECT m.kind, count(*) FILTER (WHERE m.decided_at >= :starts AND m.decided_at < :ends) AS taken,
           count(*) FILTER (WHERE m.ended_at >= :starts AND m.ended_at < :ends) AS lifted,
           count(*) FILTER (WHERE m.state = 'taken') AS standing, (array_agg(d.number ORDER BY m.id DESC))[1] AS customer_number,
           (array_agg(d.name ORDER BY m.id DESC))[1] AS customer_name
    FROM measure m JOIN customer d ON d.id = m.customer_id
    WHERE m.creditor_id = :creditor AND (m.state = 'taken' OR m.state = 'lifted' AND m.ended_at >= :starts) GROUP BY m.kind
    ORDER BY m.kind
    """
)


async def agreed(connection: AsyncConnection, span: Span) -> Agreed:
    """The promises, plans and disputes of the week."""
    words = {
        row.pop("kind"): Words(**row) for row in [dict(one) for one in await rows_of(connection, _COUNTED, span.values)]
    }
    broken = await rows_of(connection, _BROKEN, span.values | {"shown": SHOWN})
    disputes = [Disputed(**row) for row in await rows_of(connection, _DISPUTES, span.values)]
    told = [one for one in disputes if one.opened or one.settled or one.standing]
    measures = [Measures(**row) for row in await rows_of(connection, _MEASURES, span.values)]
    return Agreed(
        words.get("promise", NOTHING),
        words.get("plan", NOTHING),
        words.get("settlement", NOTHING),
        tuple(BrokenWord(**row) for row in broken),
        tuple(sorted(told, key=lambda one: (-one.standing, -one.opened, one.reason, one.currency))),
        tuple(measures),
    )
