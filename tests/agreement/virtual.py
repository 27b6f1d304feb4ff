"""The facts played in the virtual world, as lists of lines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from policies.ladder import Ladder
from policies.play.account import Account
from policies.play.debtor import playing
from policies.play.endings import told
from policies.play.world import NOBODY, Debtor, House, Owed
from policies.stages import Channel
from tests.agreement.habits import DAYS, PARIS, START, moment
from tests.agreement.lines import Told, act, ending, question, step
from tests.agreement.people import answers
from tests.policies.builders import shipped

UNTIL = moment(START + timedelta(days=DAYS), time(12))
LADDERS = {name: shipped(name) for name in ("fr-b2b", "de-b2b", "key-account")}


def ladder_of(debtor: Debtor, owed: Owed, at: datetime) -> Ladder:
    """The customer's own, else that of its country."""
    del owed, at
    return LADDERS[debtor.policy or {"FR": "fr-b2b", "DE": "de-b2b"}[str(debtor.country)]]


def played(debtors: tuple[Debtor, ...]) -> Told:
    """Everything that comes of them by `UNTIL`."""
    house, found = House(answers=NOBODY), Told([], [], [], [])
    for debtor in debtors:
        events = (*debtor.events, *answers(debtor.number))
        account = playing(replace(debtor, events=events), ladder_of, UNTIL, house)
        result = told(account)
        found.acts.extend([
            act(one.at, PARIS, one.debtor, one.stage, channel, one.demanded, one.currency,
                [(taken.item, taken.step, taken.occurrence) for taken in one.taken])
            for one in result.acts for channel in one.channels
        ])  # fmt: skip
        found.questions.extend(
            [
                question(one.answered_on, one.debtor, one.kind, one.stage, one.items)
                for one in result.questions
                if one.answered_on is not None
            ]
        )
        found.endings.extend([ending(one.item, one.ladder, one.outcome, one.on, one.open) for one in result.endings])
        found.steps.extend(_steps(account))
    return found.sorted()


def _steps(account: Account) -> Iterator[str]:
    for item in account.items:
        yield from (step(item.name, one.on, one.step, one.occurrence, one.how) for one in item.done)


__all__ = ["LADDERS", "UNTIL", "Channel", "played"]
