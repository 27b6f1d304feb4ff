"""Recorded history: what was owed, when it was paid, what was disputed; whether or not anybody was chased for it then."""

from dataclasses import dataclass
from datetime import date, datetime

from policies.facts import DebtorKind, Hold
from policies.stages import Stage


@dataclass(frozen=True, slots=True)
class PastMoney:
    """Money in (positive), money gone back (negative) or a credit note, in minor units of the invoice's currency."""

    on: date
    """Value date."""
    amount: int
    known: datetime | None = None
    """When it was learnt (aware); None: nobody wrote it down, so at the start of the next day (design 4.5)."""
    credit: bool = False


@dataclass(frozen=True, slots=True)
class PastHold:
    """A dispute, a promise or another reason not to act, and when it was over."""

    hold: Hold
    known: datetime | None = None
    """When it was learnt; None: at the start of the day after `hold.since`."""
    ended_on: date | None = None
    """Last day it stood; None with `ended` None: it was never ended."""
    ended: datetime | None = None
    """When its end was learnt; None: at the start of the day after `ended_on`."""


@dataclass(frozen=True, slots=True)
class PastInvoice:
    """One invoice. `amount` is what it asked for, in minor units of `currency`."""

    number: str
    """Unique among the customer's."""
    due: date
    amount: int
    currency: str
    issued: date | None = None
    known: datetime | None = None
    """When it came into the books; None: at the start of the day after it was issued."""
    money: tuple[PastMoney, ...] = ()
    holds: tuple[PastHold, ...] = ()
    reached: Stage | None = None
    """The hardest stage that was done before us, on `reached_on`."""
    reached_on: date | None = None
    given_up: datetime | None = None
    """When a person wrote the rest off, or withdrew the claim; None: nobody did."""


@dataclass(frozen=True, slots=True)
class PastCustomer:
    """One customer with everything it owed."""

    number: str
    kind: DebtorKind = DebtorKind.BUSINESS
    country: str = ""
    """ISO 3166-1; empty: the history does not say."""
    region: str = ""
    zone: str = ""
    """Time zone; empty: the history does not say."""
    invoices: tuple[PastInvoice, ...] = ()
    holds: tuple[PastHold, ...] = ()
    """Those on the customer as a whole."""
