"""Events of a debtor, one rule each: what is known from now on, and who looks again because of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from policies.play import deeds_done
from policies.play.account import Account
from policies.play.deeds import ActDone, Answered, Skipped, Switched
from policies.play.events import Event, Held, Money, Released, Withdrawn, WrittenOff
from policies.play.failures import Fails, Reached
from policies.play.waking import named, tell


def happen(account: Account, event: Event, now: datetime) -> None:
    """Take an event in."""
    HAPPENINGS[type(event)](account, event, now)


def _money(account: Account, money: Money, now: datetime) -> None:
    changed = account.books.book(money)
    for item in changed:
        item.refresh_life(account.limitation)
    tell(account, changed, now)


def _held(account: Account, held: Held, now: datetime) -> None:
    items = named(account, held.invoice)
    if held.invoice:
        for item in items:
            item.holds += (held.hold,)
    else:
        account.holds += (held.hold,)
    for item in items:
        item.approvals = ()
    tell(account, items, now)


def _released(account: Account, released: Released, now: datetime) -> None:
    items = named(account, released.invoice)
    for item in items:
        item.holds = tuple(one for one in item.holds if released.kind not in (None, one.kind))
    if not released.invoice:
        account.holds = tuple(one for one in account.holds if released.kind not in (None, one.kind))
    tell(account, items, now)


def _fails(account: Account, event: Fails, now: datetime) -> None:
    account.failing.append(event)


def _reached(account: Account, event: Reached, now: datetime) -> None:
    account.reach = event.reach
    tell(account, account.items, now)


def _switched(account: Account, event: Switched, now: datetime) -> None:
    account.off = event.off
    tell(account, account.items, now)


HAPPENINGS: dict[type[Event], Callable[[Account, Any, datetime], None]] = {
    Money: _money, Held: _held, Released: _released, WrittenOff: deeds_done.written_off,
    Withdrawn: deeds_done.withdrawn, Fails: _fails, Reached: _reached, Answered: deeds_done.answered,
    Skipped: deeds_done.skipped, ActDone: deeds_done.act_done, Switched: _switched,
}  # fmt: skip
