"""While a harder stage is open for a customer, no gentler message leaves to that customer (design 4.11)."""

from policies.calendar_days import days_after
from policies.climb import Turn
from policies.decisions import Because, Reason, Wait
from policies.look import Look
from policies.reach import MESSAGES
from policies.stages import harder
from policies.step_time import office_moment


def gives_way(look: Look, turn: Turn) -> Wait | None:
    """The wait of a gentler message for the harder stage of another invoice; None when it may leave.

    Only steps that may write to the debtor give way; calls and files handed over are about the whole account.
    """
    case, step = look.case, turn.step
    if case.harder is None or not harder(case.harder, step.stage) or not MESSAGES & set(step.channels):
        return None
    facts = (("harder", case.harder.value),)
    if case.harder_until is None:
        return Wait(None, Because(Reason.HARDER_STAGE_OPEN, facts), step, turn.occurrence)
    if look.today > case.harder_until:
        return None
    until = office_moment(look, days_after(case.harder_until, 1))
    because = Because(Reason.HARDER_STAGE_OPEN, (*facts, ("until", case.harder_until.isoformat())))
    return Wait(until, because, step, turn.occurrence)
