"""A manager is asked whether a claim leaves to the credit insurer; one that changed meanwhile is proposed and asked anew."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.insurance_claim import why_not_claimed
from policies.insurance_consequences import ClaimAnswered
from policies.insured import Insured
from policies.questions import QuestionKind
from storage import beside_cases
from storage import insurance_claim_books as books
from storage import insurance_claim_filing as filing
from storage.facts import lock_debtor
from storage.insurance_claim_views import ClaimView, view_of
from storage.insured_invoices import insured_cases
from storage.question_subject import Wording
from storage.questions import Question
from storage.session import reading, transaction
from storage.voiding import void

Describe = Callable[[ClaimView, tuple[Insured, ...]], Wording]

CHANGED = "what is claimed has changed"
_PROPOSED = text(
    """
    SELECT c.id, q.id AS question, q.fingerprint FROM insurance_claim c
    LEFT JOIN question q ON q.kind = 'insurance_claim' AND q.state = 'open' AND q.subject = 'claim:' || c.id
    WHERE c.state = 'proposed' ORDER BY c.id
    """
)
_SUBJECT = text("SELECT subject FROM question WHERE id = :id")
_APPROVE = text(
    "UPDATE insurance_claim SET state = :state, why = :why, approved_by = :actor, approved_at = :at WHERE id = :id AND state = 'proposed'"
)


async def ask_about_claims(at: datetime, describe: Describe) -> int:
    """One round: ask about what nobody is asked about, anew where it has changed; what cannot be claimed is let go.

    Answers how many were asked. A second round asks nothing.
    """
    async with reading() as connection:
        waiting = (await connection.execute(_PROPOSED)).all()
    asked = 0
    for row in waiting:
        number: int | None = row.id
        if row.question is None or not await _is_so(row.question, row.fingerprint, at):
            number = await _renewed(row.id, row.question, at)
            asked += number is not None and await put_question(number, at, describe)
    return asked


async def is_to_ask() -> bool:
    """Whether a claim waits of which nobody is asked."""
    async with reading() as connection:
        return any(row.question is None for row in (await connection.execute(_PROPOSED)).all())


async def _is_so(question: int, shown: str, at: datetime) -> bool:
    async with reading() as connection:
        return await is_still_so(connection, question, shown, at)


async def _renewed(number: int, question: int | None, at: datetime) -> int | None:
    """The claim to ask about: the same where only its question is missing, or one with today's sums; None: nothing is claimed."""
    async with transaction() as connection:
        row = await books.read(connection, number)
        await lock_debtor(connection, row["customer_id"])
        row = await books.read(connection, number)
        if row["state"] != "proposed":
            return None
        wrong = await books.why_not_as_it_is(connection, number, at)
        if question is None and not wrong:
            return number
        await void(connection, [question] if question else [], CHANGED, at, wake=False)
        await books.let_go(connection, number, at)
        cases = await insured_cases(connection, await books.cases_of(connection, number))
        if why_not_claimed(cases, at.astimezone(ZoneInfo(row["zone"])).date()):
            return None
        return await books.make(connection, row["customer_id"], cases, row["proposed_by"], at)


async def put_question(number: int, at: datetime, describe: Describe) -> bool:
    """Ask whether it leaves; False where somebody was quicker."""
    async with reading() as connection:
        view, row = await view_of(connection, number), await books.read(connection, number)
        cases = await insured_cases(connection, await books.cases_of(connection, number))
    about = {
        "creditor": row["creditor_id"], "customer": row["customer_id"], "currency": view.currency, "amount": view.amount,
        "todo": row["owner"], "subject": f"claim:{number}",
    }  # fmt: skip
    return await beside_cases.put(
        QuestionKind.INSURANCE_CLAIM, about, describe(view, cases), books.content_of(view, cases), at
    )


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether what is claimed is still open, insured, undisputed, and in time."""
    number = await _number(connection, question)
    row = await books.read(connection, number)
    cases = await insured_cases(connection, await books.cases_of(connection, number))
    today = at.astimezone(ZoneInfo(row["zone"])).date()
    return not why_not_claimed(cases, today) and books.content_of(await view_of(connection, number), cases) == shown


async def decided(connection: AsyncConnection, question: Question, outcome: Any, actor: str, at: datetime) -> None:
    """The claim leaves, or does not. The customer is locked."""
    number = await _number(connection, question.id)
    for one in outcome:
        if isinstance(one, ClaimAnswered):
            state = "approved" if one.file else "refused"
            said = {"id": number, "state": state, "why": one.words, "actor": actor, "at": at}
            if (await connection.execute(_APPROVE, said)).rowcount:
                await books.tell(connection, number, f"insurance_claim_{state}", {"actor": actor}, at)
                if one.file:
                    await filing.leaves(connection, number, actor, at)


async def _number(connection: AsyncConnection, question: int) -> int:
    return int(str(await connection.scalar(_SUBJECT, {"id": question})).partition(":")[2])
