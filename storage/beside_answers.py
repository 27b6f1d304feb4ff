"""What an answer changes where its question is about something beside cases: by its kind, who makes it a fact."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from policies.questions import QuestionKind
from policies.write_off_rules import GIVING_UP
from storage import (
    agreement_questions,
    corrections,
    court_questions,
    credit_questions,
    data_review,
    deadline_questions,
    dispute_decisions,
    insolvency_answers,
    insolvency_questions,
    insurance_claim_questions,
    insurer_questions,
    letter_questions,
    match_answers,
    measure_decisions,
    mediation_answers,
    mediator_questions,
    objections,
    plan_moves,
    reply_answers,
    stale_bank,
    write_off_questions,
)
from storage.questions import Question

Decided = Callable[[AsyncConnection, Question, Any, str, datetime], Awaitable[None]]
"""Takes the consequences of the answer, who gave it, and when."""


def _by_number(decided: Callable[[AsyncConnection, int, Any, str, datetime], Awaitable[None]]) -> Decided:
    """Of those that ask for the question's number alone."""
    return lambda connection, question, outcome, actor, at: decided(connection, question.id, outcome, actor, at)


async def _plan(connection: AsyncConnection, question: Question, outcome: Any, actor: str, at: datetime) -> None:
    await plan_moves.decided(connection, int(question.step), outcome, actor, at)


async def _dispute(connection: AsyncConnection, question: Question, outcome: Any, actor: str, at: datetime) -> None:
    await dispute_decisions.decided(connection, question.dispute, outcome, actor, at)


DECIDED: Mapping[QuestionKind, Decided] = {
    QuestionKind.MATCH: match_answers.decided,
    QuestionKind.BANK_DATA: _by_number(stale_bank.decided),
    QuestionKind.CREDIT: _by_number(credit_questions.decided),
    QuestionKind.DATA_REVIEW: _by_number(data_review.decided),
    QuestionKind.REPLY: reply_answers.decided,
    QuestionKind.LETTERS: _by_number(letter_questions.decided),
    QuestionKind.MIGRATION: _plan,
    QuestionKind.OBJECTION: _by_number(objections.decided),
    QuestionKind.MEASURE: measure_decisions.decided,
    QuestionKind.DISPUTE: _dispute,
    QuestionKind.DEADLINE: deadline_questions.decided,
    QuestionKind.COURT_PAID: court_questions.decided,
    QuestionKind.SETTLEMENT: agreement_questions.decided,
    QuestionKind.INSURANCE_CLAIM: insurance_claim_questions.decided,
    QuestionKind.INSURER_CONSENT: insurer_questions.decided,
    QuestionKind.SET_OFF: agreement_questions.decided,
    **dict.fromkeys(insolvency_questions.KINDS, insolvency_answers.decided),
    QuestionKind.MEDIATION_OUTCOME: mediation_answers.decided,
    QuestionKind.MEDIATION: mediation_answers.decided,
    QuestionKind.MEDIATOR: mediator_questions.decided,
    QuestionKind.CORRECTION: corrections.decided,
    QuestionKind.WRITE_OFF: write_off_questions.decided,
}
"""Questions of other kinds change the cases they cover (`storage.consequences`)."""
OF_EVERYTHING = frozenset(
    {
        QuestionKind.REPLY,
        QuestionKind.CALL_OUTCOME,
        QuestionKind.OBJECTION,
        QuestionKind.MEASURE,
        QuestionKind.SETTLEMENT,
        QuestionKind.SET_OFF,
        QuestionKind.INSURER_CONSENT,
        QuestionKind.INSURANCE_CLAIM,
        QuestionKind.MEDIATION_OUTCOME,
        QuestionKind.MEDIATION,
        QuestionKind.MEDIATOR,
        QuestionKind.DISPUTE,
        QuestionKind.DEADLINE,
        QuestionKind.COURT_PAID,
        *insolvency_answers.OF_EVERYTHING,
        *GIVING_UP,
    }
)
"""Questions whose answer may concern everything a customer owes: all its cases are locked, in their order."""
