"""What follows from a telephone call besides a hold on the invoices it was about."""

from dataclasses import dataclass
from datetime import date, time

from policies.hold_consequences import SetHold
from policies.stages import Channel


@dataclass(frozen=True, slots=True)
class CallTold:
    """The call itself: kept once, whatever number of invoices it was about."""

    outcome: str
    """A code of `call_choices`."""
    amount: int = 0
    """What was promised, in minor units; 0: everything, or nothing was."""
    on: date | None = None
    """The day the customer named, or on which to call again."""
    hour: time | None = None
    """The hour of that day, by the customer's clock."""
    words: str = ""


@dataclass(frozen=True, slots=True)
class HoldCustomer:
    """What was said concerns everything the customer owes: one hold on the customer as a whole."""

    hold: SetHold
    channels: frozenset[Channel] = frozenset()
    """A wish not to be contacted: by which ways; none: all."""


@dataclass(frozen=True, slots=True)
class PromisePart:
    """An amount promised for a day: set against the invoices in question, the oldest first; what it does not reach rests
    as long."""

    until: date
    amount: int
    """Minor units of the question's currency."""
    reason: str


@dataclass(frozen=True, slots=True)
class SendCopy:
    """A copy of the invoice leaves by e-mail, where its file is stored."""


@dataclass(frozen=True, slots=True)
class SendPaymentDetails:
    """Amount, IBAN and reference leave by e-mail at once, with the code a bank's program reads."""


@dataclass(frozen=True, slots=True)
class NumberDead:
    """The number called is not the customer's: nobody calls it again."""


@dataclass(frozen=True, slots=True)
class PassCall:
    """Nobody answered the last call the policy allows: the step is passed over, and was no contact."""

    calls: int

    @property
    def reason(self) -> str:
        """Why, for the journal."""
        count = self.calls
        return f"nobody was reached in {count} calls" if count > 1 else "nobody was reached by the call"


CallConsequence = CallTold | HoldCustomer | NumberDead | PassCall | PromisePart | SendCopy | SendPaymentDetails
