"""What a customer's page shows beside the customer itself: what is asked, what was agreed, the way each case goes."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text

from storage.bulk import rows_of
from storage.session import reading


@dataclass(frozen=True, slots=True)
class CustomerQuestion:
    """A question about the customer, open or over; the amount in minor units."""

    id: int
    kind: str
    stage: str
    title: str
    state: str
    todo: str
    amount: int
    currency: str
    asked_at: datetime
    ended_at: datetime | None
    ended_why: str
    answered_by: str
    run: UUID | None


@dataclass(frozen=True, slots=True)
class Instalment:
    """A payment agreed, in minor units."""

    on: date
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A promise, or a plan of the days before agreements had numbers; over or not. No invoice: about everything."""

    kind: str
    invoice: str
    since: date
    until: date | None
    reason: str
    owner: str
    word: str
    """What became of it; empty: it stands."""
    instalments: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of the customer; amounts in minor units."""

    case: int
    invoice: str
    due: date
    currency: str
    total: int
    open: int
    run: UUID | None
    next_at: datetime | None
    outcome: str | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Around:
    """Everything of one customer, the latest first."""

    questions: tuple[CustomerQuestion, ...]
    agreements: tuple[Agreement, ...]
    cases: tuple[CaseLine, ...]


_EXACT = text("SELECT EXISTS (SELECT FROM customer WHERE number = :number)")
_QUESTIONS = text(
    """
    SELECT q.id, q.kind, q.stage, q.title, q.state, q.todo, q.amount, q.currency, q.asked_at, q.ended_at, q.ended_why,
           coalesce((SELECT a.actor FROM answer a JOIN answer_verdict v ON v.answer_id = a.id AND v.accepted
                     WHERE a.question_id = q.id ORDER BY a.id DESC LIMIT 1), '') AS answered_by,
           coalesce(q.run_id, l.run_id) AS run
    FROM question q JOIN customer d ON d.id = q.customer_id
    LEFT JOIN cases l ON l.id = q.lead_id AND q.kind <> 'daily_review'
    WHERE d.number = :number AND q.state <> 'gathering' ORDER BY q.state <> 'open', q.asked_at DESC, q.id DESC LIMIT 100
    """
)
_AGREEMENTS = text(
    """
    SELECT h.id, h.kind, coalesce(i.number, '') AS invoice, coalesce(i.currency, '') AS currency, h.since, h.until,
           h.reason, h.owner, coalesce(h.word, '') AS word
    FROM hold h JOIN customer d ON d.id = h.customer_id LEFT JOIN cases c ON c.id = h.case_id
    LEFT JOIN invoice i ON i.id = c.invoice_id
    WHERE d.number = :number AND h.kind IN ('promise', 'plan') AND h.agreement_id IS NULL ORDER BY h.since DESC, h.id DESC LIMIT 100
    """
)
_INSTALMENTS = text("SELECT hold_id, on_day, amount FROM hold_instalment WHERE hold_id = ANY(:holds) ORDER BY on_day")
_CASES = text(
    """
    SELECT c.id AS case, i.number AS invoice, i.due, i.currency, i.total, i.total - i.prepaid - i.paid - i.credited AS open,
           c.run_id AS run, c.next_at, c.outcome, c.closed_at
    FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id
    WHERE d.number = :number ORDER BY c.closed_at IS NOT NULL, c.closed_at DESC, i.due, c.id LIMIT 200
    """
)


async def is_known(number: str) -> bool:
    """Whether there is a customer of exactly this number."""
    async with reading() as connection:
        return bool(await connection.scalar(_EXACT, {"number": number}))


async def around(number: str) -> Around:
    """Questions, promises and plans, and cases of the customer of this number."""
    which = {"number": number}
    async with reading() as connection:
        questions = tuple(CustomerQuestion(**row) for row in await rows_of(connection, _QUESTIONS, which))
        cases = tuple(CaseLine(**row) for row in await rows_of(connection, _CASES, which))
        held = await rows_of(connection, _AGREEMENTS, which)
        parts = await rows_of(connection, _INSTALMENTS, {"holds": [row["id"] for row in held]}) if held else []
    agreements = []
    for row in held:
        id, currency = row.pop("id"), row.pop("currency")
        mine = tuple(Instalment(one["on_day"], one["amount"], currency) for one in parts if one["hold_id"] == id)
        agreements.append(Agreement(**row, instalments=mine))
    return Around(questions, tuple(agreements), cases)
