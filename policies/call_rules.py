"""What follows from each outcome of a telephone call."""

from datetime import date, timedelta

from policies.answer_reasons import PAYMENT_DAYS, REASON_LAWS, REST_DAYS, AnswerReason, Reach
from policies.calendar_days import days_after
from policies.call_choices import (
    CALL_BACK,
    NO_ANSWER,
    OTHER_NUMBER,
    PAYS_NOW,
    PLAN_WANTED,
    PROMISED,
    SAID_AS_REASONS,
    SKIP,
    VOICEMAIL,
    WRONG_NUMBER,
)
from policies.call_consequences import HoldCustomer, NumberDead, PassCall, PromisePart, SendCopy, SendPaymentDetails
from policies.case import HoldKind
from policies.consequences import AddNote, CallAgain, Consequence, SetHold, SkipStep, StepAnswered
from policies.follows import Consequences, Rule, always, hold, reason, with_reason
from policies.form_values import Given
from policies.problems import Problem
from policies.reason_holds import hold_for
from policies.stages import Channel

CALLS = frozenset({Channel.CALL})


def _says_paid(given: Given, as_of: date) -> Consequences:
    return SetHold(HoldKind.IN_FLIGHT, days_after(as_of, PAYMENT_DAYS), reason(given)), StepAnswered()


def _promised(given: Given, as_of: date) -> Consequences:
    """A promise of everything, or of the amount on the form."""
    day = given.on or as_of
    word: Consequence = SetHold(HoldKind.PROMISE, given.on, reason(given))
    if given.minor:
        word = PromisePart(day, given.minor, reason(given))
    return word, StepAnswered()


def _pays_now(given: Given, as_of: date) -> Consequences:
    rest = SetHold(HoldKind.IN_FLIGHT, days_after(as_of, PAYMENT_DAYS), reason(given))
    return rest, SendPaymentDetails(), StepAnswered()


def _plan_wanted(given: Given, as_of: date) -> Consequences:
    """Nothing leaves while somebody agrees on the instalments."""
    return SetHold(HoldKind.MANUAL, days_after(as_of, REST_DAYS), reason(given)), StepAnswered()


def _again(words: str) -> Rule:
    """Call again on the day of the form, else when the ladder says; held up to the day before.

    After the last call the policy allows the step is passed over, unless a person named a day.
    """

    def follows(given: Given, as_of: date) -> Consequences:
        if given.on is None and given.call_attempts and given.calls_made + 1 >= given.call_attempts:
            return (PassCall(given.calls_made + 1),)
        on = given.on or days_after(as_of, max(given.call_again_days, 1))
        return (CallAgain(on - timedelta(days=1), words, given.hour),)

    return follows


def _call_back(given: Given, as_of: date) -> Consequences:
    """The customer named the day, and perhaps the hour: no rest after a conversation stands against a call he asks for."""
    return (CallAgain((given.on or as_of) - timedelta(days=1), "asks to be called back", given.hour),)


def _other_number(given: Given, as_of: date) -> Consequences:
    return NumberDead(), CallAgain(as_of - timedelta(days=1), "wrong number")


def _wrong_number(given: Given, as_of: date) -> Consequences:
    return SkipStep(reason(given)), NumberDead(), AddNote("The phone number is wrong.")


def _said(why: AnswerReason) -> Rule:
    """What the reason's own law says; what it says of the customer as a whole holds all of it."""

    def follows(given: Given, as_of: date) -> Consequences:
        held = hold_for(why, as_of, given.on, given.note)
        assert not isinstance(held, Problem), "the form was checked"
        channels = CALLS if why is AnswerReason.STOP else frozenset[Channel]()
        wide = REASON_LAWS[why].reach is Reach.CUSTOMER
        placed = () if held is None else (HoldCustomer(held, channels) if wide else held,)
        copy = (SendCopy(),) if why is AnswerReason.NOT_RECEIVED else ()
        return (*placed, *copy, StepAnswered())

    return follows


CALL_RULES: dict[str, Rule] = {
    PROMISED: _promised,
    PAYS_NOW: _pays_now,
    PLAN_WANTED: _plan_wanted,
    "says_paid": _says_paid,
    **{why.value: _said(why) for why in SAID_AS_REASONS},
    "disputes": hold(HoldKind.DISPUTE, StepAnswered()),
    "refuses": always(StepAnswered()),
    CALL_BACK: _call_back,
    VOICEMAIL: _again("voicemail"),
    NO_ANSWER: _again("no answer"),
    OTHER_NUMBER: _other_number,
    WRONG_NUMBER: _wrong_number,
    SKIP: with_reason(SkipStep),
}
"""By the codes of `call_choices`."""
