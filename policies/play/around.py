"""What the items of a debtor share in one currency: what is overdue, and which stages are open (design 4.11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from policies.facts import Hold
from policies.play.counted import is_overdue
from policies.play.item import Item
from policies.stages import HARDNESS, Stage

Opening = tuple[int, Stage, date | None]
"""An item, a stage it keeps open, and the last day it does by its deadline (None: no end is known)."""


@dataclass(frozen=True, slots=True)
class Around:
    """Open principal of all that is overdue, how many items it is, and the stages that are open."""

    overdue: int
    invoices: int
    openings: tuple[Opening, ...]


def around(among: Sequence[Item], holds: tuple[Hold, ...], today: date) -> Around:
    """What the items `among` share; `holds` are the customer's own. What has no case yet is overdue all the same."""
    overdue = [item.principal for item in among if is_overdue(item, today, holds)]
    openings = tuple(one for item in among if item.is_open for one in _openings(item, today)) if len(among) > 1 else ()
    return Around(sum(overdue), len(overdue), openings)


def _openings(item: Item, today: date) -> list[Opening]:
    """The stages an item keeps open, and until when."""
    if not item.deadlines and item.asked is None and not item.doubtful:
        return []
    found: list[Opening] = [(item.id, *one) for one in item.deadlines if one[1] >= today]
    if item.asked is not None and item.asked.stage is not None:
        found.append((item.id, item.asked.stage, None))
    return found + [(item.id, stage, None) for stage in item.doubtful]


def harder_than(around: Around, item: Item) -> tuple[Stage | None, date | None]:
    """The hardest stage open for another item of the currency, and the last day it stays open by its deadline."""
    openings = [one for one in around.openings if one[0] != item.id]
    if not openings:
        return None, None
    stage = max((stage for _, stage, _ in openings), key=lambda stage: HARDNESS[stage])
    ends = [end for _, one, end in openings if one is stage]
    lasting = [end for end in ends if end is not None]
    return stage, max(lasting) if len(lasting) == len(ends) else None
