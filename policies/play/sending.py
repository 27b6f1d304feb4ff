"""Acts: what of one debtor leaves together as one message, and what becomes of it (design 4.3, 4.11)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from policies.bundle import bundle, harder_question_due
from policies.decisions import Act, Decision
from policies.ladder import Ladder
from policies.play.account import Account
from policies.play.claiming import claimed
from policies.play.handing import attempt
from policies.play.item import Item
from policies.play.played import ActPlayed, Left, StepTaken
from policies.play.telling import asked_for_besides
from policies.play.waking import wake_who_gives_way
from policies.stages import HARDNESS, Channel, Stage


def send(account: Account, decisions: Mapping[int, Decision], now: datetime) -> bool:
    """Send the one message these decisions make; False: nothing leaves now, whoever waits for it looks again later.

    Everybody in it looks again at once; so does whoever gave way to it.
    """
    group = bundle(decisions)
    if not group or harder_question_due(decisions, group):
        return False
    group = _of_one_draft(account, group)
    items = sorted((account.items[id] for id in group), key=lambda item: item.age)
    lead = max(group.values(), key=lambda act: HARDNESS[act.step.stage])
    today, currency = account.day(now), items[0].owed.currency
    window = (currency, lead.step.stage, today, lead.channel)
    if window in account.windows:
        return _tomorrow(account, items, now)
    left = attempt(account, items, group, lead.channel, now)
    channels = [lead.channel]
    if left is Left.YES:
        channels += [one for one in lead.also if _besides(account, items, group, one, window, now)]
    account.acts.append(_played(account, items, group, lead, tuple(channels), left, now))
    for item in items:
        account.wake(item, now)
    wake_who_gives_way(account, currency, now)
    return True


def _of_one_draft(account: Account, group: Mapping[int, Act]) -> dict[int, Act]:
    """What a person agreed to as two letters is two: of the acts, those of the oldest item's draft."""
    drafts = {id: _draft(account.items[id], act) for id, act in group.items()}
    first = drafts[min(group, key=lambda one: account.items[one].age)]
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
    return attempt(account, items, group, channel, now, main=False) is Left.YES


def _played(
    account: Account, items: list[Item], group: Mapping[int, Act], lead: Act, channels: tuple[Channel, ...], left: Left,
    now: datetime,
) -> ActPlayed:  # fmt: skip
    today = account.day(now)
    besides = asked_for_besides(account, items, lead.step, today)
    taken = tuple(StepTaken(item.name, group[item.id].step.id, group[item.id].occurrence) for item in items)
    claims = claimed(account, items, besides, lead.step, today)
    return ActPlayed(
        at=now, on=today, debtor=account.debtor.number, stage=lead.step.stage, step=lead.step.id, channels=channels,
        taken=taken, besides=tuple(one.name for one in besides),
        demanded=sum(one.principal for one in (*items, *besides)), currency=items[0].owed.currency,
        because=lead.because, left=left, accessories=claims,
    )  # fmt: skip
