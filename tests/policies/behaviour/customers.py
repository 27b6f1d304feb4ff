"""Customers by how late they paid: `paid("2026-01-10", 12)` fell due on 10 January and was paid twelve days later."""

from datetime import date, timedelta

from policies.behaviour.history import PastItem
from policies.facts import DatedAmount

AS_OF = date(2026, 7, 1)


def paid(due: str, late: int, amount: int = 100_000, currency: str = "EUR") -> PastItem:
    """An item paid in one sum, `late` days after it was due (negative: before)."""
    day = date.fromisoformat(due)
    return PastItem(day, amount, currency, (DatedAmount(day + timedelta(days=late), amount),))


def still_open(due: str, amount: int = 100_000, currency: str = "EUR") -> PastItem:
    """An item of which nothing was paid."""
    return PastItem(date.fromisoformat(due), amount, currency)
