"""Handing one message over, and what the other side said. Done means confirmed (design 4.2, 4.3)."""

from collections.abc import Mapping
from datetime import date, datetime

from policies.case import Contact, DoneHow, EffectFact, EffectState, StepDone
from policies.decisions import Act
from policies.law.limitation_rules import Interruption
from policies.limitation import LifeAct
from policies.play.account import Account
from policies.play.failures import Failing
from policies.play.item import Item
from policies.play.played import Left
from policies.stages import HARDNESS, Channel, Stage
from policies.step import Step

FAILED: dict[Failing, tuple[EffectState, bool, Left]] = {
    Failing.TEMPORARY: (EffectState.REFUSED, True, Left.REFUSED_FOR_NOW),
    Failing.PERMANENT: (EffectState.REFUSED, False, Left.REFUSED),
    Failing.AMBIGUOUS: (EffectState.AMBIGUOUS, False, Left.MAYBE),
}
DEMANDS = frozenset({Channel.EMAIL, Channel.LETTER})
"""Channels by which a formal notice is a written demand."""


def attempt(
    account: Account, items: list[Item], group: Mapping[int, Act], channel: Channel, now: datetime, *, main: bool = True
) -> Left:
    """Hand one message over, and write down what the other side said."""
    failing = account.failing_now(channel) if account.failing else None
    today = account.day(now)
    state, temporary, left = (EffectState.CONFIRMED, False, Left.YES) if failing is None else FAILED[failing.how]
    stage = max((act.step.stage for act in group.values()), key=lambda one: HARDNESS[one])
    if left in (Left.YES, Left.MAYBE):
        account.windows.add((items[0].owed.currency, stage, today, channel))
        account.contacts = (*account.contacts, Contact(today, channel))
    for item in items:
        act = group[item.id]
        fact = EffectFact(
            act.step.id, channel, state, now, 1 + _tried(item, act, channel), temporary,
            "" if failing is None else failing.words, act.occurrence,
        )  # fmt: skip
        _note(account, item, act, fact, today, main=main)
    return left


def _tried(item: Item, act: Act, channel: Channel) -> int:
    mine = (act.step.id, act.occurrence, channel)
    return max((one.attempts for one in item.effects if (one.step, one.occurrence, one.channel) == mine), default=0)


def _note(account: Account, item: Item, act: Act, fact: EffectFact, today: date, *, main: bool) -> None:
    """What became of an attempt. Done means confirmed: only then is the step behind the item (design 4.2)."""
    mine = (fact.step, fact.occurrence, fact.channel)
    item.effects = (*(one for one in item.effects if (one.step, one.occurrence, one.channel) != mine), fact)
    if fact.state is EffectState.AMBIGUOUS and fact.channel is not Channel.SMS:
        item.doubtful += (act.step.stage,)
    if fact.state is EffectState.CONFIRMED and main:
        confirm(account, item, act.step, fact, today)


def confirm(account: Account, item: Item, step: Step, fact: EffectFact, today: date) -> None:
    """A message of the step was confirmed: the step is behind the item, unless a person must say how it ended."""
    if step.stage is Stage.FORMAL_NOTICE and fact.channel in DEMANDS:
        item.lives += (LifeAct(today, Interruption.WRITTEN_DEMAND),)
        item.refresh_life(account.limitation)
    if step.asks is None:
        item.behind(StepDone(step.id, today, DoneHow.CONFIRMED, fact.occurrence))
        item.demanded(step, today)
