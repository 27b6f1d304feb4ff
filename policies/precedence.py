"""While a harder stage is open for a customer, no gentler message leaves to that customer (design 4.11)."""

from datetime import datetime

from policies.calendar_days import days_after, first_sending_moment
from policies.case import Case
from policies.decisions import Because, Reason, Wait
from policies.ladder import Ladder, Step
from policies.reach import MESSAGES
from policies.stages import harder


def gives_way(case: Case, ladder: Ladder, step: Step, as_of: datetime) -> Wait | None:
    """The wait of a gentler message for the harder stage of another invoice; None when it may leave.

    Only steps that may write to the debtor give way; calls and files handed over are about the whole account.
    """
    if case.harder is None or not harder(case.harder, step.stage) or not MESSAGES & set(step.channels):
        return None
    facts = (("harder", case.harder.value),)
    if case.harder_until is None:
        return Wait(None, Because(Reason.HARDER_STAGE_OPEN, facts), step)
    if case.calendar.day(as_of) > case.harder_until:
        return None
    until = first_sending_moment(ladder, case.calendar, days_after(case.harder_until, 1), as_of)
    because = Because(Reason.HARDER_STAGE_OPEN, (*facts, ("until", case.harder_until.isoformat())))
    return Wait(until, because, step)
