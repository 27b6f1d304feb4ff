"""Promises and plans with the money that came since they were given."""

from dataclasses import replace

from policies.facts import Hold
from policies.hold_form import OF_MONEY
from policies.play.item import Item


def with_money(hold: Hold, *items: Item) -> Hold:
    """The hold as the law judges it; of another kind it is left as it is."""
    if hold.kind not in OF_MONEY:
        return hold
    return replace(hold, receipts=tuple(one for item in items for one in item.receipts if one.on >= hold.since))
