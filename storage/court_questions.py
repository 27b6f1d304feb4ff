"""Where everything a court file claims is paid or given up, a person is asked to tell the court: one question a file."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.court_consequences import CourtGoesOn, CourtTold
from policies.court_event import CourtEvent
from policies.court_told import Told
from policies.fingerprint import fingerprint
from policies.questions import QuestionKind
from storage import journal
from storage.beside_cases import put, write_note
from storage.court_events import Heard, record_in, why_not_told
from storage.court_files import cases_of, file_of, subject_of
from storage.court_views import CourtFileView, show
from storage.facts import lock
from storage.question_subject import Wording
from storage.questions import Question
from storage.session import reading, transaction
from storage.voiding import void

SOON = timedelta(minutes=1)
Describe = Callable[[CourtFileView], Wording]

_DONE = text(
    """
    SELECT f.id, f.creditor_id, f.customer_id, f.currency, f.principal, f.state,
           coalesce(nullif(d.owner, ''), r.owner) AS owner,
           EXISTS (SELECT FROM question q WHERE q.kind = 'court_paid' AND q.subject = 'legal_file:' || f.id
                   AND q.state IN ('open', 'answered')) AS asked
    FROM legal_file f JOIN customer d ON d.id = f.customer_id JOIN creditor r ON r.id = f.creditor_id
    WHERE f.ended_on IS NULL AND NOT EXISTS (
        SELECT FROM legal_file_case k JOIN cases c ON c.id = k.case_id WHERE k.legal_file_id = f.id AND c.closed_at IS NULL)
    ORDER BY f.id
    """
)
"""Files that stand though none of their cases is open."""
_OPEN = text("SELECT id, subject, fingerprint FROM question WHERE kind = 'court_paid' AND state = 'open' ORDER BY id")
_SUBJECT = text("SELECT subject FROM question WHERE id = :id")


async def ask_about_paid(as_of: datetime, describe: Describe) -> int:
    """One round: take back what is no longer so, ask about what is paid. Answers how many were asked."""
    async with transaction() as connection:
        rows = {subject_of(row["id"]): row for row in (await connection.execute(_DONE)).mappings()}
        standing = (await connection.execute(_OPEN)).all()
        gone = [one.id for one in standing if one.subject not in rows or _content(rows[one.subject]) != one.fingerprint]
        await void(connection, gone, "something of the file is open again, or it is over", as_of, wake=False)
    return sum([await _ask(row, describe, as_of) for row in rows.values() if not row["asked"]])


async def next_question(now: datetime) -> datetime | None:
    """When the next round has something to do; None while everybody is asked."""
    async with reading() as connection:
        rows = (await connection.execute(_DONE)).mappings().all()
    return now + SOON if any(not row["asked"] for row in rows) else None


async def _ask(row: RowMapping, describe: Describe, as_of: datetime) -> bool:
    found = await show(row["id"])
    assert found is not None, "a file is never deleted"
    about = {
        "creditor": row["creditor_id"], "customer": row["customer_id"], "todo": row["owner"], "currency": row["currency"],
        "amount": row["principal"], "subject": subject_of(row["id"]),
    }  # fmt: skip
    return await put(QuestionKind.COURT_PAID, about, describe(found), _content(row), as_of)


def _content(row: RowMapping) -> str:
    return fingerprint(["court_paid", str(row["id"]), row["state"], str(row["principal"])])


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether nothing the file claims is open, and it stands as the question shows it."""
    subject = await connection.scalar(_SUBJECT, {"id": question})
    rows = (await connection.execute(_DONE)).mappings()
    return any(subject_of(row["id"]) == subject and _content(row) == shown for row in rows)


async def why_not(connection: AsyncConnection, question: Question, outcome: Any, at: datetime) -> str:
    """The sentence that refuses a day on which the court cannot have been told; empty: the answer is taken."""
    if question.kind is not QuestionKind.COURT_PAID:
        return ""
    file = file_of(question.subject)
    days = [one.on for one in outcome if isinstance(one, CourtTold) and one.on is not None]
    return await why_not_told(connection, file, CourtEvent.PAID, days[0], at) if days else ""


async def decided(connection: AsyncConnection, question: Question, outcome: Any, actor: str, at: datetime) -> None:
    """The court was told: the file is over. Or it goes on for what is owed beside the principal."""
    file = file_of(question.subject)
    await lock(connection, await cases_of(connection, file))
    for one in outcome:
        if isinstance(one, CourtTold) and one.on is not None:
            await record_in(connection, file, Heard(Told(CourtEvent.PAID, one.on), words=one.words), actor, at)
        if isinstance(one, CourtGoesOn):
            facts = {"file": file, "actor": actor, "question": question.id}
            for case in await cases_of(connection, file):
                await journal.append(connection, "case", case, "court_goes_on", facts, at)
            assert question.customer is not None, "a file is of a customer"
            await write_note(connection, question.customer, actor, one.words, at)
