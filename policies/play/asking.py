"""Questions: one per customer, currency and stage, and the answer where somebody gives it by himself (design 4.11)."""

from collections.abc import Mapping
from datetime import datetime

from policies.bundle import gives_way_to_question
from policies.decisions import Ask, Decision
from policies.play.account import Account
from policies.play.asked import Asked
from policies.play.item import Item
from policies.play.snapshot import snapshot
from policies.play.waking import wake_who_gives_way
from policies.reach import carrier


def put(account: Account, decisions: Mapping[int, Decision], now: datetime) -> None:
    """Ask what these decisions ask. A question that says the same is kept, one that shows other figures is put anew.

    What gives way to a harder question looks again once that is asked.
    """
    for id, decision in decisions.items():
        item = account.items[id]
        if not isinstance(decision, Ask):
            continue
        if gives_way_to_question(decisions, decision):
            account.due.setdefault(id, item)
        elif not _keeps(item, decision):
            _ask(account, item, decision, now)


def let_go(account: Account, item: Item, now: datetime) -> None:
    """The item takes no more part in its question: nobody is asked what no longer matters, the others ask again."""
    asked = item.asked
    if asked is None:
        return
    account.around.clear()
    for id, _ in asked.shown:
        other = account.items[id]
        if other.asked is asked:
            other.asked = None
            if other is not item:
                account.wake(other, now)
    wake_who_gives_way(account, asked.currency, now)


def outlived(item: Item, decision: Decision) -> bool:
    """Whether the item's question is one its decision no longer asks."""
    if item.asked is None:
        return False
    return not isinstance(decision, Ask) or (decision.question, _stage(decision)) != (item.asked.kind, item.asked.stage)


def _stage(ask: Ask) -> object:
    return None if ask.step is None else ask.step.stage


def _keeps(item: Item, ask: Ask) -> bool:
    """Whether the item's open question still asks this, with what it showed of the item."""
    asked = item.asked
    if asked is None or (asked.ask.question, asked.ask.step, asked.ask.occurrence) != (
        ask.question,
        ask.step,
        ask.occurrence,
    ):
        return False
    return (item.id, item.principal) in asked.shown


def _ask(account: Account, item: Item, ask: Ask, now: datetime) -> None:
    """One question for all items of the currency that must ask the same, oldest first."""
    members = [one for one in account.open_items(item.owed.currency) if _alike(one, ask)]
    for one in members:
        let_go(account, one, now)
    members.sort(key=lambda one: one.age)
    channel = None
    if ask.step is not None:
        channel = carrier(snapshot(account, members[0], account.day(now)), ask.step, ask.occurrence)
    asked = Asked(
        number=len(account.questions), at=now, on=account.day(now), ask=ask, currency=item.owed.currency,
        shown=tuple((one.id, one.principal) for one in members), channel=channel,
    )  # fmt: skip
    account.questions.append(asked)
    for one in members:
        one.asked = asked
    account.around.clear()
    wake_who_gives_way(account, asked.currency, now)
    for one in members:
        account.due.pop(one.id, None)
    saying = account.house.answers.get(asked.kind)
    if saying is not None:
        account.agenda.put(now + saying.after, asked)


def _alike(item: Item, ask: Ask) -> bool:
    """Whether the item's last decision asks the same."""
    other = item.decision
    return isinstance(other, Ask) and (other.question, other.step) == (ask.question, ask.step)
