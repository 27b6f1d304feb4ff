"""Promises and plans with the money that came since they were given."""

from collections.abc import Iterable
from dataclasses import replace

from policies.facts import Hold
from policies.hold_form import OF_MONEY
from policies.play.account import Account
from policies.play.item import Item
from policies.promise_together import counted_together


def with_money(hold: Hold, *items: Item) -> Hold:
    """The hold as the law judges it; of another kind it is left as it is."""
    if hold.kind not in OF_MONEY:
        return hold
    return replace(hold, receipts=tuple(one for item in items for one in item.receipts if one.on >= hold.since))


def tested(account: Account, item: Item) -> tuple[tuple[Hold, ...], tuple[Hold, ...]]:
    """The holds about the item that are not over, then its promises that are: with their money, which is counted once."""
    own, own_over = _tested(account, item, item.holds, item.promised, [item])
    wide, wide_over = _tested(account, item, account.holds, account.promised, account.items)
    return own + wide, own_over + wide_over


def _tested(
    account: Account, item: Item, holds: tuple[Hold, ...], over: tuple[Hold, ...], items: Iterable[Item]
) -> tuple[tuple[Hold, ...], tuple[Hold, ...]]:
    assert item.ladder is not None, "only items that have a case are looked at"
    paying = list(items)
    found = [with_money(hold, *paying) for hold in (*holds, *over)]
    told = counted_together(found, item.ladder, account.debtor.calendar)
    return told[: len(holds)], told[len(holds) :]
