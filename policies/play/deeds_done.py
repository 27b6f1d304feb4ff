"""Deeds of people, one rule each: answers, steps skipped, claims given up and taken up again."""

from datetime import datetime

from policies.case import DoneHow, StepDone
from policies.decide import decide
from policies.decisions import Act, Ask, Close, Decision, Outcome, Wait
from policies.limitation import LifeAct
from policies.play.account import Account
from policies.play.answering import answer, note_refusals
from policies.play.asking import let_go
from policies.play.deeds import ActDone, Answered, Skipped
from policies.play.events import Withdrawn, WrittenOff
from policies.play.item import Item
from policies.play.remarks import RemarkPlayed
from policies.play.snapshot import snapshot
from policies.play.waking import named, tell
from policies.step import Step


def written_off(account: Account, event: WrittenOff, now: datetime) -> None:
    """The principal is given up; undone, the case goes on where it stood."""
    for item in named(account, event.invoice):
        item.written_off = None if event.undone else event.reason
        _again(account, item, now, Outcome.WRITTEN_OFF)


def withdrawn(account: Account, event: Withdrawn, now: datetime) -> None:
    """The claim is not pursued here any more; undone, it is again."""
    for item in named(account, event.invoice):
        item.withdrawn = None if event.undone else event.reason
        _again(account, item, now, Outcome.WITHDRAWN)


def _again(account: Account, item: Item, now: datetime, outcome: Outcome) -> None:
    """Look again: a case that ended for a reason that no longer stands goes on where it stood."""
    if item.outcome is outcome and item.written_off is None and item.withdrawn is None:
        item.outcome, item.closed_on = None, None
    tell(account, [item], now)


def answered(account: Account, event: Answered, now: datetime) -> None:
    """The oldest question that is open, of the kind named."""
    values = {"decision": event.choice, "date": event.date, "note": event.note, "email": event.email}
    for asked in account.questions:
        is_open = any(account.items[id].asked is asked for id, _ in asked.shown)
        if is_open and event.kind in (None, asked.kind):
            note_refusals(account, event.choice, answer(account, asked, values, now), now)
            return
    words = f"The answer {event.choice} was not taken: nothing of the kind was asked."
    account.remarks.append(RemarkPlayed(now, account.debtor.number, words))


def skipped(account: Account, event: Skipped, now: datetime) -> None:
    """A person goes on without the step the item has reached; not while a message of it may have left."""
    for item in named(account, event.invoice):
        if item.ladder is None or not item.is_open or item.doubtful:
            why = "a message may have left" if item.doubtful else "no case is open"
            words = f"No step of {item.name} was skipped: {why}."
            account.remarks.append(RemarkPlayed(now, account.debtor.number, words))
            continue
        decision = decide(snapshot(account, item, account.day(now)), item.ladder, now)
        account.go_past(item, decision.passed)
        step = _reached(decision)
        if step is not None and not isinstance(decision, Close):
            let_go(account, item, now)
            item.behind(StepDone(step.id, account.day(now), DoneHow.SKIPPED, decision.occurrence))
            account.wake(item, now)


def _reached(decision: Decision) -> Step | None:
    match decision:
        case Wait(next_step=step) | Act(step=step) | Ask(step=step):
            return step
    return None


def act_done(account: Account, event: ActDone, now: datetime) -> None:
    """An act that may give the claim a new life."""
    for item in named(account, event.invoice):
        item.lives += (LifeAct(event.on, event.kind),)
        item.refresh_life(account.limitation)
        tell(account, [item], now)
