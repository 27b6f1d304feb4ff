"""Which items count as overdue, and which a message about the whole account asks for."""

from datetime import date

from policies import showing
from policies.facts import Hold
from policies.hold_laws import UNCOUNTED, Ending, law_of
from policies.play.item import Item


def is_overdue(item: Item, today: date, around: tuple[Hold, ...]) -> bool:
    """Whether it is past due and counted as such: what is disputed or agreed to be paid later is not.

    `around` are the customer's own holds.
    """
    due = item.owed.due
    if due is None or due >= today or not item.is_owed:
        return False
    if not around and not item.holds:
        return True
    return not any(hold.kind in UNCOUNTED and _stands(hold, today) for hold in (*around, *item.holds))


def is_asked_for(item: Item, today: date) -> bool:
    """Whether a message about the whole account asks for it: not while a hold of its own marks it or leaves it out."""
    if not item.holds:
        return item.is_owed
    return item.is_owed and showing.is_asked_for([hold.kind for hold in item.holds if _stands(hold, today)])


def _stands(hold: Hold, today: date) -> bool:
    return hold.until is None or hold.until >= today or law_of(hold.kind).ending is not Ending.BY_DAY
