"""What came of a debtor that was played."""

from dataclasses import replace

from policies.play.account import Account
from policies.play.asked import Asked
from policies.play.item import Item
from policies.play.played import Ending, Played, QuestionPlayed


def told(account: Account) -> Played:
    """Everything it did, and where each of its items stands."""
    asked = tuple(_question(account, one) for one in account.questions)
    endings = tuple(_ending(account, item) for item in account.items)
    return Played(tuple(account.acts), asked, tuple(account.passed), endings, tuple(account.remarks))


def _question(account: Account, one: Asked) -> QuestionPlayed:
    items = tuple(account.items[id].name for id, _ in one.shown)
    step = "" if one.ask.step is None else one.ask.step.id
    return QuestionPlayed(
        one.at, one.on, account.debtor.number, one.kind, step, one.stage, items, one.ask.because, one.choice,
        one.answered_on,
    )  # fmt: skip


def _ending(account: Account, item: Item) -> Ending:
    steps = tuple(one.step for one in item.done if one.is_contact)
    ladder = "" if item.ladder is None else item.ladder.id
    # What it went past is told by itself, in `passed`; here it would only tell how often the item was looked at.
    decision = None if item.decision is None else replace(item.decision, passed=())
    return Ending(
        item.name, account.debtor.number, item.outcome, item.closed_on, max(item.principal, 0), steps, decision, ladder,
    )  # fmt: skip
