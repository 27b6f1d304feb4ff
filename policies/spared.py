"""What a judgment that opens insolvency proceedings does not hold: what arose after it.

What arose before it may neither be paid nor asked for (C. com. L622-21). What arose after it for the needs of the
proceedings is paid when it falls due (L622-17), by whoever administers the customer: it goes on, on a ladder written for
that. A judgment has effect from the first hour of its day, so an invoice of that very day counts as one after it.
"""

from datetime import date

from policies.facts import Hold, HoldKind
from policies.ladder import Ladder

AFTER_JUDGMENT, AFTER_JUDGMENT_NOTICE = "after_judgment", "after_judgment_notice"
"""The texts that speak to an administrator."""


def arose_after(judgment: date, issued: date | None) -> bool:
    """Whether an invoice arose after the judgment. One whose day is not known counts as older: nothing leaves about it."""
    return issued is not None and issued >= judgment


def is_spared(hold: Hold, ladder: Ladder, issued: date | None) -> bool:
    """Whether the hold leaves the invoice alone: it is younger than the judgment, and its ladder speaks to the administrator."""
    return hold.kind is HoldKind.INSOLVENCY and ladder.after_judgment and arose_after(hold.since, issued)
