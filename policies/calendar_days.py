"""Days and hours: when something may leave, in the debtor's time zone. Every moment returned is aware UTC."""

from datetime import UTC, date, datetime, time, timedelta

from policies.case import Calendar
from policies.ladder import Ladder, Season

FARTHEST = date(9990, 1, 1)
"""Days beyond this one count as this one: some ledgers write 9999-12-31 for *no due date*."""

SEARCH_DAYS = 800
"""How far a free day is looked for; seasons are yearly, so two years without one mean there is none."""


def days_after(day: date, days: int) -> date:
    """`day` plus a number of days (negative: before it), kept inside the calendar."""
    ordinal = min(max(day.toordinal() + days, date.min.toordinal() + 2), FARTHEST.toordinal())
    return date.fromordinal(ordinal)


def day_start(calendar: Calendar, day: date) -> datetime:
    """The first moment of the debtor's day."""
    return _moment(calendar, day, 0)


def whole_second(moment: datetime) -> datetime:
    """The moment itself if it is a whole second, else the next one; aware UTC."""
    moment = moment.astimezone(UTC)
    if moment.microsecond:
        moment = moment.replace(microsecond=0) + timedelta(seconds=1)
    return moment


def in_season(seasons: tuple[Season, ...], day: date, pay_within: int | None) -> bool:
    """Whether the sending day, or the last day to pay counted from it, falls in a closed season."""
    days = (day,) if pay_within is None else (day, days_after(day, pay_within))
    return any(season.holds(one) for season in seasons for one in days)


def next_sending_moment(
    ladder: Ladder,
    calendar: Calendar,
    not_before: datetime,
    *,
    seasons: tuple[Season, ...] = (),
    pay_within: int | None = None,
) -> datetime | None:
    """The first moment from `not_before` on at which the ladder lets something leave; None when there is none.

    Sending days and hours are the ladder's, holidays the debtor's; `seasons` are kept free of the sending day and
    of its deadline, `pay_within` days later. A moment inside an open hour is returned as it is.
    """
    first = calendar.day(not_before)
    for ahead in range(SEARCH_DAYS):
        day = days_after(first, ahead)
        if not _is_open(ladder, calendar, day) or in_season(seasons, day, pay_within):
            continue
        opens, closes = _moment(calendar, day, ladder.send_from), _moment(calendar, day, ladder.send_until)
        if not_before < closes and opens < closes:
            return max(opens, not_before.astimezone(UTC))
    return None


def first_sending_moment(ladder: Ladder, calendar: Calendar, day: date, as_of: datetime) -> datetime | None:
    """The first sending moment on `day` or after it, never before `as_of`."""
    return next_sending_moment(ladder, calendar, max(as_of, day_start(calendar, day)))


def _is_open(ladder: Ladder, calendar: Calendar, day: date) -> bool:
    """A sending day, no holiday, and a day the zone really had (Samoa had no 30 December 2011)."""
    return (
        day.weekday() in ladder.send_days
        and day not in calendar.holidays
        and calendar.day(_moment(calendar, day, ladder.send_from)) == day
    )


def _moment(calendar: Calendar, day: date, hour: int) -> datetime:
    """`hour` o'clock of the debtor's day, 24 being the next midnight.

    An hour that the change to summer time leaves out becomes the one after it; one that comes twice is the first.
    """
    if hour >= 24:
        day, hour = days_after(day, 1), 0
    return datetime.combine(day, time(max(hour, 0)), tzinfo=calendar.zone).astimezone(UTC)
