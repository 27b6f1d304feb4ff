"""Whether an answer was given to what is asked now: the form shown, the amounts of today, a draft that is not too old."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.fingerprint import print_of
from policies.questions import QuestionKind
from storage import (
    agreement_questions,
    corrections,
    court_questions,
    credit_questions,
    data_review,
    deadline_questions,
    dispute_questions,
    insolvency_questions,
    insurance_claim_questions,
    insurer_questions,
    letter_questions,
    measure_questions,
    mediation_questions,
    mediator_questions,
    policy_store,
    reply_questions,
    write_off_questions,
)
from storage.answered import covered_by
from storage.facts import touch
from storage.questions import Question

AGED = "This was written too long ago to be approved: nothing was done. It is asked again with today's figures."
STALE = "The case has changed since this form was opened: nothing was done. Reload the page and read the new question."
UNDECIDED = "Choose a decision: nothing was done yet."
_STILL_SO: Mapping[QuestionKind, Callable[[AsyncConnection, int, str, datetime], Awaitable[bool]]] = {
    QuestionKind.CREDIT: credit_questions.is_still_so,
    QuestionKind.REPLY: reply_questions.is_still_so,
    QuestionKind.LETTERS: letter_questions.is_still_so,
    QuestionKind.DATA_REVIEW: data_review.is_still_so,
    QuestionKind.MEASURE: measure_questions.is_still_so,
    QuestionKind.DISPUTE: dispute_questions.is_still_so,
    QuestionKind.DEADLINE: deadline_questions.is_still_so,
    QuestionKind.COURT_PAID: court_questions.is_still_so,
    QuestionKind.SETTLEMENT: agreement_questions.is_still_so,
    QuestionKind.INSURANCE_CLAIM: insurance_claim_questions.is_still_so,
    QuestionKind.INSURER_CONSENT: insurer_questions.is_still_so,
    QuestionKind.SET_OFF: agreement_questions.is_still_so,
    **dict.fromkeys(insolvency_questions.KINDS, insolvency_questions.is_still_so),
    QuestionKind.MEDIATION: mediation_questions.is_still_so,
    QuestionKind.MEDIATOR: mediator_questions.is_still_so,
    QuestionKind.CORRECTION: corrections.is_still_so,
    QuestionKind.WRITE_OFF: write_off_questions.is_still_so,
}
MOVES_BESIDE = frozenset({QuestionKind.MATCH, QuestionKind.OBJECTION})
"""The books void the one that is no longer so; the other is about a notice, whatever is open by then."""
SHOWS_MORE = frozenset(_STILL_SO)
"""Questions that show what no case holds: it is looked at again when their answer is taken."""

_HELD_SINCE = text(
    """
    SELECT EXISTS (SELECT FROM question q JOIN question_case k ON k.question_id = q.id JOIN cases c ON c.id = k.case_id
        JOIN hold h ON h.case_id = c.id OR h.case_id IS NULL AND h.customer_id = c.customer_id
        WHERE q.id = :question AND h.recorded_at > q.recorded_at AND h.ended_at IS NULL AND h.channels = '')
    """
)
"""A hold that stops everything, placed after the question was asked: its run has not looked yet."""


async def why_stale(
    connection: AsyncConnection, question: Question, values: dict[str, Any], at: datetime
) -> str | None:
    """The sentence that refuses an answer to what is no longer asked; None: it is asked."""
    return (
        _of_another_form(question, values)
        or await why_moved(connection, question, at)
        or await _aged(connection, question, at)
    )


def _of_another_form(question: Question, values: dict[str, Any]) -> str | None:
    decision = str(values.get("decision", ""))
    if not decision.strip():
        return UNDECIDED
    shown = print_of(decision)
    return None if shown == question.fingerprint else STALE


async def why_moved(connection: AsyncConnection, question: Question, at: datetime) -> str | None:
    """A change that the run has not yet shown: an amount differs, or a case is closed. A review leaves such lines out."""
    if question.kind in _STILL_SO:
        return None if await _STILL_SO[question.kind](connection, question.id, question.fingerprint, at) else STALE
    if question.customer is None or question.kind in MOVES_BESIDE:
        return None
    covered = await covered_by(connection, question.id)
    same = bool(covered) and all(one.principal == one.shown for one in covered)
    held = question.kind is QuestionKind.APPROVE and await connection.scalar(_HELD_SINCE, {"question": question.id})
    return None if same and not held else STALE


async def _aged(connection: AsyncConnection, question: Question, at: datetime) -> str | None:
    """A draft written too long ago cannot be approved: its cases ask again with the figures of today (design 4.8)."""
    if question.kind not in (QuestionKind.APPROVE, QuestionKind.DAILY_REVIEW):
        return None
    covered = await covered_by(connection, question.id)
    ladder = await policy_store.pinned(connection, covered[0].policy) if covered else None
    if ladder is None or (at - question.asked_at).days <= ladder.valid_days:
        return None
    await touch(connection, [one.case for one in covered])
    return AGED
