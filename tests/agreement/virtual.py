"""The facts played in the virtual world, as lists of lines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from policies.ladder import Ladder
from policies.play.debtor import playing
from policies.play.endings import told
from policies.play.item import Item
from policies.play.played import Played
from policies.play.world import NOBODY, Debtor, House, Owed
from tests.agreement.habits import PARIS, end_of
from tests.agreement.lines import Told, act, ending, question, step
from tests.agreement.people import answers
from tests.policies.builders import shipped

LADDERS = {name: shipped(name) for name in ("fr-b2b", "de-b2b", "key-account")}
OF_COUNTRY = {"FR": "fr-b2b", "DE": "de-b2b"}


def ladder_of(debtor: Debtor, _owed: Owed, _at: datetime) -> Ladder:
    """The customer's own, else that of its country."""
    return LADDERS[debtor.policy or OF_COUNTRY[str(debtor.country)]]


def played(debtors: tuple[Debtor, ...], days: int) -> Told:
    """Everything that comes of them in so many days."""
    house, found = House(answers=NOBODY), Told([], [], [], [])
    for debtor in debtors:
        events = (*debtor.events, *answers(debtor.number, days))
        account = playing(replace(debtor, events=events), ladder_of, end_of(days), house)
        result = told(account)
        found.acts.extend(_acts(result))
        found.questions.extend(
            question(one.answered_on, one.debtor, one.kind, one.stage, one.items)
            for one in result.questions
            if one.answered_on is not None
        )
        found.steps.extend(line for item in account.items for line in _steps(item))
        found.endings.extend(
            ending(one.item, one.ladder, one.outcome, one.on, one.open)
            for item, one in zip(account.items, result.endings, strict=True)
            if item.known  # the engine has not heard of the others yet
        )
    return found.sorted()


def _acts(result: Played) -> Iterator[str]:
    for one in result.acts:
        taken = [(taken.item, taken.step, taken.occurrence) for taken in one.taken]
        for channel in one.channels:
            yield act(one.at, PARIS, one.debtor, one.stage, channel, one.demanded, one.currency, taken)


def _steps(item: Item) -> Iterator[str]:
    return (step(item.name, one.on, one.step, one.occurrence, one.how) for one in item.done)
