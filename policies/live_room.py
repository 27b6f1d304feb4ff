"""How much may leave on one of the first days on which a creditor sends in earnest (design 4.12)."""

from dataclasses import dataclass
from datetime import datetime

GROWING_DAYS = 7
"""Days on which something left after which nothing is limited any more."""


@dataclass(frozen=True, slots=True)
class LiveRoom:
    """How many messages of a creditor may still leave on one of its first days."""

    most: int
    left: int
    ends: datetime
    """When that day is over (aware)."""


def most_on(first_day: int, days_before: int) -> int | None:
    """How many messages may leave on a day before which there were `days_before` on which something left; None: any number.

    Each such day doubles the number: 50, 100, 200…
    """
    return None if days_before >= GROWING_DAYS else first_day * 2**days_before
