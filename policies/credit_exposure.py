"""What a customer could cost us: what is overdue, what is open and not yet due, and what it has ordered, against its limit."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CreditExposure:
    """Of one customer in one currency, in minor units. `limit` None: none is agreed in this currency."""

    currency: str
    overdue: int
    """Open and due, but for what is given up; what is disputed is open all the same."""
    not_due: int
    orders: int
    """Ordered, and not yet invoiced: as the last file of customers said."""
    limit: int | None
    orders_on: date | None = None
    """The day of what is known of the orders."""
    given_up: int = 0
    """Open of what was written off: no payment, so it lifts no measure. What was withdrawn, or settled for less, is not owed."""
    disputed: int = 0
    """What is disputed of the overdue: nobody need pay it to have a measure lifted."""

    @property
    def total(self) -> int:
        """All of it."""
        return self.overdue + self.not_due + self.orders

    @property
    def unpaid(self) -> int:
        """What is overdue and must be paid before a measure is lifted."""
        return max(self.overdue - self.disputed, 0) + self.given_up

    @property
    def above(self) -> int:
        """By how much it is above the limit; 0 where it is not, or where none is agreed."""
        return 0 if self.limit is None else max(self.total - self.limit, 0)
