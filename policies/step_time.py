"""t(n): when a step may leave. Never before its offset, never without its gap since the last contact (design 4.1)."""

from dataclasses import dataclass
from datetime import date, datetime

from policies.calendar_days import day_start, days_after, first_sending_moment, next_sending_moment
from policies.case import Case, StepDone
from policies.decisions import Because, Reason, Wait
from policies.ladder import Ladder, Step


@dataclass(frozen=True, slots=True)
class StepTime:
    """When a step may leave and what that moment is owed to."""

    moment: datetime | None
    """First moment it may leave, not before the question was put; None: never."""
    reason: Reason
    day: date
    """max(due + offset, last contact + gap), before sending days and seasons."""


def last_contact(done: tuple[StepDone, ...]) -> date | None:
    """The last day the customer heard from us: confirmed here, or recorded as done before us."""
    return max((one.on for one in done if one.is_contact), default=None)


def step_time(case: Case, ladder: Ladder, step: Step, done: tuple[StepDone, ...], as_of: datetime) -> StepTime:
    """t(n) of `step` seen from `as_of`, shifted out of closed seasons and to the next sending moment."""
    day, reason = earliest_day(case, step, done)
    start = max(as_of, day_start(case.calendar, day))
    plain = next_sending_moment(ladder, case.calendar, start)
    seasons = ladder.seasons if step.keeps_out_of_seasons else ()
    moment = next_sending_moment(ladder, case.calendar, start, seasons=seasons, pay_within=step.pay_within)
    if moment != plain:
        reason = Reason.CLOSED_SEASON
    elif case.calendar.day(as_of) >= day:
        reason = Reason.OUTSIDE_HOURS
    return StepTime(moment, reason, day)


def earliest_day(case: Case, step: Step, done: tuple[StepDone, ...]) -> tuple[date, Reason]:
    """max(due + offset, last contact + gap) and which of the two decides."""
    offset_day, contact = days_after(case.due, step.offset), last_contact(done)
    if contact is None or days_after(contact, step.gap) <= offset_day:
        return offset_day, Reason.NOT_YET_DUE
    return days_after(contact, step.gap), Reason.RESTING


def wait_for(case: Case, ladder: Ladder, step: Step, done: tuple[StepDone, ...], as_of: datetime) -> Wait | None:
    """The wait for the step's time; None when it has come.

    A step that will lapse before it can leave is waited for no longer than that, and is not announced.
    """
    time = step_time(case, ladder, step, done, as_of)
    if time.moment is not None and time.moment <= as_of:
        return None
    because = Because(time.reason, (("step", step.id), ("earliest", time.day.isoformat())))
    last = last_day(case, step)
    if last is not None and (time.moment is None or case.calendar.day(time.moment) > last):
        return Wait(first_sending_moment(ladder, case.calendar, days_after(last, 1), as_of), because)
    return Wait(time.moment, because, step)


def last_day(case: Case, step: Step) -> date | None:
    """The last day on which the step still makes sense; None: always."""
    return None if step.lapse_after is None else days_after(case.due, step.lapse_after)
