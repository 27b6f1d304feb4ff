"""The daily review: formal notices under the limit, one table, one answer (design 4.11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.fingerprint import fingerprint
from policies.questions import QuestionKind
from storage.session import reading, transaction


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One customer of the review: the notice that would leave, in minor units of `currency`."""

    question: int
    customer_number: str
    customer_name: str
    currency: str
    amount: int
    invoices: tuple[str, ...]
    recipient: str
    subject: str
    oldest_due: date
    text: str


_LINES = text(
    """
    SELECT q.id AS question, d.number AS customer_number, d.name AS customer_name, q.currency, q.amount,
           array_agg(i.number ORDER BY i.due, i.number) AS invoices, min(i.due) AS oldest_due,
           max(m.recipient) AS recipient, max(m.subject) AS subject, max(m.text) AS text, q.fingerprint
    FROM question q JOIN question_case c ON c.question_id = q.id JOIN cases s ON s.id = c.case_id
    JOIN invoice i ON i.id = s.invoice_id JOIN customer d ON d.id = q.customer_id
    LEFT JOIN message m ON m.id = c.message_id
    WHERE q.creditor_id = :creditor AND q.state = 'gathering' AND q.kind = 'daily_review'
    GROUP BY q.id, d.number, d.name ORDER BY d.name, q.id
    """
)
_WAITING = text(
    """
    SELECT q.creditor_id, min(q.asked_at) AS since, max(q.asked_at) AS latest,
           (SELECT o.id FROM question o WHERE o.creditor_id = q.creditor_id AND o.kind = 'daily_review'
              AND o.state = 'open') AS open_review
    FROM question q WHERE q.state = 'gathering' AND q.kind = 'daily_review' GROUP BY q.creditor_id
    """
)
_PRINTS = text("SELECT fingerprint FROM question WHERE creditor_id = :creditor AND state = 'gathering' ORDER BY id")
_OPEN = text(
    "SELECT id, fingerprint FROM question WHERE creditor_id = :creditor AND kind = 'daily_review' AND state = 'open'"
)
_INSERT = text(
    """
    INSERT INTO question (creditor_id, currency, kind, stage, step, attempt, state, todo, title, description,
        fingerprint, shown_facts, amount, asked_at)
    SELECT :creditor, '', :kind, 'formal_notice', max(step), 0, 'open', max(todo), :title, :description, :fingerprint,
        :shown, sum(amount), :at FROM question WHERE id = ANY(:shown_questions) RETURNING id
    """
)
_COVER = text(
    """
    INSERT INTO question_case (question_id, case_id, occurrence, principal, message_id)
    SELECT :review, c.case_id, c.occurrence, c.principal, c.message_id FROM question_case c
    WHERE c.question_id = ANY(:shown_questions)
    """
)
_VOID = text(
    "UPDATE question SET state = 'voided', ended_at = :at, ended_why = 'the review was widened', "
    "wake_at = clock_timestamp() WHERE id = :id AND state = 'open'"
)
_STILL_GATHERED = text(
    "SELECT id, fingerprint FROM question WHERE id = ANY(:questions) AND state = 'gathering' ORDER BY id FOR NO KEY UPDATE"
)
_ANSWERED = text(
    """
    UPDATE question SET state = 'answered', ended_at = :at, ended_why = 'answered in the review'
    WHERE state = 'gathering' AND id IN (
        SELECT g.question_id FROM question_case g JOIN question_case r ON r.case_id = g.case_id
        WHERE r.question_id = :review AND g.question_id < :review)
    """
)


async def creditors_waiting(as_of: datetime, quiet_minutes: int) -> tuple[int, ...]:
    """Creditors whose gathered notices have been quiet for a while and are not, or not all, in an open review."""
    found: list[int] = []
    async with reading() as connection:
        for row in (await connection.execute(_WAITING)).mappings().all():
            if (as_of - row["latest"]).total_seconds() < quiet_minutes * 60:
                continue
            if row["open_review"] is None or await _widened(connection, row["creditor_id"]):
                found.append(row["creditor_id"])
    return tuple(found)


async def _prints(connection: AsyncConnection, creditor: int) -> str:
    return fingerprint(list(await connection.scalars(_PRINTS, {"creditor": creditor})))


async def _widened(connection: AsyncConnection, creditor: int) -> bool:
    row = (await connection.execute(_OPEN, {"creditor": creditor})).first()
    return row is None or row.fingerprint != await _prints(connection, creditor)


async def next_review(quiet_minutes: int) -> datetime | None:
    """When the next review is due, by the clock; None when nothing is gathered."""
    moments = []
    async with reading() as connection:
        for row in (await connection.execute(_WAITING)).mappings().all():
            if row["open_review"] is None or await _widened(connection, row["creditor_id"]):
                moments.append(row["latest"] + timedelta(minutes=quiet_minutes))
    return min(moments, default=None)


async def lines(creditor: int) -> tuple[ReviewLine, ...]:
    """The gathered notices of a creditor, customer by customer."""
    async with reading() as connection:
        rows = (await connection.execute(_LINES, {"creditor": creditor})).mappings().all()
    return tuple(_line(row) for row in rows)


def _line(row: RowMapping) -> ReviewLine:
    return ReviewLine(
        question=row["question"],
        customer_number=row["customer_number"],
        customer_name=row["customer_name"],
        currency=row["currency"],
        amount=row["amount"],
        invoices=tuple(row["invoices"]),
        recipient=row["recipient"] or "",
        subject=row["subject"] or "",
        oldest_due=row["oldest_due"],
        text=row["text"] or "",
    )


async def open_review(
    creditor: int, questions: Sequence[int], title: str, description: str, shown: str, at: datetime
) -> int | None:
    """Ask about exactly these gathered questions, as they were shown; an open review that said less is replaced.

    None when one of them is no longer gathered: the picture changed, the next round shows it anew.
    """
    async with transaction() as connection:
        gathered = (await connection.execute(_STILL_GATHERED, {"questions": sorted(questions)})).all()
        if len(gathered) != len(set(questions)):
            return None
        existing = (await connection.execute(_OPEN, {"creditor": creditor})).first()
        if existing:
            await connection.execute(_VOID, {"id": existing.id, "at": at})
        values: dict[str, Any] = {
            "creditor": creditor, "kind": QuestionKind.DAILY_REVIEW, "title": title, "description": description,
            "fingerprint": fingerprint([row.fingerprint for row in gathered]), "shown": shown, "at": at,
            "shown_questions": sorted(questions),
        }  # fmt: skip
        review = int(await connection.scalar(_INSERT, values))
        await connection.execute(_COVER, {"review": review, "shown_questions": sorted(questions)})
        return review


async def answered(connection: AsyncConnection, review: int, at: datetime) -> None:
    """The gathered questions of a review are answered with it."""
    await connection.execute(_ANSWERED, {"review": review, "at": at})
