"""Holds that follow from an invoice itself: an instrument on its way, a platform's refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policies.bank_days import bank_days_after
from policies.calendar import Calendar
from policies.facts import HoldKind

RETURN_BANK_DAYS = 5
"""Bank days in which it can come back. SEPA Direct Debit Core Rulebook (EPC016-06), returns: at most five inter-bank
business days after settlement. For bills and cheques the same is taken; it is our choice."""

IN_FLIGHT: Mapping[str, str] = {
    "bill": "bill of exchange accepted, due",
    "cheque": "cheque deposited, expected",
    "direct_debit": "direct debit under way, expected",
}
STOPPED: Mapping[str, str] = {
    "207": "disputed", "EN_LITIGE": "disputed", "DISPUTED": "disputed",
    "208": "suspended", "SUSPENDUE": "suspended", "SUSPENDED": "suspended",
    "210": "refused", "REFUSEE": "refused", "REFUSED": "refused",
    "213": "rejected", "REJETEE": "rejected", "REJECTED": "rejected", "A_RECYCLER": "to be corrected and sent again",
}  # fmt: skip
"""Words of platforms after which the buyer has no duty to pay yet: codes of the French e-invoicing life cycle, words of
Chorus Pro, and plain ones."""


@dataclass(frozen=True, slots=True)
class Instruments:
    """What an invoice says of the way it is paid."""

    payment_method: str = ""
    on: date | None = None
    """The day the accepted bill falls due, or the cheque or direct debit is expected."""
    einvoice_status: str = ""


@dataclass(frozen=True, slots=True)
class Following:
    """A hold that follows; `origin` is the same as long as what it follows from is, and names it once for all time."""

    origin: str
    kind: HoldKind
    reason: str
    until: date | None


def holds_that_follow(said: Instruments, banks: Calendar) -> tuple[Following, ...]:
    """Every hold that follows from what the invoice says, in a fixed order. `banks`: the days on which they settle."""
    found = [_in_flight(said, banks), _stopped(said)]
    return tuple(one for one in found if one is not None)


def _in_flight(said: Instruments, banks: Calendar) -> Following | None:
    words = IN_FLIGHT.get(said.payment_method)
    if words is None or said.on is None:
        return None
    until = bank_days_after(banks, said.on, RETURN_BANK_DAYS)
    origin = f"instrument:{said.payment_method}:{said.on}"
    return Following(origin, HoldKind.IN_FLIGHT, f"{words} {said.on}", until)


def _stopped(said: Instruments) -> Following | None:
    word = STOPPED.get(said.einvoice_status.strip().upper())
    if word is None:
        return None
    reason = f"the e-invoice is {word} ({said.einvoice_status}): answer the buyer or send it again"
    kind = HoldKind.DISPUTE if word == "disputed" else HoldKind.MANUAL
    return Following(f"einvoice:{said.einvoice_status.strip().upper()}", kind, reason, None)
