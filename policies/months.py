"""So many months after a day: the day of the same number, or the last of a month that has none."""

from datetime import MAXYEAR, date

from policies.calendar_days import FARTHEST, month_end


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last of that month.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return FARTHEST
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))
