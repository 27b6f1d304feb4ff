"""What was agreed to be paid, promise or plan: how long it is waited for, and whether it was kept.

Money that left the debtor on the promised day is at our bank a little later: `Ladder.promise_grace` bank days are
added before anybody is told that nothing came. A broken word frees the ladder, and is counted.
"""

from datetime import date
from enum import StrEnum

from policies.bank_days import bank_days_after
from policies.case import Calendar, Hold
from policies.facts import HoldKind
from policies.ladder import Ladder


class Word(StrEnum):
    """What became of a promise or a plan."""

    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"  # something came, less than agreed
    BROKEN = "broken"  # nothing came


def next_day_agreed(hold: Hold) -> date | None:
    """The first day whose money has not all come; without instalments, the day named. None: nothing more is agreed.

    Instalments are counted together: what came early or too much serves the next one.
    """
    due = 0
    for one in hold.instalments:
        due += one.amount
        if hold.paid < due:
            return one.on
    return None if hold.instalments else hold.until


def waited_through(hold: Hold, ladder: Ladder, calendar: Calendar) -> date | None:
    """The last day nothing is done: the next day agreed, and the grace for the bank. None: nothing is waited for."""
    day = next_day_agreed(hold)
    return None if day is None else bank_days_after(calendar, day, ladder.promise_grace)


def word_of(hold: Hold, principal: int, ladder: Ladder, calendar: Calendar, today: date) -> Word | None:
    """Whether the word was kept; None while it may still be.

    A promise without an amount is one to pay everything. A plan of which only a first day is known is kept by the
    first payment: its owner is then asked for the next day.
    """
    if principal <= 0:
        return Word.KEPT
    last = waited_through(hold, ladder, calendar)
    if last is None:
        return Word.KEPT if hold.instalments else None
    if today <= last:
        return None
    if hold.paid <= 0:
        return Word.BROKEN
    return Word.KEPT if hold.kind is HoldKind.PLAN and not hold.instalments else Word.PARTLY_KEPT
