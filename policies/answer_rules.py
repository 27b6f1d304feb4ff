"""Which consequences each choice has: one line per question and choice."""

from collections.abc import Callable
from datetime import date, timedelta

from policies.calendar_days import days_after
from policies.case import HoldKind
from policies.consequences import (
    AddNote,
    Approve,
    ApproveExcept,
    AskAgainOn,
    CallAgain,
    Consequence,
    CorrectEmail,
    EffectArrived,
    EffectRefused,
    EndHolds,
    SetHold,
    SkipStep,
    StepAnswered,
    Withdraw,
    WriteOff,
)
from policies.form_values import Given
from policies.questions import QuestionKind

PAYMENT_DAYS = 5
"""Days a payment the debtor says he has made is given to appear at the bank."""

Consequences = tuple[Consequence, ...]
Rule = Callable[[Given, date], Consequences]


def _wait(days: int) -> Rule:
    return lambda given, as_of: (SetHold(HoldKind.MANUAL, days_after(as_of, days), _reason(given)),)


def _hold(kind: HoldKind, *further: Consequence) -> Rule:
    """A hold up to the form's date, or without an end where the form has none."""
    return lambda given, as_of: (SetHold(kind, given.on, _reason(given)), *further)


def _always(*consequences: Consequence) -> Rule:
    return lambda given, as_of: consequences


def _with_reason(*made: Callable[[str], Consequence]) -> Rule:
    return lambda given, as_of: tuple(make(_reason(given)) for make in made)


def _reason(given: Given) -> str:
    """The note, or the sentence chosen where nothing was written."""
    return given.note or given.choice.sentence


def _says_paid(given: Given, as_of: date) -> Consequences:
    return SetHold(HoldKind.IN_FLIGHT, days_after(as_of, PAYMENT_DAYS), _reason(given)), StepAnswered()


def _no_answer(given: Given, as_of: date) -> Consequences:
    """Call again on the day of the form, else when the ladder says; held up to the day before."""
    on = given.on or days_after(as_of, max(given.call_again_days, 1))
    return (CallAgain(on - timedelta(days=1)),)


def _wrong_number(given: Given, as_of: date) -> Consequences:
    return SkipStep(_reason(given)), AddNote("The phone number is wrong.")


def _keep_holding(given: Given, as_of: date) -> Consequences:
    return EndHolds(), SetHold(HoldKind.MANUAL, given.on, _reason(given))


def _none_today(given: Given, as_of: date) -> Consequences:
    return (AskAgainOn(days_after(as_of, 1)),)


def _send_except(given: Given, as_of: date) -> Consequences:
    return (ApproveExcept(given.customers),)


_Q = QuestionKind
RULES: dict[tuple[QuestionKind, str], Rule] = {
    (_Q.APPROVE, "send"): _always(Approve()),
    (_Q.APPROVE, "wait_7"): _wait(7),
    (_Q.APPROVE, "wait_30"): _wait(30),
    (_Q.APPROVE, "skip"): _with_reason(SkipStep),
    (_Q.APPROVE, "stop"): _hold(HoldKind.MANUAL),
    (_Q.DAILY_REVIEW, "send_all"): _always(Approve()),
    (_Q.DAILY_REVIEW, "send_except"): _send_except,
    (_Q.DAILY_REVIEW, "none_today"): _none_today,
    (_Q.CALL_OUTCOME, "promised"): _hold(HoldKind.PROMISE, StepAnswered()),
    (_Q.CALL_OUTCOME, "says_paid"): _says_paid,
    (_Q.CALL_OUTCOME, "disputes"): _hold(HoldKind.DISPUTE, StepAnswered()),
    (_Q.CALL_OUTCOME, "no_answer"): _no_answer,
    (_Q.CALL_OUTCOME, "wrong_number"): _wrong_number,
    (_Q.CALL_OUTCOME, "refuses"): _always(StepAnswered()),
    (_Q.CALL_OUTCOME, "skip"): _with_reason(SkipStep),
    (_Q.MEDIATION_OUTCOME, "agreed"): _hold(HoldKind.PLAN, StepAnswered()),
    (_Q.MEDIATION_OUTCOME, "failed"): _always(StepAnswered()),
    (_Q.MEDIATION_OUTCOME, "under_way"): _hold(HoldKind.MANUAL),
    (_Q.EXHAUSTED, "write_off"): _with_reason(WriteOff),
    (_Q.EXHAUSTED, "withdraw"): _with_reason(Withdraw),
    (_Q.EXHAUSTED, "wait_30"): _wait(30),
    (_Q.HOLD_REVIEW, "resume"): _always(EndHolds()),
    (_Q.HOLD_REVIEW, "keep_holding"): _keep_holding,
    (_Q.HOLD_REVIEW, "withdraw"): _with_reason(Withdraw),
    (_Q.HOLD_REVIEW, "write_off"): _with_reason(WriteOff),
    (_Q.AMBIGUOUS, "arrived"): _with_reason(EffectArrived),
    (_Q.AMBIGUOUS, "send_again"): _with_reason(EffectRefused),
    (_Q.AMBIGUOUS, "skip"): _with_reason(SkipStep),
    (_Q.UNDELIVERABLE, "correct_email"): lambda given, as_of: (CorrectEmail(given.email),),
    (_Q.UNDELIVERABLE, "skip"): _with_reason(SkipStep),
    (_Q.UNDELIVERABLE, "stop"): _hold(HoldKind.MANUAL),
}
