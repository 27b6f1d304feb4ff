"""The last day that earns interest, where a judgment or a decision stops it.

The judgment that opens insolvency proceedings stops individual claims that arose before it, and their interest (C. com.
L622-21 and L622-28; L622-17: what arose after the judgment is paid when due). A judgment has effect from the first hour
of its day, so the last day that earns interest is the one before it. What was read is French; under another law the same
stop is a careful choice: nothing is claimed that an administrator would strike out. Time to pay stops interest where
whoever granted it said so, the creditor or a judge (C. civ. 1343-5), and from the day they said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policies.calendar_days import days_after
from policies.facts import Hold
from policies.hold_laws import law_of


@dataclass(frozen=True, slots=True, order=True)
class Stop:
    """Interest runs to the end of `on` and no longer, for the reason `why` (in words, for staff)."""

    on: date
    why: str


def stop_of(holds: Iterable[Hold], arose: date) -> Stop | None:
    """The first of the stops that stand; None: interest runs on. `arose` is the day of the invoice.

    A hold of insolvency is dated from the judgment (`since`). A claim of that very day counts as one after it, which
    the administrator pays when it is due.
    """
    return min((stop for hold in holds for stop in _stops(hold, arose)), default=None)


def _stops(hold: Hold, arose: date) -> list[Stop]:
    found = []
    if not law_of(hold.kind).earns_interest and arose < hold.since:
        found.append(Stop(days_after(hold.since, -1), "the day before the judgment (C. com. L622-28)"))
    if hold.interest_until is not None:
        found.append(Stop(hold.interest_until, f"time to pay was given ({hold.reason})"))
    return found
