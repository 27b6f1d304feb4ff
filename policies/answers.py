"""What a person's answer means. The sentences stand in `choices`, what follows from each in `answer_rules`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from policies.answer_rules import RULES, taken
from policies.call_choices import SKIP
from policies.call_consequences import CallTold
from policies.call_reasons import REASON_OF_CALL
from policies.choice import Choice
from policies.choices import choices
from policies.consequences import AddNote, ApproveExcept, GaveReason
from policies.court_rules import route_chosen
from policies.follows import Consequences
from policies.form_fields import FormField, fields
from policies.form_values import SOURCE, Given, read_form
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.reply_rules import reply_wrong
from policies.stages import Stage

__all__ = ["Choice", "FormField", "choices", "fields", "interpret", "unknown_customers"]


def interpret(
    kind: QuestionKind,
    stage: Stage | None,
    values: Mapping[str, str],
    as_of: date,
    *,
    call_again_days: int = 2,
    call_attempts: int = 0,
    calls_made: int = 0,
    offers: Sequence[str] = (),
    currency: str = "",
) -> Consequences | list[Problem]:
    """What follows from an answer, or everything that is wrong with it.

    `values` are the form's texts, with the decision already reduced to its code; `as_of` is the day of the answer;
    `call_again_days` and `call_attempts` are the ladder's, `calls_made` reached nobody; `currency` is that of amounts;
    `offers` are the sentences the question itself offered.
    A note that is not the reason of the decision itself is kept in the customer's file.
    """
    given = read_form(kind, stage, values, as_of, offers, currency)
    if isinstance(given, list):
        return given
    if kind is QuestionKind.REPLY and (problems := reply_wrong(given, as_of)):
        return problems
    given = replace(
        given, call_again_days=call_again_days, call_attempts=call_attempts, calls_made=calls_made
    )  # fmt: skip
    follows = RULES.get((kind, given.choice.code), route_chosen if kind is QuestionKind.APPROVE else taken)(
        given, as_of
    )
    remark = (AddNote(given.note),) if given.note and "note" not in given.choice.needs else ()
    return follows + _call_told(kind, given) + _reason_given(kind, given) + remark


def _call_told(kind: QuestionKind, given: Given) -> tuple[CallTold, ...]:
    """The call itself, which is kept whatever came of it."""
    if kind is not QuestionKind.CALL_OUTCOME or given.choice.code == SKIP:
        return ()
    return (CallTold(given.choice.code, given.minor, given.on, given.hour, given.note),)


def _reason_given(kind: QuestionKind, given: Given) -> tuple[GaveReason, ...]:
    """The reason behind the outcome of a call, so that calls and replies are counted in one list."""
    reason = REASON_OF_CALL.get(given.choice.code) if kind is QuestionKind.CALL_OUTCOME else None
    return () if reason is None else (GaveReason(reason, given.note),)


def unknown_customers(consequences: Consequences, shown: Collection[str]) -> list[Problem]:
    """Customer numbers left out of a daily review that were not in its table: nobody is left out by a slip."""
    left_out = [number for one in consequences if isinstance(one, ApproveExcept) for number in one.customers]
    reason = "Customer {} is not in this review; copy the number from the table."
    return [Problem(SOURCE, None, "customers", reason.format(number)) for number in left_out if number not in shown]
