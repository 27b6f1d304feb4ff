"""While a hold stands nothing leaves (design 4.7). A hold without an end waits for its owner."""

from datetime import date

from policies.calendar_days import days_after
from policies.case import Case, Hold
from policies.decisions import Ask, Because, Reason, Wait
from policies.look import Look
from policies.questions import QuestionKind
from policies.step_time import office_moment


def held(look: Look) -> Ask | Wait | None:
    """What the holds demand now: an answer from their owner, or to wait for the last of them; None: free."""
    standing = standing_holds(look.case, look.today)
    if not standing:
        return None
    for hold in standing:
        if hold.must_answer:
            return Ask(QuestionKind.HOLD_REVIEW, None, _because(Reason.STOPPED_BY_A_PERSON, hold))
    hold = max(standing, key=_last_day)
    until = None
    if hold.until is not None:
        until = office_moment(look, days_after(hold.until, 1))
    return Wait(until, _because(Reason.ON_HOLD, hold))


def standing_holds(case: Case, today: date) -> tuple[Hold, ...]:
    """The holds that are not over on the debtor's day `today`.

    A hold counts from the moment it is known, whatever day it is dated from (design 4.5).
    """
    if not case.holds:
        return ()
    return tuple(hold for hold in case.holds if hold.until is None or hold.until >= today)


def _last_day(hold: Hold) -> date:
    return date.max if hold.until is None else hold.until


def _because(code: Reason, hold: Hold) -> Because:
    until = () if hold.until is None else (("until", hold.until.isoformat()),)
    return Because(code, (("hold", hold.kind.value), ("reason", hold.reason), *until, ("owner", hold.owner)))
