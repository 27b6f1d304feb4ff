"""The items of a customer's account as a message tells of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LineStatus(StrEnum):
    """How an item stands on the day the message is written."""

    NOT_YET_DUE = "not_yet_due"
    DUE = "due"  # due on that very day
    LATE = "late"
    DISPUTED = "disputed"
    PROMISED = "promised"  # the customer has named a day
    AGREED = "agreed"  # to be paid by a plan that is kept
    ON_ITS_WAY = "on_its_way"  # a payment is said or known to be under way


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the customer's account."""

    invoice: str
    issued: date | None
    due: date
    original: int
    paid: int
    credited: int
    open: int
    status: LineStatus
    days_late: int
    demanded: bool
    """Whether this very message asks for it (a formal notice demands only its own items)."""
    disputed: int = 0
    """What is open besides `open`, disputed in part: it is told, and not asked for now."""
