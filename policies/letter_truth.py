"""Whether what was written is still true: between printing and posting a letter the customer may have paid."""

from datetime import datetime

from policies.case import Case, DoneHow
from policies.climb import Turn
from policies.decide import CASE_RULES
from policies.ladder import Ladder
from policies.look import look_at
from policies.may_be_paid import waits_for_money
from policies.money import plain
from policies.opt_out import unwanted
from policies.said import sentence
from policies.stages import Channel


def why_not_post(case: Case, ladder: Ladder, step: str, occurrence: int, demanded: int, as_of: datetime) -> str:
    """Why a letter in the print queue must not be posted any more: it is untrue, or unwanted; empty: it may."""
    rung = ladder.step(step)
    if rung is not None and Channel.LETTER in unwanted(case, rung):
        return f"{case.customer_name} does not want letters"
    return why_untrue(case, ladder, step, occurrence, demanded, as_of)


def why_untrue(case: Case, ladder: Ladder, step: str, occurrence: int, demanded: int, as_of: datetime) -> str:
    """Why a message that demanded `demanded` (minor units) of the case is true no longer, by whatever channel; empty: it is.

    Whatever would keep it from being written now: the case is over, switched off, held, dead, or other money is owed than it
    says, the step was skipped, or money has come that may be for it.
    """
    look = look_at(case, ladder, as_of)
    for rule in CASE_RULES.values():
        decision = rule(look)
        if decision is not None:
            return f"{case.invoice}: {sentence(decision, case.calendar)}"
    if case.principal != demanded:
        owed, told = (f"{plain(one, case.currency)} {case.currency}" for one in (case.principal, demanded))
        return f"{case.invoice}: {owed} is owed, it says {told}"
    if any((one.step, one.occurrence, one.how) == (step, occurrence, DoneHow.SKIPPED) for one in case.done):
        return f"{case.invoice}: the step was skipped"
    rung = ladder.step(step)
    waits = None if rung is None else waits_for_money(look, Turn(rung, occurrence, None))
    return "" if waits is None else f"{case.invoice}: {sentence(waits, case.calendar)}"
