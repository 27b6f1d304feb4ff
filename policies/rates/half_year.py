"""Half-years, by which the law sets its reference rates: January to June, July to December."""

from datetime import date, timedelta


def first_day(day: date) -> date:
    """1 January or 1 July: the first day of the half-year `day` lies in."""
    return date(day.year, 1 if day.month <= 6 else 7, 1)


def last_day(day: date) -> date:
    """30 June or 31 December: the last day of the half-year `day` lies in."""
    return date(day.year, 6, 30) if day.month <= 6 else date(day.year, 12, 31)


def eve(day: date) -> date:
    """31 December or 30 June before the half-year `day` lies in."""
    return first_day(day) - timedelta(days=1)
