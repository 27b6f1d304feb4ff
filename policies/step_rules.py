"""The rules asked about the step whose turn it is: their one order."""

from collections.abc import Callable, Mapping

from policies.approval import needs_approval
from policies.carrying_out import carry_out, within_budget
from policies.climb import Turn
from policies.decisions import Ask, Decision, Reason, Wait
from policies.first_days import within_first_days
from policies.fresh_money import fresh_money
from policies.insurer_asked import waits_for_insurer
from policies.look import Look
from policies.may_be_paid import waits_for_money
from policies.precedence import gives_way
from policies.underway import underway

StepRule = Callable[[Look, Turn], Decision | None]

AFTER_ITS_TIME: Mapping[str, StepRule] = {
    "may_be_paid": waits_for_money,
    "insurer": waits_for_insurer,
    "harder_stage": gives_way,
    "contact_budget": within_budget,
    "fresh_money": fresh_money,
    "approval": needs_approval,
    "first_days": within_first_days,
    "act": carry_out,
}
"""What is asked once the step's time has come, in this order; the last one always answers."""


def its_time(look: Look, turn: Turn) -> Wait | None:
    """The wait for the step's time. A question once put stays open at night, whatever wakes the case then."""
    wait = turn.wait
    if wait is not None and wait.because.code is Reason.OUTSIDE_HOURS and turn.step.id in look.case.asked:
        return None if _would_ask(look, turn) else wait
    return wait


def _would_ask(look: Look, turn: Turn) -> bool:
    """Whether a person would be asked if the hours were open."""
    answers = (rule(look, turn) for rule in AFTER_ITS_TIME.values())
    return isinstance(next(answer for answer in answers if answer is not None), Ask)


STEP_RULES: Mapping[str, StepRule] = {"underway": underway, "its_time": its_time, **AFTER_ITS_TIME}
"""Every rule about the step, in the order in which they are asked."""
