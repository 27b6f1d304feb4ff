"""What a plan to replace a policy says of one case, before and after it is carried out."""

from dataclasses import dataclass
from datetime import date

from policies.migration import Move


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """The case, what the plan does with it and why; `anchor` is where it starts anew, if it does."""

    case: int
    invoice: str
    customer_number: str
    customer_name: str
    move: Move
    why: str
    anchor: date | None
