"""What an accepted answer changes: every consequence becomes a fact, so that flows never interpret answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies import consequences as said
from policies.case import DoneHow, EffectState, HoldKind
from policies.stages import Channel
from storage import approvals, holds, journal, ledger, policy_store
from storage.questions import Question


@dataclass(frozen=True, slots=True)
class Covered:
    """A case the answer is about, as the question showed it."""

    case: int
    customer: int
    customer_number: str
    zone: str
    policy: str
    principal: int
    shown: int
    message: int | None


_COVERED = text(
    """
    SELECT c.id AS case, c.customer_id AS customer, d.number AS customer_number, d.zone, c.policy_hash AS policy,
           i.total - i.prepaid - i.paid - i.credited AS principal, q.principal AS shown, q.message_id AS message
    FROM question_case q JOIN cases c ON c.id = q.case_id JOIN invoice i ON i.id = c.invoice_id
    JOIN customer d ON d.id = c.customer_id
    WHERE q.question_id = :question AND c.closed_at IS NULL ORDER BY c.id FOR UPDATE OF c
    """
)
_APPROVE = text(
    "INSERT INTO approval (case_id, step, kind, question_id, message_id, principal, agreed_on) "
    "VALUES (:case, :step, :kind, :question, :message, :principal, :on) ON CONFLICT DO NOTHING"
)
_WRITE_OFF = text("UPDATE cases SET written_off = :reason WHERE id = :case")
_WITHDRAW = text("UPDATE cases SET withdrawn = :reason WHERE id = :case")
_EMAIL = text(
    "UPDATE contact SET email = :email, email_dead_at = NULL, email_dead_why = '' "
    "WHERE customer_id = :customer AND role = 'accounts'"
)
_AMBIGUOUS = text(
    "SELECT DISTINCT message_id FROM effect WHERE case_id = ANY(:cases) AND step = :step AND state = 'ambiguous'"
)
_CALL = text(
    """
    INSERT INTO effect (case_id, step, channel, attempt, state, route, case_version, amount, currency, changed_at, words)
    SELECT c.id, :step, 'call', 1 + coalesce((SELECT max(attempt) FROM effect e
               WHERE e.case_id = c.id AND e.step = :step AND e.channel = 'call'), 0),
           :state, 'live', c.version, :amount, c.currency, :at, :words
    FROM cases c WHERE c.id = :case
    """
)
_NOTE = text("INSERT INTO note (customer_id, case_id, actor, text, at) VALUES (:customer, :case, :actor, :text, :at)")


async def covered_by(connection: AsyncConnection, question: int) -> tuple[Covered, ...]:
    """The open cases a question covers, locked in order."""
    rows = (await connection.execute(_COVERED, {"question": question})).mappings()
    return tuple(Covered(**row) for row in rows)


async def apply(
    connection: AsyncConnection,
    question: Question,
    covered: Iterable[Covered],
    consequences: Iterable[said.Consequence],
    actor: str,
    at: datetime,
) -> None:
    """Make every consequence a fact of every covered case."""
    cases = tuple(covered)
    for consequence in consequences:
        for case in cases:
            await _apply(connection, question, case, consequence, actor, at)


async def _apply(  # noqa: C901, PLR0912 - one branch a consequence
    connection: AsyncConnection,
    question: Question,
    case: Covered,
    consequence: said.Consequence,
    actor: str,
    at: datetime,
) -> None:
    today = at.astimezone(ZoneInfo(case.zone)).date()
    match consequence:
        case said.Approve():
            await _approve(connection, question, case, today, at)
        case said.ApproveExcept(customers=left_out):
            if case.customer_number not in left_out:
                await _approve(connection, question, case, today, at)
            else:
                await _rest(connection, case, today + timedelta(days=1), "left out of the review", actor, at)
        case said.SetHold(kind=kind, until=until, reason=reason):
            await holds.place(connection, case.customer, case.case, kind, reason, today, until, actor, at)
        case said.EndHolds():
            await holds.end(connection, [case.case], actor, at, only_to_answer=True)
        case said.SkipStep(reason=reason):
            await _behind(connection, question, case, today, DoneHow.SKIPPED, reason, at)
        case said.StepAnswered():
            if question.kind.value == "call_outcome":
                await _call(connection, question, case, EffectState.CONFIRMED, "", at)
            await _behind(connection, question, case, today, DoneHow.CONFIRMED, "", at)
        case said.CallAgain(until=until):
            await _call(connection, question, case, EffectState.REFUSED, "no answer", at)
            await holds.place(
                connection, case.customer, case.case, HoldKind.CALL_BACK, "call again", today, until, actor, at
            )
        case said.AskAgainOn(on=until):
            await _rest(connection, case, until, "asked again later", actor, at)
        case said.WriteOff(reason=reason):
            await _end(connection, case, _WRITE_OFF, "written_off", reason, actor, at)
        case said.Withdraw(reason=reason):
            await _end(connection, case, _WITHDRAW, "withdrawn", reason, actor, at)
        case said.EffectArrived():
            await _settle(connection, question, case, EffectState.CONFIRMED, actor, at)
        case said.EffectRefused():
            await _settle(connection, question, case, EffectState.REFUSED, actor, at)
        case said.CorrectEmail(address=address):
            await connection.execute(_EMAIL, {"email": address, "customer": case.customer})
            await journal.append(connection, "customer", case.customer, "email_corrected", {"actor": actor}, at)
            await _try_again(connection, question, case, actor, at)
        case said.AddNote(text=words):
            await connection.execute(
                _NOTE, {"customer": case.customer, "case": case.case, "actor": actor, "text": words, "at": at}
            )
        case _:
            assert_never(consequence)


async def _rest(connection: AsyncConnection, case: Covered, until: date, why: str, actor: str, at: datetime) -> None:
    today = at.astimezone(ZoneInfo(case.zone)).date()
    last = max(until - timedelta(days=1), today)
    await holds.place(connection, case.customer, case.case, HoldKind.MANUAL, why, today, last, actor, at)


async def _approve(connection: AsyncConnection, question: Question, case: Covered, today: date, at: datetime) -> None:
    if case.principal != case.shown:
        left_out = {"question": question.id, "shown": case.shown, "principal": case.principal}
        await journal.append(connection, "case", case.case, "left_out_of_approval", left_out, at)
        return
    values: dict[str, Any] = {
        "case": case.case, "step": question.step, "kind": question.kind, "question": question.id,
        "message": case.message, "principal": case.principal, "on": today,
    }  # fmt: skip
    await connection.execute(_APPROVE, values)
    facts = {"question": question.id, "step": question.step, "principal": case.principal, "message": case.message}
    await journal.append(connection, "case", case.case, "approved", facts, at)


async def _behind(
    connection: AsyncConnection, question: Question, case: Covered, today: date, how: DoneHow, why: str, at: datetime
) -> None:
    ladder = await policy_store.pinned(connection, case.policy)
    await approvals.void(connection, [case.case], "the step is behind us", at)
    await ledger.step_behind(connection, case.case, ladder, question.step, 1, today, how, why)
    await journal.append(connection, "case", case.case, "step_behind", {"step": question.step, "how": how.value}, at)


async def _call(
    connection: AsyncConnection, question: Question, case: Covered, state: EffectState, words: str, at: datetime
) -> None:
    values: dict[str, Any] = {
        "case": case.case,
        "step": question.step,
        "state": state,
        "amount": case.principal,
        "at": at,
    }
    await connection.execute(_CALL, values | {"words": words})


async def _end(
    connection: AsyncConnection, case: Covered, statement: Any, kind: str, reason: str, actor: str, at: datetime
) -> None:
    await connection.execute(statement, {"case": case.case, "reason": reason})
    await journal.append(connection, "case", case.case, kind, {"actor": actor, "principal": case.principal}, at)


async def _settle(
    connection: AsyncConnection, question: Question, case: Covered, state: EffectState, actor: str, at: datetime
) -> None:
    messages = list(await connection.scalars(_AMBIGUOUS, {"cases": [case.case], "step": question.step}))
    for message in messages:
        await ledger.settle_in(
            connection, message, state, f"decided by {actor}", at, temporary=state is EffectState.REFUSED, provider="",
            sender=None, before=(EffectState.AMBIGUOUS,),
        )  # fmt: skip


async def _try_again(connection: AsyncConnection, question: Question, case: Covered, actor: str, at: datetime) -> None:
    """A refused address was mended: its refusal no longer stands in the way of another attempt."""
    await connection.execute(
        text(
            "UPDATE effect SET temporary = true, changed_at = :long_ago, words = :words WHERE case_id = :case "
            "AND step = :step AND state = 'refused' AND NOT temporary"
        ),
        {"case": case.case, "step": question.step, "long_ago": at - timedelta(days=1), "words": f"mended by {actor}"},
    )


def given(values: Mapping[str, Any]) -> dict[str, str]:
    """The answer's values as plain text, empty where nothing was said."""
    return {name: "" if value is None else str(value).strip() for name, value in values.items()}


assert Channel.CALL.value == "call", "the statement above names the channel"
