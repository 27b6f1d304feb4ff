"""What a file says a customer accepted, as read: it becomes a terms record with the day and the words that prove it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from policies.interest.day_count import DayCount
from policies.money import plain


@dataclass(frozen=True, slots=True)
class AgreedRecord:
    """Rate in percent a year, flat sum in minor units of `currency`, limitation period in years; None: not agreed."""

    accepted_on: date
    rate: Decimal | None
    flat: int | None
    currency: str
    limitation_years: int | None
    words: str
    """The clause, or where it stands."""
    day_count: DayCount | None = None
    """Of the rate."""

    def shown(self) -> dict[str, Any]:
        """As other programs read it."""
        return {
            "accepted_on": self.accepted_on.isoformat(),
            "rate": None if self.rate is None else f"{self.rate:f}",
            "flat": None if self.flat is None else plain(self.flat, self.currency),
            "currency": self.currency,
            "limitation_years": self.limitation_years,
            "words": self.words,
            "day_count": None if self.day_count is None else self.day_count.value,
        }
