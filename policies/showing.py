"""How a held item stands on a message about the customer's other items: marked, left out, or as any.

The third of the three questions of a hold: do we show it (`policies.hold_laws`)?
"""

from collections.abc import Collection, Mapping

from policies.facts import HoldKind
from policies.hold_laws import Showing, law_of
from policies.message import LineStatus

MARKS: Mapping[HoldKind, LineStatus] = {
    HoldKind.DISPUTE: LineStatus.DISPUTED,
    HoldKind.PLAN: LineStatus.AGREED,
    HoldKind.PROMISE: LineStatus.PROMISED,
    HoldKind.IN_FLIGHT: LineStatus.ON_ITS_WAY,
}
"""The word of each kind that is marked; where several stand, the first of them."""


def is_left_out(kinds: Collection[str]) -> bool:
    """Whether the message does not speak of the item at all."""
    return any(law_of(kind).showing is Showing.LEFT_OUT for kind in kinds)


def is_asked_for(kinds: Collection[str]) -> bool:
    """Whether a message may ask for the item: not while a hold marks it or leaves it out."""
    return all(law_of(kind).showing is Showing.AS_ANY for kind in kinds)


def status_of(days_late: int, kinds: Collection[str]) -> LineStatus:
    """How the item stands: its hold comes before its age."""
    mark = next((mark for kind, mark in MARKS.items() if kind in kinds), None)
    if mark is not None:
        return mark
    return LineStatus.LATE if days_late > 0 else LineStatus.DUE if days_late == 0 else LineStatus.NOT_YET_DUE
