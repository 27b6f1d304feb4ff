"""What is remembered of a customer: what it owed, when it paid, and which promises it broke."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from policies.facts import DatedAmount


@dataclass(frozen=True, slots=True)
class PastItem:
    """One due item, settled or open. Amounts in minor units of `currency`."""

    due: date
    amount: int
    """What was to be paid."""
    currency: str
    paid: tuple[DatedAmount, ...] = ()
    """Money that stands, by value date; a payment that came back is not in it."""
    credited: tuple[DatedAmount, ...] = ()
    """Credit notes: what was never owed is neither on time nor late."""
    given_up: date | None = None
    """The day the rest was written off: from then on it is neither open nor any later, whatever comes."""


@dataclass(frozen=True, slots=True)
class History:
    """One customer. Items whose claim was disputed or withdrawn are left out before: who was right is not known."""

    items: tuple[PastItem, ...] = ()
    broken: tuple[date, ...] = ()
    """The days on which promises and plans were found broken."""
    limits: Mapping[str, int] = field(default_factory=dict)
    """The credit limit in minor units, by currency; empty: none is agreed."""
    left_out: int = 0
    """How many disputed or withdrawn items are left out."""
