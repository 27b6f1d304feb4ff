"""What an accepted answer changes: every consequence becomes a fact, so that flows never interpret answers."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies import consequences as said
from policies.call_consequences import PassCall
from policies.case import DoneHow, EffectState, HoldKind
from policies.court_consequences import RouteChosen
from policies.questions import QuestionKind
from policies.roles import Role
from policies.write_off import WriteOffReason
from storage import answer_reasons, court_drafts, holds, journal, ledger, limitation_acts, news, write_off_books
from storage.answered import Change, Covered, covered_by
from storage.beside_cases import correct_email, write_note
from storage.questions import Question
from storage.step_outcomes import behind, count_call, hold

__all__ = ["Change", "Covered", "apply", "covered_by"]


_APPROVE = text(
    "INSERT INTO approval (case_id, step, occurrence, kind, question_id, message_id, principal, agreed_on) "
    "SELECT :case, :step, occurrence_now(:case, :step), :kind, :question, CAST(:message AS bigint), :principal, :on "
    "WHERE (CAST(:message AS bigint) IS NULL OR EXISTS (SELECT FROM message WHERE id = :message AND state = 'draft')) "
    "AND NOT EXISTS (SELECT FROM hold h JOIN cases c ON h.case_id = c.id OR h.case_id IS NULL AND h.customer_id = c.customer_id "
    "WHERE c.id = :case AND h.ended_at IS NULL AND h.channels = '' "
    "AND h.recorded_at > (SELECT q.recorded_at FROM question q WHERE q.id = :question)) "
    "ON CONFLICT DO NOTHING"
)
_WRITE_OFF = text("UPDATE cases SET written_off = :reason WHERE id = :case")
_WITHDRAW = text("UPDATE cases SET withdrawn = :reason WHERE id = :case")
_AMBIGUOUS = text(
    "SELECT DISTINCT message_id FROM effect WHERE case_id = ANY(:cases) AND step = :step AND state = 'ambiguous'"
)
_WRITTEN_TO = text(
    "SELECT m.contact_role FROM effect e JOIN message m ON m.id = e.message_id WHERE e.case_id = :case AND e.step = :step "
    "AND e.channel = 'email' ORDER BY e.id DESC LIMIT 1"
)
_TRY_AGAIN = text(
    "UPDATE effect SET temporary = true, changed_at = :long_ago, words = :words WHERE case_id = :case "
    "AND step = :step AND state = 'refused' AND NOT temporary"
)


async def apply(
    connection: AsyncConnection, question: Question, covered: Iterable[Covered],
    consequences: Iterable[said.Consequence], actor: str, at: datetime,
) -> None:  # fmt: skip
    """Make every consequence a fact of every covered case."""
    cases = tuple(covered)
    for consequence in consequences:
        for case in cases:
            await _CHANGES[type(consequence)](Change(connection, question, case, actor, at), consequence)


async def _approve(change: Change, _: said.Approve) -> None:
    case, question = change.case, change.question
    if case.principal != case.shown:
        await change.told("left_out_of_approval", question=question.id, shown=case.shown, principal=case.principal)
        return
    values: dict[str, Any] = {
        "case": case.case, "step": case.step, "kind": question.kind, "question": question.id,
        "message": case.message, "principal": case.principal, "on": change.today,
    }  # fmt: skip
    if not (await change.connection.execute(_APPROVE, values)).rowcount:
        await change.told("left_out_of_approval", question=question.id, why="the draft is void, or it is on hold since")
        return
    facts = {"question": question.id, "step": case.step, "principal": case.principal, "message": case.message}
    if question.routes:
        await court_drafts.chosen(change, question.routes[0], drafted=True)
    await change.told("approved", **facts)


async def _route(change: Change, said_: RouteChosen) -> None:
    """Asked again with a draft that takes this way."""
    await court_drafts.chosen(change, change.question.routes[said_.place - 1], drafted=False)


async def _approve_except(change: Change, said_: said.ApproveExcept) -> None:
    if change.case.customer_number in said_.customers:
        await _rest(change, change.today + timedelta(days=1), "left out of the review")
    else:
        await _approve(change, said.Approve())


async def _set_hold(change: Change, said_: said.SetHold) -> None:
    await hold(change, said_.kind, said_.reason, said_.until)


async def _end_holds(change: Change, _: said.EndHolds) -> None:
    await holds.end_asked(change.connection, [change.case.case], change.actor, change.today, change.at)


async def _keep_holds(change: Change, keep: said.KeepHolds) -> None:
    cases, reason = [change.case.case], keep.reason
    await holds.keep_asked(change.connection, cases, keep.until, reason, change.actor, change.today, change.at)


async def _skip(change: Change, said_: said.SkipStep) -> None:
    await behind(change, DoneHow.SKIPPED, said_.reason)


async def _answered(change: Change, _: said.StepAnswered) -> None:
    if change.question.kind is QuestionKind.CALL_OUTCOME:
        await count_call(change, EffectState.CONFIRMED, "")
    await behind(change, DoneHow.CONFIRMED, "")


async def _call_again(change: Change, said_: said.CallAgain) -> None:
    """Held up to the day before the next call; one on the same day is asked about at once."""
    await count_call(change, EffectState.REFUSED, said_.words)
    if said_.until >= change.today:
        await hold(change, HoldKind.CALL_BACK, "call again", said_.until)


async def _pass_call(change: Change, said_: PassCall) -> None:
    await count_call(change, EffectState.REFUSED, "no answer")
    await behind(change, DoneHow.PASSED_OVER, said_.reason)


async def _ask_again(change: Change, said_: said.AskAgainOn) -> None:
    await _rest(change, said_.on, "asked again later")


async def _write_off(change: Change, said_: said.WriteOff) -> None:
    await change.connection.execute(_WRITE_OFF, {"case": change.case.case, "reason": said_.reason})
    reason = WriteOffReason.TIME_BARRED if change.question.kind is QuestionKind.TIME_BARRED else WriteOffReason.OTHER
    await write_off_books.book_case(
        change.connection, change.case.case, reason, said_.reason, "", change.actor, change.today, change.at
    )
    await change.told("written_off", actor=change.actor, principal=change.case.principal)


async def _withdraw(change: Change, said_: said.Withdraw) -> None:
    await change.connection.execute(_WITHDRAW, {"case": change.case.case, "reason": said_.reason})
    await news.notice_withdrawn(change.connection, change.case.case, change.at)
    await change.told("withdrawn", actor=change.actor, principal=change.case.principal)


async def _arrived(change: Change, _: said.EffectArrived) -> None:
    await _settle(change, EffectState.CONFIRMED)


async def _refused(change: Change, _: said.EffectRefused) -> None:
    await _settle(change, EffectState.REFUSED)


async def _correct_email(change: Change, said_: said.CorrectEmail) -> None:
    """A refused address was mended: its refusal no longer stands in the way of another attempt."""
    case, at = change.case, change.at
    refused = {"case": case.case, "step": change.question.step}
    role = await change.connection.scalar(_WRITTEN_TO, refused)
    await correct_email(change.connection, case.customer, said_.address, str(role or Role.ACCOUNTS))
    await journal.append(change.connection, "customer", case.customer, "email_corrected", {"actor": change.actor}, at)
    mended = {"case": case.case, "step": change.question.step, "long_ago": at - timedelta(days=1)}
    await change.connection.execute(_TRY_AGAIN, mended | {"words": f"mended by {change.actor}"})


async def _record_act(change: Change, act: said.RecordAct) -> None:
    await limitation_acts.record_in(change.connection, change.case.case, act, change.actor, change.at)


async def _add_note(change: Change, said_: said.AddNote) -> None:
    case = change.case
    await write_note(change.connection, case.customer, change.actor, said_.text, change.at, case.case)


async def _gave_reason(change: Change, given: said.GaveReason) -> None:
    """On the telephone: kept in the list in which replies are."""
    case, why = change.case, answer_reasons.SaidReason(given.reason, "call", given.words)
    await answer_reasons.keep(change.connection, case.customer, [case.case], why, change.actor, change.today, change.at)


async def _rest(change: Change, until: date, why: str) -> None:
    await hold(change, HoldKind.MANUAL, why, max(until - timedelta(days=1), change.today))


async def _settle(change: Change, state: EffectState) -> None:
    asked = {"cases": [change.case.case], "step": change.question.step}
    for message in list(await change.connection.scalars(_AMBIGUOUS, asked)):
        await ledger.settle_in(
            change.connection, message, state, f"decided by {change.actor}", change.at,
            temporary=state is EffectState.REFUSED, provider="", sender=None, before=(EffectState.AMBIGUOUS,),
        )  # fmt: skip


_CHANGES: dict[type[said.Consequence], Callable[[Change, Any], Awaitable[None]]] = {
    said.Approve: _approve,
    RouteChosen: _route,
    said.ApproveExcept: _approve_except,
    said.SetHold: _set_hold,
    said.EndHolds: _end_holds,
    said.KeepHolds: _keep_holds,
    said.SkipStep: _skip,
    said.StepAnswered: _answered,
    said.CallAgain: _call_again,
    PassCall: _pass_call,
    said.AskAgainOn: _ask_again,
    said.WriteOff: _write_off,
    said.Withdraw: _withdraw,
    said.EffectArrived: _arrived,
    said.EffectRefused: _refused,
    said.CorrectEmail: _correct_email,
    said.RecordAct: _record_act,
    said.AddNote: _add_note,
    said.GaveReason: _gave_reason,
}
