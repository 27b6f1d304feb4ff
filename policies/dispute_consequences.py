"""What follows from the answer to a dispute."""

from dataclasses import dataclass
from datetime import date

from policies.dispute_verdict import Verdict


@dataclass(frozen=True, slots=True)
class DecideDispute:
    """The owner of a dispute has decided."""

    verdict: Verdict
    amount: int = 0
    """What is accepted of it, in minor units of the invoice's currency; 0: nothing was said."""
    on: date | None = None
    """Until when it is looked into."""
    words: str = ""
    """Why; a customer who is told no reads them."""
