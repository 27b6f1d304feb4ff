"""What an answer may not bring about for insured cases while the insurer has not agreed."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement_consequences import AgreementAccepted
from policies.consequences import Approve, ApproveExcept, Consequence, WriteOff
from policies.insurance import ConsentFor
from policies.insurance_refusals import why_not
from policies.questions import QuestionKind
from policies.stages import Stage
from storage import agreement_books
from storage.answered import Covered
from storage.insurance_refusals import why_not_at, why_not_for
from storage.insurer_consents import needed
from storage.questions import Question

_DUE = text("SELECT due FROM agreement WHERE id = :id")


async def why_not_answered(
    connection: AsyncConnection, question: Question, covered: Iterable[Covered], outcome: Iterable[Consequence]
) -> str | None:
    """The sentence that refuses the answer: agency and court, what gives up or puts off an insured debt; None: it may be given."""
    cases = [one.case for one in covered]
    for one in outcome:
        if isinstance(one, Approve | ApproveExcept) and question.stage:
            refusal = await why_not_at(connection, cases, Stage(question.stage))
        elif isinstance(one, WriteOff):
            refusal = await why_not_for(connection, cases, ConsentFor.WRITE_OFF)
        elif isinstance(one, AgreementAccepted) and question.kind is QuestionKind.SETTLEMENT:
            refusal = await _settlement(connection, int(question.step))
        else:
            refusal = ""
        if refusal:
            return refusal
    return None


async def _settlement(connection: AsyncConnection, agreement: int) -> str:
    """A settlement whose day is beyond the extension of an insured invoice waits for the insurer."""
    due: date | None = await connection.scalar(_DUE, {"id": agreement})
    cases = await agreement_books.cases_of(connection, agreement)
    waiting = await needed(connection, cases, due) if due is not None else ()
    return why_not(ConsentFor.SETTLEMENT, waiting, ())
