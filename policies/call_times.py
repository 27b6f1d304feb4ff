"""When to try a call: in the hours in which the customer may be called, and at another time of day than in vain."""

from collections.abc import Sequence
from datetime import datetime, time

from policies.calendar import Calendar
from policies.calendar_days import days_after, next_open_moment
from policies.open_hours import Week

NOON = 13
"""Hour of the customer's clock at which the afternoon begins."""
AHEAD = 7
"""Days within which the other half of a day is looked for: some weeks have one afternoon alone."""


def is_morning(moment: datetime, calendar: Calendar) -> bool:
    """Whether the moment lies in the first half of the customer's day."""
    return moment.astimezone(calendar.zone).hour < NOON


def proposed(week: Week, calendar: Calendar, not_before: datetime, tried: Sequence[datetime]) -> datetime | None:
    """The moment to try next, from `not_before` on; None: there is none in which calls are allowed.

    Calls in vain are not repeated at the same time of day: who never answers in the morning is tried after noon. Where as
    many were tried in one half of the day as in the other, or the other half is never open, the first open moment counts.
    """
    first = next_open_moment(week, calendar, not_before)
    mornings = sum(is_morning(moment, calendar) for moment in tried)
    if first is None or 2 * mornings == len(tried):
        return first
    wants_morning = mornings < len(tried) - mornings
    if is_morning(first, calendar) == wants_morning:
        return first
    return _in_half(week, calendar, first, wants_morning) or first


def _in_half(week: Week, calendar: Calendar, first: datetime, morning: bool) -> datetime | None:
    """The first open moment of that half of a day after `first`."""
    start = calendar.day(first)
    for ahead in range(AHEAD + 1):
        day = days_after(start, ahead)
        opens = datetime.combine(day, time(0 if morning else NOON), tzinfo=calendar.zone)
        found = next_open_moment(week, calendar, max(opens, first))
        if found is not None and calendar.day(found) == day and is_morning(found, calendar) == morning:
            return found
    return None
