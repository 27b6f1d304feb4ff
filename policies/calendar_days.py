"""Days and hours: when something may leave, in the debtor's time zone. Every moment returned is aware UTC.

What a calendar says of a day never changes, so it is worked out once (`lru_cache`): the same few calendars and days are
asked about for every case.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from policies.calendar import Calendar
from policies.open_hours import Week
from policies.season import Season

FARTHEST = date(9990, 1, 1)
"""Days beyond this one count as this one: some ledgers write 9999-12-31 for *no due date*."""

_FIRST, _LAST = date.min.toordinal() + 2, FARTHEST.toordinal()
"""Two days stay free at the beginning of time: a zone west of Greenwich must not fall off it."""

SEARCH_DAYS = 800
"""How far a free day is looked for; seasons are yearly, so two years without one mean there is none."""

Moments = tuple[datetime, datetime]


def days_after(day: date, days: int) -> date:
    """`day` plus a number of days (negative: before it), kept inside the calendar."""
    ordinal = day.toordinal() + days
    if not _FIRST <= ordinal <= _LAST:
        ordinal = min(max(ordinal, _FIRST), _LAST)
    return date.fromordinal(ordinal)


def month_end(day: date) -> date:
    """The last day of the month `day` lies in."""
    return days_after(days_after(day.replace(day=28), 4).replace(day=1), -1)


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


def next_open_moment(
    week: Week,
    calendar: Calendar,
    not_before: datetime,
    *,
    seasons: tuple[Season, ...] = (),
    pay_within: int | None = None,
    later: timedelta = timedelta(),
) -> datetime | None:
    """The first moment from `not_before` on at which something may leave; None when there is none.

    `week` are the hours, holidays the debtor's; `seasons` are kept free of the sending day and of its deadline,
    `pay_within` days later; hours open so much `later` where they are long enough. A moment inside one is returned as it is.
    """
    day = first = calendar.day(not_before)
    while (day - first).days < SEARCH_DAYS:
        found = _open_day(week, calendar.zone, calendar.holidays, calendar.quiet, seasons, pay_within, day)
        if found is None:
            return None
        for opens, closes in found[1]:
            if not_before < closes:
                return max(_opens(opens, closes, later), not_before.astimezone(UTC))
        day = days_after(found[0], 1)
    return None


def open_moment_on(
    week: Week, calendar: Calendar, day: date, as_of: datetime, today: date, later: timedelta = timedelta()
) -> datetime | None:
    """The first open moment on `day` or after it, never before `as_of`, which lies on the debtor's day `today`."""
    if day <= today:
        return next_open_moment(week, calendar, as_of, later=later)
    found = _open_day(week, calendar.zone, calendar.holidays, calendar.quiet, (), None, day)
    return None if found is None else _opens(*found[1][0], later)


def _opens(opens: datetime, closes: datetime, later: timedelta) -> datetime:
    """When an open hour begins for somebody who is to come `later`: at once where it is over by then."""
    return opens + later if opens + later < closes else opens


@lru_cache(maxsize=1 << 15)
def _open_day(
    week: Week, zone: tzinfo, holidays: frozenset[date], quiet: tuple[Season, ...], seasons: tuple[Season, ...],
    pay_within: int | None, first: date,
) -> tuple[date, tuple[Moments, ...]] | None:  # fmt: skip
    """The first day from `first` on that is open, with its open hours; None when there is none."""
    for ahead in range(SEARCH_DAYS):
        day = days_after(first, ahead)
        closed = day in holidays or in_season(quiet, day, None) or in_season(seasons, day, pay_within)
        if closed or not week[day.weekday()]:
            continue
        spans = ((_moment(zone, day, opens), _moment(zone, day, closes)) for opens, closes in week[day.weekday()])
        real = tuple(span for span in spans if span[0] < span[1] and span[0].astimezone(zone).date() == day)
        if real:  # Samoa had no 30 December 2011
            return day, real
    return None


def _moment(zone: tzinfo, day: date, hour: int) -> datetime:
    """`hour` o'clock of the debtor's day, 24 being the next midnight.

    An hour that the change to summer time leaves out becomes the one after it; one that comes twice is the first.
    """
    if hour >= 24:
        day, hour = days_after(day, 1), 0
    return datetime.combine(day, time(max(hour, 0)), tzinfo=zone).astimezone(UTC)
