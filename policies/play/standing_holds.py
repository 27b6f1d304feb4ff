"""Holds about which their owner was asked: ended, or kept under a new day."""

from dataclasses import replace
from datetime import date

from policies.facts import Hold
from policies.hold_laws import Ending, law_of
from policies.play.account import Account
from policies.play.item import Item


def end_asked(account: Account, item: Item, today: date) -> None:
    """The holds that asked for an answer end; a dispute or a promise beside them stays."""
    item.holds = tuple(one for one in item.holds if not _asks(one, today))
    account.holds = tuple(one for one in account.holds if not _asks(one, today))


def keep_asked(account: Account, item: Item, today: date, until: date, reason: str) -> None:
    """The holds that asked for an answer go on as what they are, up to and including `until`."""
    item.holds = tuple(_kept(one, today, until, reason) for one in item.holds)
    account.holds = tuple(_kept(one, today, until, reason) for one in account.holds)


def _kept(hold: Hold, today: date, until: date, reason: str) -> Hold:
    if not _asks(hold, today):
        return hold
    return replace(hold, until=until, reason=reason or hold.reason, must_answer=False)


def _asks(hold: Hold, today: date) -> bool:
    """Whether its owner is asked about it: a person stopped the run, or its day has passed without ending it."""
    passed = hold.until is not None and hold.until < today and law_of(hold.kind).ending is not Ending.BY_DAY
    return hold.must_answer or passed
