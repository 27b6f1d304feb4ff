"""What a person writes about a placement, read: a status, or money the customer paid to the agency."""

from dataclasses import dataclass
from datetime import date

from policies.form_days import day_of
from policies.placement import TOLD_BY_AGENCY, PlacementState
from policies.problems import Problem
from policies.sum_written import read_sum

SOURCE = "form"
NOTHING = ("", "0", "0.00")


@dataclass(frozen=True, slots=True)
class StatusWords:
    """A status as it was written down; empty text means none."""

    status: str
    amount: str = ""
    on: str = ""
    words: str = ""
    their_reference: str = ""


@dataclass(frozen=True, slots=True)
class PaidWords:
    """A payment to the agency as it was written down; no fee: as agreed."""

    amount: str
    fee: str = ""
    on: str = ""
    their_reference: str = ""
    accessories: str = ""
    """What of the amount is interest and flat sums."""


@dataclass(frozen=True, slots=True)
class StatusTold:
    """A status, read."""

    state: PlacementState
    amount: int
    on: date


@dataclass(frozen=True, slots=True)
class PaidTold:
    """A payment to the agency, read; `fee` None: as agreed."""

    gross: int
    fee: int | None
    on: date
    accessories: int = 0
    """Interest and flat sums in it: they settle nothing of the invoices."""

    @property
    def principal(self) -> int:
        """What settles the invoices."""
        return self.gross - self.accessories


def read_status(said: StatusWords, currency: str, today: date) -> StatusTold | list[Problem]:
    """The status with its day; a promise alone may name a day to come."""
    known = {one.value: one for one in TOLD_BY_AGENCY}
    state = known.get(said.status.strip().lower().replace(" ", "_"))
    if state is None:
        return _no("status", f"“{said.status}” is no status; choose one of: {', '.join(known)}.")
    amount, on = _amount(said.amount, currency), _day(said.on, today)
    if amount is None:
        return _no("amount", f"“{said.amount}” is not an amount; write it such as 250.00.")
    if on is None:
        return _no("on", f"“{said.on}” is not a day; write it as YYYY-MM-DD.")
    if on > today and state is not PlacementState.PROMISE:
        return _no("on", f"“{said.on}” is not a day up to today; write it as YYYY-MM-DD.")
    return StatusTold(state, amount, on)


def read_paid(said: PaidWords, currency: str, placed: date, today: date) -> PaidTold | list[Problem]:
    """The payment; money that is not there yet is none, nor is what came before the agency had the file (`placed`)."""
    gross, fee, on = _amount(said.amount, currency), _amount(said.fee, currency), _day(said.on, today)
    if not gross:
        return _no("amount", f"“{said.amount}” is not an amount; write it such as 250.00.")
    if fee is None or fee > gross:
        return _no("fee", "The fee is at most what the customer paid.")
    if on is None or on > today:
        return _no("on", f"“{said.on}” is not a day up to today; write it as YYYY-MM-DD.")
    if on < placed:
        return _no(
            "on", f"The agency has had this file since {placed.isoformat()}: nothing was paid to it for it before."
        )
    beside = _amount(said.accessories, currency)
    if beside is None or beside >= gross:
        return _no("accessories", "Interest and flat sums are less than what the customer paid.")
    return PaidTold(gross, fee if said.fee.strip() else None, on, beside)


def _amount(text: str, currency: str) -> int | None:
    """Minor units; nothing written is nothing; None: it is no amount."""
    if text.strip() in NOTHING:
        return 0
    found = read_sum(text, currency)
    return found if isinstance(found, int) else None


def _day(text: str, today: date) -> date | None:
    return day_of(text.strip()) if text.strip() else today


def _no(field: str, reason: str) -> list[Problem]:
    return [Problem(SOURCE, None, field, reason)]
