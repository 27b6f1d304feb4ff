"""What belongs to an agreement about money beside its days: a plan over several invoices, a settlement for less."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AgreementKind(StrEnum):
    """What was agreed with a customer, or is proposed to be."""

    PLAN = "plan"
    SETTLEMENT = "settlement"  # less than everything, by a day, settles it
    SET_OFF = "set_off"  # our debt to the customer against its debt to us


@dataclass(frozen=True, slots=True)
class Agreement:
    """One of them, as a hold knows it."""

    number: int
    open: int
    """What is open of everything it is about, in minor units."""
    late_days: int = 0
    """Calendar days a payment may come late before it lapses; never less than the bank days of the ladder."""
    first_payment: bool = False
    """It takes effect with its first payment, which gets no days but those of the bank."""
    settles: bool = False
    """Money in time settles everything: what is left is given up then."""
    may_be_paid: bool = False
    """Money has come that matching proposes for one of its invoices: a person is asked."""


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """What a message says of an agreement beside its amounts and days."""

    late_days: int = 0
    first_payment: bool = False
    interest_until: date | None = None
    """The last day that earns interest; None: interest runs on."""
    reference: str = ""
    """The customer's own invoice, where debts are set off."""
