"""While a hold stands nothing leaves (design 4.7). What each kind stops, and how it ends, is its law."""

from datetime import date

from policies.calendar_days import days_after
from policies.decisions import Ask, Because, Reason, Wait
from policies.look import Look
from policies.questions import QuestionKind
from policies.standing import Standing, standing_holds
from policies.step_time import office_moment


def held(look: Look) -> Ask | Wait | None:
    """What the holds demand now: an answer from their owner, or to wait for the last of them; None: free."""
    standing = standing_holds(look.case, look.ladder, look.today)
    if not standing:
        return None
    asking = [one for one in standing if one.asks]
    if asking:
        one = max(asking, key=_order)
        code = Reason.STOPPED_BY_A_PERSON if one.hold.must_answer else Reason.HOLD_TO_REVIEW
        return Ask(QuestionKind.HOLD_REVIEW, None, _because(code, one))
    longest = max(standing, key=_order)
    until = None if longest.last is None else office_moment(look, days_after(longest.last, 1))
    return Wait(until, _because(Reason.ON_HOLD, longest))


def _order(one: Standing) -> tuple[object, ...]:
    """By the last day held; whatever order the holds came in, the same one is told of."""
    hold = one.hold
    return (
        date.max if one.last is None else one.last,
        hold.must_answer,
        hold.since,
        hold.kind,
        hold.reason,
        hold.owner,
    )


def _because(code: Reason, one: Standing) -> Because:
    hold = one.hold
    until = () if one.named is None else (("until", one.named.isoformat()),)
    grace = () if one.last in (None, one.named) else (("waited_through", f"{one.last:%Y-%m-%d}"),)
    facts = (("hold", hold.kind.value), ("reason", hold.reason), *until, *grace, ("owner", hold.owner))
    return Because(code, facts)
