"""t(n): when a step may leave. Never before its offset, never without its gap since the last contact (design 4.1).

A step counts its offset from the due date (or the day a migration put in its place), from the end of the month that
day lies in, or from the day the step before it was done. A step that comes again counts from its last time.
"""

from dataclasses import dataclass
from datetime import date, datetime

from policies.broken_promise import gap_of
from policies.calendar_days import days_after, month_end, next_open_moment, open_moment_on
from policies.case import Case, StepDone
from policies.decisions import Because, Reason, Wait
from policies.free_reminder import free_until
from policies.ladder import Step
from policies.look import Look
from policies.open_hours import office_week, open_week
from policies.reach import carrier
from policies.spread import spread_of
from policies.step import CountedFrom


@dataclass(frozen=True, slots=True)
class StepTime:
    """When a step may leave and what that moment is owed to."""

    moment: datetime | None
    """First moment it may leave, not before the question was put; None: never."""
    reason: Reason
    day: date
    """max(anchor + offset, last contact + gap), before sending days and seasons."""


def last_contact(done: tuple[StepDone, ...]) -> date | None:
    """The last day the customer heard from us: confirmed here, or recorded as done before us."""
    return max((one.on for one in done if one.is_contact), default=None)


def earliest_day(look: Look, step: Step, occurrence: int) -> tuple[date, Reason]:
    """The latest of anchor + offset, last contact + gap, the end of a free reminder or of a letter's delay; and which decides."""
    day, reason = _counted_day(look, step, occurrence)
    contact, free = last_contact(look.done), free_until(look.case, look.steps, look.done)
    if contact is not None and (rested := days_after(contact, gap_of(look, step, contact))) > day:
        day, reason = rested, Reason.RESTING
    for runs in (free, look.case.letter_until):
        if runs is not None and runs >= day:
            day, reason = days_after(runs, 1), Reason.RESTING
    return day, reason


def _counted_day(look: Look, step: Step, occurrence: int) -> tuple[date, Reason]:
    if occurrence > 1 and step.repeat is not None:
        last = max(one.on for one in look.done if one.step == step.id)
        return days_after(last, step.repeat.every), Reason.RESTING
    anchor = look.case.anchor_day
    if step.after is CountedFrom.MONTH_END:
        anchor = month_end(anchor)
    elif step.after is CountedFrom.PREVIOUS:
        anchor = _previous_day(look, step)
    return days_after(anchor, step.offset), Reason.NOT_YET_DUE


def _previous_day(look: Look, step: Step) -> date:
    """The day the step before it was done or gone past; where that is not known, the last day anything was."""
    place = look.steps.index(step)
    before = look.steps[place - 1].id if place else ""
    days = [one.on for one in look.done if one.step == before] or [one.on for one in look.done]
    return max(days, default=look.case.anchor_day)


def step_time(look: Look, step: Step, occurrence: int) -> StepTime:
    """t(n) of the step, shifted out of closed seasons and to the next open moment of the debtor's calendar."""
    day, reason = earliest_day(look, step, occurrence)
    moment, plain = moment_on(look, step, occurrence, day)
    if moment != plain:
        reason = Reason.CLOSED_SEASON
    elif look.today >= day:
        reason = Reason.OUTSIDE_HOURS
    return StepTime(moment, reason, day)


def moment_on(look: Look, step: Step, occurrence: int, day: date) -> tuple[datetime | None, datetime | None]:
    """The first moment on `day` or after it at which the step may leave; the second does not look at the seasons."""
    calendar = look.case.calendar
    week = open_week(look.case, look.ladder, step, carrier(look.case, step, occurrence))
    later = spread_of(look.ladder, look.case)
    plain = open_moment_on(week, calendar, day, look.as_of, look.today, later)
    if not step.keeps_out_of_seasons or plain is None:
        return plain, plain
    seasons, days = look.ladder.seasons, step.pay_within
    return next_open_moment(week, calendar, plain, seasons=seasons, pay_within=days, later=later), plain


def wait_for(look: Look, step: Step, occurrence: int) -> Wait | None:
    """The wait for the step's time; None when it has come."""
    time = step_time(look, step, occurrence)
    if time.moment is not None and time.moment <= look.as_of:
        return None
    again = () if occurrence == 1 else (("occurrence", str(occurrence)),)
    facts = (("step", step.id), *again, ("earliest", time.day.isoformat()))
    return wait_until(look, step, occurrence, time.moment, Because(time.reason, facts))


def wait_until(look: Look, step: Step, occurrence: int, moment: datetime | None, because: Because) -> Wait:
    """The wait for `moment`. A step that lapses before it is waited for no longer than that, and is not announced."""
    last = last_day(look.case, step)
    if last is not None and (moment is None or look.case.calendar.day(moment) > last):
        return Wait(office_moment(look, days_after(last, 1)), because)
    return Wait(moment, because, step, occurrence)


def office_moment(look: Look, day: date) -> datetime | None:
    """The first moment on `day` or after it in the ladder's own hours, never before now."""
    return open_moment_on(office_week(look.ladder), look.case.calendar, day, look.as_of, look.today)


def last_day(case: Case, step: Step) -> date | None:
    """The last day on which the step still makes sense; None: always."""
    return None if step.lapse_after is None else days_after(case.anchor_day, step.lapse_after)
