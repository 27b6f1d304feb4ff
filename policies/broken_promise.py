"""What a broken promise changes on the ladder: where the policy says so, the next step does not rest once more."""

from collections.abc import Iterable
from datetime import date

from policies.calendar_days import days_after
from policies.case import Calendar, Hold
from policies.facts import HoldKind
from policies.ladder import Ladder, Step
from policies.look import Look
from policies.promise import Word, waited_for, word_of


def gap_of(look: Look, step: Step, contact: date) -> int:
    """Days the step rests after the last contact, on the day `contact`.

    A promise given after it and broken has let the time pass: then the step comes at once, but never before the days to
    pay that the last contact gave are over.
    """
    broken = look.case.broken_on
    if not look.ladder.no_rest_after_broken_promise or broken is None or broken <= contact:
        return step.gap
    return min(step.gap, _days_given(look, contact))


def _days_given(look: Look, contact: date) -> int:
    """Days after the contact on which what it gave to pay is over."""
    ids = {one.step for one in look.done if one.is_contact and one.on == contact}
    given = [step.pay_within for step in look.ladder.steps if step.id in ids and step.pay_within]
    return max(given, default=-1) + 1


def broken_on(holds: Iterable[Hold], principal: int, ladder: Ladder, calendar: Calendar, today: date) -> date | None:
    """The latest day on which one of the promises counts as broken, or as kept only in part; None: none does.

    `holds` are all about the case, over or not; `principal` is what is open of it.
    """
    days = [
        days_after(missed.last, 1)
        for hold in holds
        if hold.kind is HoldKind.PROMISE
        and hold.agreement is None
        and word_of(hold, principal, ladder, calendar, today) in (Word.BROKEN, Word.PARTLY_KEPT)
        and (missed := waited_for(hold, principal, ladder, calendar)) is not None
    ]
    return max(days, default=None)
