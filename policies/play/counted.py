"""Which items count as overdue, and which a message about the whole account asks for."""

from datetime import date

from policies.facts import Hold
from policies.hold_laws import BY_PERSON, UNCOUNTED
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
    """Whether a message about the whole account asks for it: what is held apart is left out."""
    return item.is_owed and not any(hold.until is None or hold.until >= today for hold in item.holds)


def _stands(hold: Hold, today: date) -> bool:
    return hold.until is None or hold.until >= today or hold.kind in BY_PERSON
