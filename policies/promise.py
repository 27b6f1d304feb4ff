"""What was agreed to be paid, promise or plan: how long it is waited for, and whether it was kept.

Money that left the debtor on the promised day is at our bank a little later: `Ladder.promise_grace` bank days are
added before anybody is told that nothing came. A broken word frees the ladder, and is counted. Money counts by its
value date, so that a bank file that comes late still shows a word that was kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.bank_days import bank_days_after
from policies.calendar_days import days_after
from policies.case import Calendar, Hold
from policies.facts import HoldKind
from policies.ladder import Ladder

ANYTHING = 1
"""The least amount of money: what keeps a plan of which only the first day is known."""


class Word(StrEnum):
    """What became of a promise or a plan."""

    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"  # something came in time, less than agreed
    BROKEN = "broken"  # nothing came in time


@dataclass(frozen=True, slots=True)
class DayAgreed:
    """A day agreed: by its last day waited for, so much must have come in all, and so much has."""

    on: date
    last: date
    needed: int
    came: int


def waited_for(hold: Hold, principal: int, ladder: Ladder, calendar: Calendar) -> DayAgreed | None:
    """The first day agreed whose money has not all come in time; None: all has, or no day was agreed.

    `principal` is what is open of the case now, in minor units; an agreement over several invoices knows better what is
    open of all of them. Instalments are counted together: what came early or too much serves the next one.
    """
    return next((stage for stage in days_agreed(hold, principal, ladder, calendar) if stage.came < stage.needed), None)


def word_of(hold: Hold, principal: int, ladder: Ladder, calendar: Calendar, today: date) -> Word | None:
    """Whether the word was kept; None while it may still be, or where no (further) day was agreed."""
    if hold.until is None and not hold.instalments:
        return None
    stage = waited_for(hold, principal, ladder, calendar)
    if stage is None:
        return None if _goes_on(hold, principal) else Word.KEPT
    if today <= stage.last:
        return None
    return Word.PARTLY_KEPT if stage.came > 0 else Word.BROKEN


def days_agreed(hold: Hold, principal: int, ladder: Ladder, calendar: Calendar) -> Iterator[DayAgreed]:
    """Every day agreed, in their order, with what must have come in all by it and what has.

    Nobody need pay more than there is: what a credit note took away is not missed.
    """
    everything = _open(hold, principal) + sum(money.amount for money in hold.receipts)
    for place, (on, needed) in enumerate(_sums(hold, everything)):
        last = max(bank_days_after(calendar, on, ladder.promise_grace), days_after(on, _late_days(hold, place)))
        came = sum(money.amount for money in hold.receipts if money.on <= last)
        yield DayAgreed(on, last, min(needed, everything), came)


def _goes_on(hold: Hold, principal: int) -> bool:
    """A plan of which only the first day is known, whose first payment came: more was agreed than was said."""
    return hold.kind is HoldKind.PLAN and not hold.instalments and _open(hold, principal) > 0


def _open(hold: Hold, principal: int) -> int:
    return principal if hold.agreement is None else hold.agreement.open


def _late_days(hold: Hold, place: int) -> int:
    """Calendar days the payment at this place may come late; the first one of a plan that rests on it may not."""
    if hold.agreement is None or (hold.agreement.first_payment and not place):
        return 0
    return hold.agreement.late_days


def _sums(hold: Hold, everything: int) -> Iterator[tuple[date, int]]:
    """Days agreed, with what must have come in all by each.

    A promise without an amount is one to pay everything. Of a plan of which only a first day is known, anything that
    comes by then will do.
    """
    needed = 0
    for one in hold.instalments:
        needed += one.amount
        yield one.on, needed
    if not hold.instalments and hold.until is not None:
        yield hold.until, min(ANYTHING, everything) if hold.kind is HoldKind.PLAN else everything
