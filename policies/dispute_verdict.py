"""What may be decided about a dispute, and how it stands afterwards."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.dispute import Dispute, DisputeState
from policies.dispute_terms import credit_due
from policies.money import plain


class Verdict(StrEnum):
    """A decision; the values are the codes of the choices and of the command line."""

    ACCEPT = "accept"
    ACCEPT_PART = "accept_part"
    REJECT = "reject"
    WITHDRAWN = "withdrawn"
    LATER = "later"


STATE_AFTER = {
    Verdict.ACCEPT: DisputeState.ACCEPTED,
    Verdict.ACCEPT_PART: DisputeState.ACCEPTED,
    Verdict.REJECT: DisputeState.REJECTED,
    Verdict.WITHDRAWN: DisputeState.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Owed:
    """The invoice as it stands: what is open and what was credited, in minor units of its currency."""

    open: int
    credited: int
    currency: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A dispute after the decision."""

    state: DisputeState
    expected: int
    """What is to be credited since it was opened, in minor units."""
    ask_on: date | None
    """The day on which its owner is asked (again); None: it is over."""


def in_dispute(dispute: Dispute, owed: Owed) -> int:
    """The amount it is about: the part, or everything that was open without the credit notes that came since."""
    if dispute.state is DisputeState.ACCEPTED:
        return dispute.expected
    return dispute.amount or owed.open + max(0, owed.credited - dispute.credited_before)


def decided(
    dispute: Dispute, verdict: Verdict, amount: int | None, owed: Owed, today: date, on: date | None
) -> Decided | str:
    """How the dispute stands after the verdict, or the sentence that refuses it. `amount`: what is accepted of it."""
    about = in_dispute(dispute, owed)
    if verdict is Verdict.LATER:
        return Decided(dispute.state, dispute.expected, on or today)
    if verdict is Verdict.ACCEPT_PART and (amount is None or not 0 < amount < about):
        told = f"{plain(about, owed.currency)} {owed.currency}"
        return f"amount: Say what is accepted of the {told} in dispute: more than nothing, and less than all of it."
    if verdict not in (Verdict.ACCEPT, Verdict.ACCEPT_PART):
        return Decided(STATE_AFTER[verdict], 0, None)
    expected = about if verdict is Verdict.ACCEPT else amount or 0
    return Decided(DisputeState.ACCEPTED, expected, credit_due(today))
