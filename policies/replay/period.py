"""The days over which contacts are counted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from policies.case import Calendar
from policies.play.days import known_next_day, start_of


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both inclusive, in each debtor's own days."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    def opens(self, calendar: Calendar) -> datetime:
        """Its first moment for a debtor."""
        return start_of(calendar, self.first)

    def ends(self, calendar: Calendar) -> datetime:
        """Its last moment for a debtor."""
        return known_next_day(calendar, self.last) - timedelta(microseconds=1)
