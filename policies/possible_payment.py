"""Money that has come and whose invoice is not known yet, as the case of an invoice it may be for sees it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PossiblePayment:
    """Money that has come and may be for the item, while nobody has said so. `amount` in minor units of `currency`."""

    line: int
    """Its number among the bank lines."""
    amount: int
    currency: str
    on: date
    sender: str
    proposed: bool
    """Matching proposes it and a person is asked; else its amount or name could only settle it."""
