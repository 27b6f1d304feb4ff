"""What an answer may not bring about for insured cases while the insurer has not agreed: giving up, or putting off, what it covers.

Handing them to an agency or a court is refused in `handover_refusals`.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement_consequences import AgreementAccepted
from policies.consequences import Consequence, WriteOff
from policies.dispute_consequences import DecideDispute
from policies.dispute_verdict import Verdict
from policies.insurance import ConsentFor
from policies.insurance_refusals import why_not
from policies.questions import QuestionKind
from policies.write_off_choices import WriteOffAccepted
from storage import agreement_books, write_off_books
from storage.answered import Covered
from storage.insurance_refusals import consented, why_not_for
from storage.insured_invoices import insured_cases
from storage.insurer_consents import needed
from storage.questions import Question

_DUE = text("SELECT due FROM agreement WHERE id = :id")
_DISPUTED = text(
    "SELECT c.id FROM dispute x JOIN cases c ON c.invoice_id = x.invoice_id AND c.closed_at IS NULL WHERE x.id = :id ORDER BY c.id"
)
_SUBJECT = text("SELECT subject FROM question WHERE id = :id")


async def why_not_answered(
    connection: AsyncConnection, question: Question, covered: Iterable[Covered], outcome: Iterable[Consequence]
) -> str | None:
    """The sentence that refuses the answer; None: it may be given."""
    cases = [one.case for one in covered]
    for one in outcome:
        if refusal := await _why_not(connection, question, cases, one):
            return refusal
    return None


async def _why_not(connection: AsyncConnection, question: Question, cases: list[int], one: Consequence) -> str:
    if isinstance(one, WriteOff):
        return await why_not_for(connection, cases, ConsentFor.WRITE_OFF)
    if isinstance(one, WriteOffAccepted):
        subject = str(await connection.scalar(_SUBJECT, {"id": question.id}))
        given_up = await write_off_books.cases_of(connection, int(subject.partition(":")[2]))
        return await why_not_for(connection, given_up, ConsentFor.WRITE_OFF)
    if isinstance(one, DecideDispute) and one.verdict in (Verdict.ACCEPT, Verdict.ACCEPT_PART):
        disputed = list(await connection.scalars(_DISPUTED, {"id": question.dispute}))
        return await why_not_for(connection, disputed, ConsentFor.CREDIT_NOTE)
    if isinstance(one, AgreementAccepted) and question.kind is QuestionKind.SETTLEMENT:
        return await _settlement(connection, int(question.step))
    return ""


async def _settlement(connection: AsyncConnection, agreement: int) -> str:
    """One whose day is beyond the extension waits for the insurer; any other too where the policy asks about what is given up."""
    due: date | None = await connection.scalar(_DUE, {"id": agreement})
    cases = await agreement_books.cases_of(connection, agreement)
    waiting = await needed(connection, cases, due) if due is not None else ()
    asks = [one for one in await insured_cases(connection, cases) if one.insurance and one.insurance.asks_write_off]
    agreed = await consented(
        connection, [one.invoice.case for one in asks], (ConsentFor.SETTLEMENT, ConsentFor.WRITE_OFF)
    )
    return why_not(ConsentFor.SETTLEMENT, waiting, ()) or why_not(ConsentFor.SETTLEMENT, asks, agreed)
