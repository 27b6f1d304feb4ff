"""Money that has come, or a credit note, whose invoice is not known yet, as the case of an invoice it may be for sees it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PossiblePayment:
    """Money that has come and may be for the item, while nobody has said so. `amount` in minor units of `currency`."""

    line: int
    """Its number among the bank lines; 0: it is a credit note."""
    amount: int
    currency: str
    on: date
    sender: str
    proposed: bool
    """Matching proposes it and a person is asked; else its amount or name could only settle it."""
    credit_note: str = ""
    """The number of the credit note, of which so much is set against no invoice."""
