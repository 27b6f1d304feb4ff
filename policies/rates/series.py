"""A reference rate over time."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policies.law.provenance import Provenance


@dataclass(frozen=True, slots=True)
class RateValue:
    """`percent` a year from `start` on, until the next value."""

    start: date
    percent: Decimal
    where: Provenance


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one rate in their order; nothing is known after `known_until`, and nothing is guessed."""

    id: str
    title: str
    values: tuple[RateValue, ...]
    known_until: date

    def on(self, day: date) -> RateValue | None:
        """The value in force on `day`; None before the first value and after `known_until`."""
        place = bisect_right(self.values, day, key=lambda value: value.start)
        return self.values[place - 1] if place and day <= self.known_until else None


Rates = Mapping[str, Series]
"""All series by id: `ecb_mro`, `fr_legal`, `fr_legal_private`, `de_base`, `boe`, …"""
