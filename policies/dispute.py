"""What a dispute takes out of what is demanded, and for how long. Amounts in minor units of the invoice's currency.

A dispute about the whole invoice is a hold. One about a part leaves the rest to be collected: payments settle what is not
disputed first, a credit note settles what is disputed. What was accepted is not demanded while its credit note is awaited.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.dispute_reasons import DisputeReason


class DisputeState(StrEnum):
    """How far a dispute has come."""

    OPEN = "open"
    ACCEPTED = "accepted"  # in full or in part: a credit note is to come, or has come
    CREDITED = "credited"  # the credit note had come when the invoice was disputed anew
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # by the customer
    ENDED = "ended"  # its hold was released without a word on who was right


STANDING_STATES = frozenset({DisputeState.OPEN, DisputeState.ACCEPTED})
"""States in which a dispute may take something out of what is demanded."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """What the law needs to know of the dispute about one invoice."""

    state: DisputeState
    reason: DisputeReason
    since: date
    owner: str
    amount: int | None = None
    """What is disputed; None: the whole invoice."""
    credited_before: int = 0
    """What had been credited when it was opened: only later credit notes answer it."""
    expected: int = 0
    """Accepted: what the credit note is to be."""
    number: int = 0
    """Its number in the books; 0 outside them."""


def awaited(dispute: Dispute, credited: int) -> int:
    """What the dispute would take out of what is demanded, after the credit notes that came since; a whole one is a hold."""
    wanted = {DisputeState.OPEN: dispute.amount or 0, DisputeState.ACCEPTED: dispute.expected}.get(dispute.state, 0)
    return max(0, wanted - max(0, credited - dispute.credited_before))


def set_aside(dispute: Dispute | None, open_amount: int, credited: int) -> int:
    """What of the open amount is not demanded. Payments settle the rest first, so it is never more than what is open."""
    return 0 if dispute is None else min(max(open_amount, 0), awaited(dispute, credited))


def is_open(dispute: Dispute | None) -> bool:
    """Whether it waits for its decision."""
    return dispute is not None and dispute.state is DisputeState.OPEN


def is_answered(dispute: Dispute, credited: int) -> bool:
    """Whether the credit note that was promised has come."""
    return dispute.state is DisputeState.ACCEPTED and awaited(dispute, credited) == 0
