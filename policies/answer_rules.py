"""Which consequences each choice has: one line per question and choice."""

from datetime import date

from policies.calendar_days import days_after
from policies.call_rules import CALL_RULES
from policies.case import HoldKind
from policies.choices import OFFERED
from policies.consequences import (
    Approve,
    ApproveExcept,
    AskAgainOn,
    CorrectEmail,
    EffectArrived,
    EffectRefused,
    EndHolds,
    KeepHolds,
    SkipStep,
    TakeReading,
    Withdraw,
    WriteOff,
)
from policies.correction_rules import CORRECTION_RULES
from policies.court_rules import COURT_RULES
from policies.deadline_rules import DEADLINE_RULES
from policies.dispute_rules import DISPUTE_RULES
from policies.follows import Consequences, Rule, act, always, hold, wait, with_reason
from policies.form_values import Given
from policies.insolvency_rules import INSOLVENCY_RULES
from policies.insurance_rules import INSURANCE_RULES
from policies.law.limitation_rules import Interruption
from policies.measure_rules import MEASURE_RULES
from policies.mediation_rules import MEDIATION_RULES
from policies.objection_rules import OBJECTION_RULES
from policies.offer_rules import OFFER_RULES
from policies.office_rules import OFFICE_RULES
from policies.questions import QuestionKind
from policies.reply_rules import REPLY_RULES
from policies.write_off_rules import WRITE_OFF_RULES


def _keep_holding(given: Given, as_of: date) -> Consequences:
    return (KeepHolds(given.on or as_of, given.note),)


def _none_today(given: Given, as_of: date) -> Consequences:
    return (AskAgainOn(days_after(as_of, 1)),)


def _send_except(given: Given, as_of: date) -> Consequences:
    return (ApproveExcept(given.customers),)


def taken(given: Given, as_of: date) -> Consequences:
    """What the question itself offered is taken as it was read."""
    return (TakeReading(int(given.choice.code.removeprefix(OFFERED)), given.note),)


_Q = QuestionKind
RULES: dict[tuple[QuestionKind, str], Rule] = (
    {
        (_Q.APPROVE, "send"): always(Approve()),
        (_Q.APPROVE, "wait_7"): wait(7),
        (_Q.APPROVE, "wait_30"): wait(30),
        (_Q.APPROVE, "skip"): with_reason(SkipStep),
        (_Q.APPROVE, "stop"): hold(HoldKind.MANUAL),
        (_Q.DAILY_REVIEW, "send_all"): always(Approve()),
        (_Q.DAILY_REVIEW, "send_except"): _send_except,
        (_Q.DAILY_REVIEW, "none_today"): _none_today,
        (_Q.EXHAUSTED, "write_off"): with_reason(WriteOff),
        (_Q.EXHAUSTED, "withdraw"): with_reason(Withdraw),
        (_Q.EXHAUSTED, "wait_30"): wait(30),
        (_Q.HOLD_REVIEW, "resume"): always(EndHolds()),
        (_Q.HOLD_REVIEW, "keep_holding"): _keep_holding,
        (_Q.HOLD_REVIEW, "withdraw"): with_reason(Withdraw),
        (_Q.HOLD_REVIEW, "write_off"): with_reason(WriteOff),
        (_Q.AMBIGUOUS, "arrived"): with_reason(EffectArrived),
        (_Q.AMBIGUOUS, "send_again"): with_reason(EffectRefused),
        (_Q.AMBIGUOUS, "skip"): with_reason(SkipStep),
        (_Q.UNDELIVERABLE, "correct_email"): lambda given, as_of: (CorrectEmail(given.email),),
        (_Q.UNDELIVERABLE, "skip"): with_reason(SkipStep),
        (_Q.UNDELIVERABLE, "stop"): hold(HoldKind.MANUAL),
        (_Q.LIMITATION, "go_on"): always(),
        (_Q.LIMITATION, "write_off"): with_reason(WriteOff),
        (_Q.TIME_BARRED, "write_off"): with_reason(WriteOff),
        (_Q.TIME_BARRED, "withdraw"): with_reason(Withdraw),
        (_Q.TIME_BARRED, "keep"): always(),
    }
    | MEASURE_RULES
    | MEDIATION_RULES
    | OBJECTION_RULES
    | OFFICE_RULES
    | OFFER_RULES
    | INSOLVENCY_RULES
    | REPLY_RULES
    | {(_Q.CALL_OUTCOME, code): rule for code, rule in CALL_RULES.items()}
    | DISPUTE_RULES
    | DEADLINE_RULES
    | INSURANCE_RULES
    | COURT_RULES
    | WRITE_OFF_RULES
    | CORRECTION_RULES
    | {
        (question, kind.value): act(kind)
        for question in (_Q.LIMITATION, _Q.TIME_BARRED)
        for kind in Interruption
        if kind is not Interruption.PART_PAYMENT  # known from the bank's files
    }
)
