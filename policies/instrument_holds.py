"""Holds that follow from an invoice itself: an instrument on its way, a platform's refusal, a claim assigned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

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
    assignee: str = ""
    assignee_iban: str = ""


@dataclass(frozen=True, slots=True)
class Following:
    """A hold that follows; `origin` is the same as long as what it follows from is, and names it once for all time."""

    origin: str
    kind: HoldKind
    reason: str
    until: date | None


def holds_that_follow(said: Instruments) -> tuple[Following, ...]:
    """Every hold that follows from what the invoice says, in a fixed order.

    A claim assigned to another is paid to that one's account: while messages of its own are not written, none leaves
    rather than one that names the wrong account.
    """
    found = [_in_flight(said), _stopped(said), _assigned(said)]
    return tuple(one for one in found if one is not None)


def bank_days_after(day: date, days: int) -> date:
    """The `days`-th day after `day` on which banks in the euro area settle (T2 calendar)."""
    while days:
        day += timedelta(days=1)
        days -= _is_bank_day(day)
    return day


def _is_bank_day(day: date) -> bool:
    closed = {(1, 1), (5, 1), (12, 25), (12, 26)}
    easter = _easter(day.year)
    moving = {easter - timedelta(days=2), easter + timedelta(days=1)}
    return day.weekday() < 5 and (day.month, day.day) not in closed and day not in moving


def _easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - correction + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _in_flight(said: Instruments) -> Following | None:
    words = IN_FLIGHT.get(said.payment_method)
    if words is None or said.on is None:
        return None
    until = bank_days_after(said.on, RETURN_BANK_DAYS)
    origin = f"instrument:{said.payment_method}:{said.on}"
    return Following(origin, HoldKind.IN_FLIGHT, f"{words} {said.on}", until)


def _stopped(said: Instruments) -> Following | None:
    word = STOPPED.get(said.einvoice_status.strip().upper())
    if word is None:
        return None
    reason = f"the e-invoice is {word} ({said.einvoice_status}): answer the buyer or send it again"
    return Following(f"einvoice:{said.einvoice_status.strip().upper()}", HoldKind.MANUAL, reason, None)


def _assigned(said: Instruments) -> Following | None:
    if not said.assignee:
        return None
    known = f"to be paid to {said.assignee_iban}" if said.assignee_iban else "whose account is not known"
    reason = (
        f"assigned to {said.assignee}, {known}: our messages would name your own account; write to the debtor yourself"
    )
    return Following(f"assigned:{said.assignee}:{said.assignee_iban}", HoldKind.MANUAL, reason, None)
