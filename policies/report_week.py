"""The week a report is about: Monday to Sunday, numbered as ISO 8601 numbers weeks (a year has 52 or 53)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo

from policies.calendar_days import days_after

WRITTEN = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
DAYS = 7
FIRST_YEAR = 1990
"""Nobody collects what is older; the first moments of all are not to be had in every time zone."""


@dataclass(frozen=True, slots=True, order=True)
class ReportWeek:
    """A week by its ISO year and number: 2026-W53 begins on 28 December 2026 and ends on 3 January 2027."""

    year: int
    number: int

    def __str__(self) -> str:
        """`2026-W47`."""
        return f"{self.year:04}-W{self.number:02}"

    @property
    def first(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its Sunday."""
        return date.fromisocalendar(self.year, self.number, DAYS)

    def begins(self, zone: tzinfo) -> datetime:
        """Its first moment in that zone, aware UTC."""
        return _moment(self.first, 0, zone)

    def ends(self, zone: tzinfo) -> datetime:
        """The first moment after it in that zone, aware UTC."""
        return _moment(days_after(self.first, DAYS), 0, zone)

    def told_at(self, zone: tzinfo, hour: int) -> datetime:
        """When its report is due: on the Monday after it, at that hour there."""
        return _moment(days_after(self.first, DAYS), hour, zone)


def week_of(day: date) -> ReportWeek:
    """The week the day lies in."""
    found = day.isocalendar()
    return ReportWeek(found.year, found.week)


def week_before(day: date) -> ReportWeek:
    """The last week that was over when the day began."""
    return week_of(days_after(day, -DAYS))


def last_told(now: datetime, zone: tzinfo, hour: int) -> ReportWeek:
    """The latest week whose report is due by `now`."""
    today = now.astimezone(zone).date()
    latest = week_before(today)
    return latest if latest.told_at(zone, hour) <= now else week_before(days_after(today, -DAYS))


def read_week(words: str) -> ReportWeek | str:
    """The week written `2026-W47`; else a sentence about what is wrong."""
    found = WRITTEN.fullmatch(words.strip())
    if found is None:
        return f"“{words}” is not a week; write it like 2026-W47."
    year, number = int(found[1]), int(found[2])
    if year < FIRST_YEAR:
        return f"There is no report of the year {year}: write a week from {FIRST_YEAR}-W01 on."
    try:
        date.fromisocalendar(year, number, 1)
        date.fromisocalendar(year, number, DAYS)
    except ValueError:
        return f"The year {year} has no week {number}."
    return ReportWeek(year, number)


def _moment(day: date, hour: int, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)
