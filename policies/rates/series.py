"""A reference rate over time."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from policies.law.provenance import Provenance
from policies.rates.half_year import eve, first_day, last_day


class CountedOn(StrEnum):
    """The day whose value is the reference of a half-year."""

    FIRST_DAY = "first_day"  # 1 January, 1 July (directive 2011/7, art. 2(7))
    EVE = "eve"  # 31 December, 30 June before it (UK: SI 2002/1675)


class SetEach(StrEnum):
    """For how long a published value is in force."""

    CHANGE = "change"  # until the next change (central banks)
    HALF_YEAR = "half_year"
    YEAR = "year"

    def period_end(self, start: date) -> date | None:
        """Last day a value from `start` was published for; None: until it changes."""
        if self is SetEach.CHANGE:
            return None
        return last_day(start) if self is SetEach.HALF_YEAR else date(start.year, 12, 31)

    def begins(self, day: date) -> bool:
        """Whether a value may start on `day`."""
        return self is SetEach.CHANGE or day == (first_day(day) if self is SetEach.HALF_YEAR else date(day.year, 1, 1))


@dataclass(frozen=True, slots=True)
class RateValue:
    """`percent` a year from `start` on, until the next value."""

    start: date
    percent: Decimal
    where: Provenance
    until: date | None = None
    """Last day it is known to be in force, where nothing is known between it and the next value."""


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one rate in their order; nothing is known after `known_until`, and nothing is guessed."""

    id: str
    title: str
    values: tuple[RateValue, ...]
    known_until: date
    """Last day of debts the values serve."""
    set_each: SetEach = SetEach.CHANGE
    counted_on: CountedOn = CountedOn.FIRST_DAY
    ask: str = ""
    """Who publishes the next value."""

    def on(self, day: date) -> RateValue | None:
        """The value in force on `day`; None where none is known: before the first, in a gap, not confirmed, too late."""
        value = self.written(day)
        return value if value is not None and value.where.usable else None

    def written(self, day: date) -> RateValue | None:
        """The value the file gives for `day`, be it confirmed or not."""
        place = bisect_right(self.values, day, key=lambda value: value.start)
        if not place or day > self.told_until:
            return None
        value = self.values[place - 1]
        return None if value.until is not None and day > value.until else value

    def of_half_year(self, day: date) -> RateValue | None:
        """The reference value of the half-year `day` lies in; None where it is not known."""
        return self.on(self.reference_day(day))

    def reference_day(self, day: date) -> date:
        """The day whose value counts for the half-year `day` lies in."""
        return eve(day) if self.counted_on is CountedOn.EVE else first_day(day)

    @property
    def newest(self) -> RateValue | None:
        """The last value that may be used."""
        return next((value for value in reversed(self.values) if value.where.usable), None)

    @property
    def usable_until(self) -> date:
        """Last day of debts the rate can be used for when values nobody confirmed are left out."""
        newest = self.newest
        if newest is None or newest is self.values[-1]:
            return self.known_until if newest else date.min
        after = self.values[self.values.index(newest) + 1].start
        return newest.until or after - timedelta(days=1)

    @property
    def told_until(self) -> date:
        """Last day a value may be read for. Where the eve counts, a half-year is known before its own days are."""
        return eve(self.known_until) if self.counted_on is CountedOn.EVE else self.known_until


Rates = Mapping[str, Series]
"""All series by id: `ecb_mro`, `fr_legal`, `fr_legal_private`, `de_base`, `boe`, …"""
