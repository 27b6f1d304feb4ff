"""Events of a debtor, one rule each: what is known from now on, and who looks again because of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from policies.case import DoneHow, StepDone
from policies.decisions import Act, Ask, Outcome, Wait
from policies.limitation import LifeAct
from policies.play import events
from policies.play.account import Account
from policies.play.answering import answer
from policies.play.asking import let_go
from policies.play.item import Item


def happen(account: Account, event: events.Event, now: datetime) -> None:
    """Take an event in."""
    HAPPENINGS[type(event)](account, event, now)


def named(account: Account, name: str) -> list[Item]:
    """The items of this name; all of the debtor's where it is empty."""
    if not name:
        return account.items
    return [account.books.items[id] for id in sorted(account.books.named.get(name, ()))]


def _tell(account: Account, items: list[Item], now: datetime) -> None:
    """Open cases look again; a paid or credited one of which something is open again goes on where it stood."""
    for item in items:
        account.file(item)
        if item.outcome in (Outcome.PAID, Outcome.CREDITED) and item.principal > 0:
            item.outcome, item.closed_on = None, None
        if item.is_open:
            account.wake(item, now)
        elif item.known and item.ladder is None:
            account.agenda.put(now, item)


def _money(account: Account, money: events.Money, now: datetime) -> None:
    changed = account.books.book(money)
    for item in changed:
        item.refresh_life(account.limitation)
    _tell(account, changed, now)


def _held(account: Account, held: events.Held, now: datetime) -> None:
    items = named(account, held.invoice)
    if held.invoice:
        for item in items:
            item.holds += (held.hold,)
    else:
        account.holds += (held.hold,)
    for item in items:
        item.approvals = ()
    _tell(account, items, now)


def _released(account: Account, released: events.Released, now: datetime) -> None:
    items = named(account, released.invoice)
    for item in items:
        item.holds = tuple(one for one in item.holds if released.kind not in (None, one.kind))
    if not released.invoice:
        account.holds = tuple(one for one in account.holds if released.kind not in (None, one.kind))
    _tell(account, items, now)


def _written_off(account: Account, event: events.WrittenOff, now: datetime) -> None:
    for item in named(account, event.invoice):
        item.written_off = None if event.undone else event.reason
        _again(account, item, now, Outcome.WRITTEN_OFF)


def _withdrawn(account: Account, event: events.Withdrawn, now: datetime) -> None:
    for item in named(account, event.invoice):
        item.withdrawn = None if event.undone else event.reason
        _again(account, item, now, Outcome.WITHDRAWN)


def _again(account: Account, item: Item, now: datetime, outcome: Outcome) -> None:
    """Look again: a case that ended for a reason that no longer stands goes on where it stood."""
    if item.outcome is outcome and item.written_off is None and item.withdrawn is None:
        item.outcome, item.closed_on = None, None
    _tell(account, [item], now)


def _fails(account: Account, event: events.Fails, now: datetime) -> None:
    account.failing.append(event)


def _reached(account: Account, event: events.Reached, now: datetime) -> None:
    account.reach = event.reach
    _tell(account, account.items, now)


def _answered(account: Account, event: events.Answered, now: datetime) -> None:
    """The oldest question that is open, of the kind named."""
    values = {"decision": event.choice, "date": event.date, "note": event.note, "email": event.email}
    for asked in account.questions:
        is_open = any(account.items[id].asked is asked for id, _ in asked.shown)
        if is_open and event.kind in (None, asked.kind):
            account.refused += [(now, problem) for problem in answer(account, asked, values, now)]
            return
    account.unasked.append((now, event))


def _skipped(account: Account, event: events.Skipped, now: datetime) -> None:
    for item in named(account, event.invoice):
        decision = item.decision
        step = decision.next_step if isinstance(decision, Wait) else None
        step = decision.step if isinstance(decision, Act | Ask) else step
        if item.is_open and step is not None and isinstance(decision, Wait | Act | Ask):
            let_go(account, item, now)
            item.behind(StepDone(step.id, account.day(now), DoneHow.SKIPPED, decision.occurrence))
            account.wake(item, now)


def _act(account: Account, event: events.ActDone, now: datetime) -> None:
    for item in named(account, event.invoice):
        item.lives += (LifeAct(event.on, event.kind),)
        item.refresh_life(account.limitation)
        _tell(account, [item], now)


def _switched(account: Account, event: events.Switched, now: datetime) -> None:
    account.off = event.off
    _tell(account, account.items, now)


HAPPENINGS: dict[type[events.Event], Callable[[Account, Any, datetime], None]] = {
    events.Money: _money, events.Held: _held, events.Released: _released, events.WrittenOff: _written_off,
    events.Withdrawn: _withdrawn, events.Fails: _fails, events.Reached: _reached, events.Answered: _answered,
    events.Skipped: _skipped, events.ActDone: _act, events.Switched: _switched,
}  # fmt: skip
