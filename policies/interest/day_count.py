"""How the days of a year are counted: days over the length of the year, by the law's own basis or the parties' agreement.

Actual/365 and actual/360 count every day. Actual/actual counts each day as a part of its own year, 365 or 366 days long
(ISDA). 30/360 takes every month for thirty days: the 31st counts as the 30th (30E/360).
"""

from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class DayCount(StrEnum):
    """The basis of a calculation."""

    ACTUAL_365 = "actual/365"
    ACTUAL_360 = "actual/360"
    ACTUAL_ACTUAL = "actual/actual"
    THIRTY_360 = "30/360"


def days_counted(basis: DayCount, start: date, end: date) -> int:
    """The days from `start` to `end`, both included. Two stretches that follow each other count what they count together."""
    if basis is DayCount.THIRTY_360:
        return _thirties(end) - _thirties(start - ONE_DAY)
    return (end - start).days + 1


def year_length(basis: DayCount, day: date) -> int:
    """The days a year counts for a stretch that starts on `day` and, for actual/actual, ends in the same year."""
    if basis is DayCount.ACTUAL_ACTUAL:
        return (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return 365 if basis is DayCount.ACTUAL_365 else 360


def turns(basis: DayCount, first: date, last: date) -> frozenset[date]:
    """Days on which a line of the calculation must begin: with actual/actual each first of January."""
    if basis is not DayCount.ACTUAL_ACTUAL:
        return frozenset()
    return frozenset(date(year, 1, 1) for year in range(first.year + 1, last.year + 1))


def _thirties(day: date) -> int:
    return 360 * day.year + 30 * day.month + min(day.day, 30)
