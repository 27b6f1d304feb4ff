"""The cases an answer is about, each as it is being changed by it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import journal
from storage.dispute_sums import DEMANDED
from storage.questions import Question


@dataclass(frozen=True, slots=True)
class Covered:
    """A case the answer is about, as the question showed it. `step` is its own ladder's: a review covers several."""

    case: int
    customer: int
    customer_number: str
    zone: str
    policy: str
    principal: int
    shown: int
    step: str
    message: int | None
    invoice: str


_COVERED = text(
    f"""
    SELECT c.id AS case, c.customer_id AS customer, d.number AS customer_number, d.zone, c.policy_hash AS policy,
           {DEMANDED} AS principal, q.principal AS shown, q.message_id AS message,
           coalesce(m.step, k.step) AS step, i.number AS invoice
    FROM question_case q JOIN question k ON k.id = q.question_id JOIN cases c ON c.id = q.case_id
    JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id LEFT JOIN message m ON m.id = q.message_id
    WHERE q.question_id = :question AND c.closed_at IS NULL ORDER BY c.id FOR UPDATE OF c
    """  # noqa: S608 - no outside text
)


async def covered_by(connection: AsyncConnection, question: int) -> tuple[Covered, ...]:
    """The open cases a question covers, locked in order."""
    rows = (await connection.execute(_COVERED, {"question": question})).mappings()
    return tuple(Covered(**row) for row in rows)


@dataclass(frozen=True, slots=True)
class Change:
    """One case being changed by an answer."""

    connection: AsyncConnection
    question: Question
    case: Covered
    actor: str
    at: datetime

    @property
    def today(self) -> date:
        """The debtor's day."""
        return self.at.astimezone(ZoneInfo(self.case.zone)).date()

    async def told(self, kind: str, **facts: object) -> None:
        """Write it into the case's journal."""
        await journal.append(self.connection, "case", self.case.case, kind, facts, self.at)
