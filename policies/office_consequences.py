"""What follows from an answer that is about no single case: of the bank's data, of a plan, of a customer's data."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReplacePolicy:
    """The plan shown is approved as a whole: each case moves as planned, if it is still as it was."""


@dataclass(frozen=True, slots=True)
class BankComplete:
    """Somebody looked at the bank: every payment up to and including `through` is known."""

    through: date


@dataclass(frozen=True, slots=True)
class AllocateCredits:
    """The credit notes shown are set against the open invoices shown, the oldest first."""


@dataclass(frozen=True, slots=True)
class LeaveCreditsAside:
    """The credit notes shown settle none of them: paid out, kept for orders to come."""

    reason: str


@dataclass(frozen=True, slots=True)
class DataChecked:
    """What is known of the customer is right as of today, with this e-mail address where one is given."""

    email: str = ""


@dataclass(frozen=True, slots=True)
class LettersPosted:
    """The letters to be posted were, on the day `on`, but for those to these customers."""

    on: date
    left_out: tuple[str, ...] = ()
