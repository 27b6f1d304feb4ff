"""The judgment that opens insolvency proceedings stops individual claims that arose before it, and their interest.

C. com. L622-21 and L622-28 (interest), L622-17 (what arose after the judgment is paid when due). A judgment has effect
from the first hour of its day, so the last day that earns interest is the one before it.
"""

from collections.abc import Iterable
from datetime import date

from policies.calendar_days import days_after
from policies.facts import Hold
from policies.hold_laws import law_of


def interest_until(holds: Iterable[Hold], arose: date, until: date) -> date:
    """The last day that earns interest, `until` at the latest. `arose` is the day of the invoice.

    A hold of insolvency is dated from the judgment (`since`). A claim of that very day counts as one after it, which
    the administrator pays when it is due.
    """
    judgments = [hold.since for hold in holds if not law_of(hold.kind).earns_interest and arose < hold.since]
    return min([until, *(days_after(day, -1) for day in judgments)])
