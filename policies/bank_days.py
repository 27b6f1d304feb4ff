"""Days on which money moves: Monday to Friday, without the debtor's public holidays."""

from datetime import date

from policies.calendar_days import days_after
from policies.case import Calendar

SATURDAY = 5


def bank_days_after(calendar: Calendar, day: date, number: int) -> date:
    """The day so many bank days after `day`; none: the day itself."""
    while number > 0:
        day = days_after(day, 1)
        if day.weekday() < SATURDAY and day not in calendar.holidays:
            number -= 1
    return day
