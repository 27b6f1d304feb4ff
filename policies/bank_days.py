"""Days on which money moves: Monday to Friday, without the debtor's public holidays."""

from datetime import date

from policies.calendar import Calendar
from policies.calendar_days import days_after

SATURDAY = 5
FARTHEST = 400
"""Days counted at most: data older than a year is old enough."""


def bank_days_after(calendar: Calendar, day: date, number: int) -> date:
    """The day so many bank days after `day`; none: the day itself."""
    while number > 0:
        day = days_after(day, 1)
        if day.weekday() < SATURDAY and day not in calendar.holidays:
            number -= 1
    return day


def bank_days_between(calendar: Calendar, after: date, upto: date) -> int:
    """How many bank days lie after `after`, up to and including `upto`; none where `upto` is not later."""
    days = min((upto - after).days, FARTHEST)
    passed = (days_after(after, number) for number in range(1, days + 1))
    return sum(1 for day in passed if day.weekday() < SATURDAY and day not in calendar.holidays)
