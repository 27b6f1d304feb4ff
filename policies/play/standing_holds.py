"""Holds that end: those about which their owner was asked, and words that were kept or broken."""

from dataclasses import replace
from datetime import date

from policies.case import Calendar
from policies.facts import Hold, HoldKind
from policies.hold_form import OF_MONEY
from policies.hold_laws import Ending, law_of
from policies.ladder import Ladder
from policies.play.account import Account
from policies.play.item import Item
from policies.play.promised import tested
from policies.promise import word_of


def end_asked(account: Account, item: Item, today: date) -> None:
    """The holds that asked for an answer end; a dispute or a promise beside them stays."""
    item.holds = tuple(one for one in item.holds if not _asks(one, today))
    account.holds = tuple(one for one in account.holds if not _asks(one, today))


def keep_asked(account: Account, item: Item, today: date, until: date, reason: str) -> None:
    """The holds that asked for an answer go on as what they are, up to and including `until`."""
    item.holds = tuple(_kept(one, today, until, reason) for one in item.holds)
    account.holds = tuple(_kept(one, today, until, reason) for one in account.holds)


def note_words(account: Account, item: Item, ladder: Ladder, today: date) -> None:
    """Promises and plans whose word is decided are over, as the books write them down."""
    calendar = account.debtor.calendar
    told, _ = tested(account, item)
    own, wide = told[: len(item.holds)], told[len(item.holds) :]
    over = _over(item.holds, own, item.principal, ladder, calendar, today)
    item.holds, item.promised = _parted(item.holds, item.promised, over)
    if any(one.kind in OF_MONEY for one in account.holds):
        everything = sum(other.principal for other in account.open_items(item.owed.currency))
        over = _over(account.holds, wide, everything, ladder, calendar, today)
        account.holds, account.promised = _parted(account.holds, account.promised, over)


def _over(
    holds: tuple[Hold, ...], told: tuple[Hold, ...], principal: int, ladder: Ladder, calendar: Calendar, today: date
) -> set[int]:
    """The places of those whose word is decided; `told` are the same with their money."""
    words = [one.kind in OF_MONEY and word_of(one, principal, ladder, calendar, today) is not None for one in told]
    return {place for place, decided in enumerate(words[: len(holds)]) if decided}


def _parted(
    holds: tuple[Hold, ...], promised: tuple[Hold, ...], over: set[int]
) -> tuple[tuple[Hold, ...], tuple[Hold, ...]]:
    """The holds that stand, and the promises that are over."""
    ended = tuple(one for place, one in enumerate(holds) if place in over and one.kind is HoldKind.PROMISE)
    return tuple(one for place, one in enumerate(holds) if place not in over), promised + ended


def _kept(hold: Hold, today: date, until: date, reason: str) -> Hold:
    if not _asks(hold, today):
        return hold
    return replace(hold, until=until, reason=reason or hold.reason, must_answer=False)


def _asks(hold: Hold, today: date) -> bool:
    """Whether its owner is asked about it: a person stopped the run, or its day has passed without ending it."""
    passed = hold.until is not None and hold.until < today and law_of(hold.kind).ending is not Ending.BY_DAY
    return hold.must_answer or passed
