"""Acts: what of one debtor leaves together as one message, and what becomes of it (design 4.3, 4.11)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from policies.bundle import bundle, harder_question_due
from policies.case import Contact, DoneHow, EffectFact, EffectState, StepDone
from policies.decisions import Act, Decision
from policies.ladder import Ladder
from policies.law.limitation_rules import Interruption
from policies.limitation import LifeAct
from policies.play.account import Account
from policies.play.claiming import claimed
from policies.play.events import Failing
from policies.play.item import Item
from policies.play.played import ActPlayed, Left, StepTaken
from policies.play.telling import asked_for_besides
from policies.stages import HARDNESS, Channel, Stage
from policies.step import Step

FAILED: dict[Failing, tuple[EffectState, bool, Left]] = {
    Failing.TEMPORARY: (EffectState.REFUSED, True, Left.REFUSED_FOR_NOW),
    Failing.PERMANENT: (EffectState.REFUSED, False, Left.REFUSED),
    Failing.AMBIGUOUS: (EffectState.AMBIGUOUS, False, Left.MAYBE),
}
DEMANDS = frozenset({Channel.EMAIL, Channel.LETTER})
"""Channels by which a formal notice is a written demand."""


def send(account: Account, decisions: Mapping[int, Decision], now: datetime) -> bool:
    """Send the one message these decisions make; False: nothing leaves now, whoever waits for it looks again later.

    Everybody in it looks again at once; so does whoever gave way to it.
    """
    group = bundle(decisions)
    if not group or harder_question_due(decisions, group):
        return False
    group = _of_one_draft(account, group)
    items = sorted((account.items[id] for id in group), key=_age)
    lead = max(group.values(), key=lambda act: HARDNESS[act.step.stage])
    today, currency = account.day(now), items[0].owed.currency
    window = (currency, lead.step.stage, today, lead.channel)
    if window in account.windows:
        return _tomorrow(account, items, now)
    left = _attempt(account, items, group, lead.channel, now)
    channels = [lead.channel]
    if left is Left.YES:
        channels += [one for one in lead.also if _besides(account, items, group, one, window, now)]
    account.acts.append(_played(account, items, group, lead, tuple(channels), left, now))
    for item in items:
        account.wake(item, now)
    return True


def _age(item: Item) -> tuple[date, int]:
    return item.owed.due or date.max, item.id


def _of_one_draft(account: Account, group: Mapping[int, Act]) -> dict[int, Act]:
    """What a person agreed to as two letters is two: of the acts, those of the oldest item's draft."""
    drafts = {id: _draft(account.items[id], act) for id, act in group.items()}
    first = drafts[min(group, key=lambda one: _age(account.items[one]))]
    return {id: act for id, act in group.items() if drafts[id] == first}


def _draft(item: Item, act: Act) -> int | None:
    return next((one.question for one in item.approvals if one.agreed.step == act.step.id), None)


def _tomorrow(account: Account, items: list[Item], now: datetime) -> bool:
    """One message a day, stage and channel is enough: whoever comes later waits for the next morning."""
    zone = account.debtor.calendar.zone
    for item in items:
        ladder: Ladder | None = item.ladder
        assert ladder is not None, "it has decided"
        local = now.astimezone(zone).replace(hour=ladder.send_from, minute=0, second=0) + timedelta(days=1)
        account.look(item, local.astimezone(now.tzinfo))
    return True


def _besides(
    account: Account, items: list[Item], group: Mapping[int, Act], channel: Channel, window: tuple[str, Stage, date, Channel],
    now: datetime,
) -> bool:  # fmt: skip
    """Whether the message also left by another channel; that never decides about the step."""
    if (*window[:3], channel) in account.windows:
        return False
    return _attempt(account, items, group, channel, now, main=False) is Left.YES


def _attempt(
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


def _played(
    account: Account, items: list[Item], group: Mapping[int, Act], lead: Act, channels: tuple[Channel, ...], left: Left,
    now: datetime,
) -> ActPlayed:  # fmt: skip
    today = account.day(now)
    besides = asked_for_besides(account, items, lead.step, today)
    taken = tuple(StepTaken(item.name, group[item.id].step.id, group[item.id].occurrence) for item in items)
    interest, flat = claimed(account, (*items, *besides), lead.step, today)
    return ActPlayed(
        at=now, on=today, debtor=account.debtor.number, stage=lead.step.stage, step=lead.step.id, channels=channels,
        taken=taken, besides=tuple(one.name for one in besides),
        demanded=sum(one.principal for one in (*items, *besides)), currency=items[0].owed.currency,
        because=lead.because, left=left, interest=interest, flat=flat,
    )  # fmt: skip
