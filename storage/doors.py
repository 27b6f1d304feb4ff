"""Where answers come in. The row is written first, under the door's name; only an accepted row counts (design 2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.ladder import Ladder
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from storage import (
    call_answers,
    clock,
    court_questions,
    deadline_questions,
    dispute_decisions,
    handover_refusals,
    insolvency_answers,
    insurance_answers,
    journal,
    letter_questions,
    limitation_acts,
    mediation_answers,
    narrowing,
    policy_store,
    questions,
    reply_answers,
    resending,
    review,
    signatures,
)
from storage.answer_reading import DIRECTION, not_for, plain_values, seen_by, understood, zone_of
from storage.beside_answers import DECIDED, OF_EVERYTHING
from storage.consequences import Covered, apply, covered_by
from storage.facts import touch
from storage.giving_way import look_again_beside
from storage.questions import Question
from storage.session import transaction
from storage.still_so import SHOWS_MORE, why_moved, why_stale
from storage.voiding import drop_unused_drafts


@dataclass(frozen=True, slots=True)
class Received:
    """The answer's row, and the sentence that refuses it (None: it may go on)."""

    answer: int | None
    refusal: str | None


_ANSWER = text(
    "INSERT INTO answer (question_id, attempt, actor, role, door, given, at) "
    "VALUES (:question, :attempt, :actor, :role, :door, CAST(:given AS jsonb), :at) RETURNING id"
)
_VERDICT = text(
    "INSERT INTO answer_verdict (answer_id, accepted, words, at) VALUES (:answer, :accepted, :words, :at) "
    "ON CONFLICT DO NOTHING RETURNING id"
)
_GIVEN = text("SELECT question_id, actor, role, given FROM answer WHERE id = :id")
_ANSWERED = text(
    "UPDATE question SET state = 'answered', ended_at = :at, ended_why = 'answered', problem = '', "
    "wake_at = clock_timestamp() WHERE id = :id AND state = 'open' RETURNING id"
)
_ASK_AGAIN = text(
    "UPDATE question SET problem = :problem, wake_at = clock_timestamp() WHERE id = :id AND state = 'open'"
)
_LOCK = text("SELECT id FROM question WHERE id = :id AND state = 'open' FOR NO KEY UPDATE")
"""An answer that is being written down holds the key of its question while it waits for the cases: no lock stands against that."""

GONE = "What this form asks is no longer asked: nothing was done. Reload the page to see where the case stands."


async def receive_answer(run: UUID, signer: Signer, door: str, values: dict[str, Any]) -> Received:
    """Write down an answer to the open question of `run`; refuse it at once when the form is not the one open now."""
    question = await questions.of_run(run)
    if question is None:
        return Received(None, GONE if await questions.is_ours(run) else None)
    return await _receive(question, signer, door, values)


async def _receive(question: Question, signer: Signer, door: str, values: dict[str, Any]) -> Received:
    at = await clock.now()
    async with transaction() as connection:
        row = {"question": question.id, "attempt": question.attempt, "door": door, "at": at}
        row |= {"actor": signer.name, "role": signer.role.value}
        answer = int(await connection.scalar(_ANSWER, row | {"given": journal.canonical(values)}))
        refusal = (
            await why_stale(connection, question, values, at)
            or not_for(question, values, signer.role)
            or await signatures.twice(connection, question, signer, values)
        )
        if refusal:
            await connection.execute(_VERDICT, {"answer": answer, "accepted": False, "words": refusal, "at": at})
    return Received(answer, refusal)


async def settle_answer(answer: int, accepted: bool, words: str) -> str | None:
    """The door's word on an answer. Accepted: its consequences become facts. Answers the sentence that refuses it."""
    at = await clock.now()
    async with transaction() as connection:
        row = (await connection.execute(_GIVEN, {"id": answer})).mappings().one()
        if not accepted:
            await connection.execute(_VERDICT, {"answer": answer, "accepted": False, "words": words, "at": at})
            return words
        question = await questions.read_in(connection, row["question_id"])
        assert question is not None, "an answer has a question"
        if question.kind in OF_EVERYTHING:
            await reply_answers.lock_customer(connection, question)
        # cases are locked before their question, here as everywhere
        covered = await covered_by(connection, question.id)
        if await connection.scalar(_LOCK, {"id": question.id}) is None:
            refusal: str | None = "The question is no longer open: nothing was done."
        else:
            refusal = await _take(
                connection,
                question,
                Signer(row["actor"], Role(row["role"] or Role.VIEWER)),
                plain_values(row["given"]),
                at,
            )
        verdict = {"answer": answer, "accepted": refusal is None, "words": refusal or words, "at": at}
        await connection.execute(_VERDICT, verdict)
    if refusal is None:
        await look_again_beside(one.case for one in covered)
    return refusal


async def _take(
    connection: AsyncConnection, question: Question, signer: Signer, values: dict[str, str], at: datetime
) -> str | None:
    everything = await covered_by(connection, question.id)
    covered = narrowing.within(question, values, everything)
    if isinstance(covered, str):
        await _ask_again(connection, question, everything, covered)
        return covered
    ladder = await policy_store.pinned(connection, covered[0].policy) if covered else None
    not_they = (
        not_for(question, values, signer.role)
        or await deadline_questions.not_theirs(connection, question, values, signer.role)
        or await signatures.twice(connection, question, signer, values)
    )
    outcome = not_they or await _outcome(connection, question, values, covered, ladder, at)
    if isinstance(outcome, str):
        await _ask_again(connection, question, everything, "" if not_they else outcome)
        return outcome
    if len(covered) < len(everything) and narrowing.sends(question, values):
        await narrowing.narrow(connection, question, everything, covered, signer, at)
    elif await signatures.is_first(connection, question, everything, ladder, signer, values, at):
        await _ask_again(connection, question, everything, "")
    else:
        await _decide(connection, question, signer, values, covered, outcome, at)
        await touch(connection, [one.case for one in everything])
    return None


async def _outcome(
    connection: AsyncConnection, question: Question, values: dict[str, str], covered: tuple[Covered, ...],
    ladder: Ladder | None, at: datetime,
) -> Any:  # fmt: skip
    """What follows from the answer, or the sentence saying why nothing does."""
    if question.kind in SHOWS_MORE and (moved := await why_moved(connection, question, at)):
        return moved
    zone = await zone_of(connection, question, covered)
    made = await call_answers.calls_made(connection, question, covered)
    outcome = understood(question, values, zone, covered, at, ladder, made)
    if isinstance(outcome, str):
        return outcome
    return (
        await limitation_acts.why_not(connection, [one.case for one in covered], outcome, at)
        or await handover_refusals.why_not(connection, question, covered, outcome)
        or await letter_questions.why_not(connection, question, outcome)
        or await reply_answers.why_not(connection, question, outcome, at)
        or await resending.why_not_agreed(connection, question, outcome, at)
        or await call_answers.why_not(connection, question, outcome)
        or await insolvency_answers.why_not(connection, question, covered, outcome, values, at)
        or await dispute_decisions.why_not(connection, question.dispute, outcome, at)
        or await mediation_answers.why_not(connection, question, outcome, at)
        or await deadline_questions.why_not(connection, question, outcome, at)
        or await court_questions.why_not(connection, question, outcome, at)
        or await insurance_answers.why_not_answered(connection, question, covered, outcome)
        or outcome
    )


async def _decide(
    connection: AsyncConnection, question: Question, signer: Signer, values: dict[str, str], covered: tuple[Covered, ...],
    outcome: Any, at: datetime,
) -> None:  # fmt: skip
    """The answer takes effect: its consequences are facts, the question is answered, the journal says by whom."""
    with_it = await signatures.let_go(connection, question, covered, values, at)
    if question.kind is QuestionKind.CALL_OUTCOME:
        direction = values.get(DIRECTION, "out")
        await call_answers.decided(connection, question, covered, outcome, signer.name, at, direction)
    else:
        await _carry_out(connection, question, covered, outcome, signer.name, at)
    await connection.execute(_ANSWERED, {"id": question.id, "at": at})
    await drop_unused_drafts(connection, question.id)
    if question.customer is None:
        await review.answered(connection, question.id, at)
    for one in covered:
        seen = seen_by(question, one, signer, values, with_it)
        await journal.append(connection, "case", one.case, "answered", seen, at)


async def _ask_again(
    connection: AsyncConnection, question: Question, covered: tuple[Covered, ...], problem: str
) -> None:
    """The question stays open, with what was wrong on top where that concerns everybody."""
    await connection.execute(_ASK_AGAIN, {"id": question.id, "problem": problem})
    await touch(connection, [one.case for one in covered])


async def _carry_out(
    connection: AsyncConnection, question: Question, covered: tuple[Covered, ...], outcome: Any, actor: str, at: datetime,
) -> None:  # fmt: skip
    """Make the consequences facts: of the cases covered, or of what the question is about beside them."""
    if question.kind in DECIDED:
        await DECIDED[question.kind](connection, question, outcome, actor, at)
    else:
        await apply(connection, question, covered, outcome, actor, at)


async def answer_directly(question: int, signer: Signer, door: str, values: dict[str, Any]) -> str | None:
    """Answer without the UI (the terminal): the same rows, the same checks. Answers the sentence that refuses it."""
    found = await questions.read(question)
    if found is None or found.state != "open":
        return f"Question {question} is not open. See ./relance inbox."
    received = await _receive(found, signer, door, values)
    if received.refusal or received.answer is None:
        return received.refusal
    return await settle_answer(received.answer, True, "accepted")


async def note_deed(actor: str, deed: str, run: UUID, detail: str) -> None:
    """A person used a button of the run page: journalled, and the case looks at its run in two seconds."""
    at = await clock.now()
    async with transaction() as connection:
        case = await connection.scalar(text("SELECT id FROM cases WHERE run_id = :run"), {"run": run})
        if case is None:
            return
        await journal.append(connection, "case", case, "deed", {"actor": actor, "deed": deed, "detail": detail}, at)
        await connection.execute(
            text("UPDATE cases SET wake_at = clock_timestamp() + interval '2 seconds' WHERE id = :id"), {"id": case}
        )
