"""One item that an answer changes."""

from dataclasses import dataclass
from datetime import date, datetime

from policies.play.account import Account
from policies.play.asked import Asked
from policies.play.item import Item
from policies.step import Step


@dataclass(frozen=True, slots=True)
class Change:
    """The item a consequence changes, with the question it answers."""

    account: Account
    asked: Asked
    item: Item
    now: datetime

    @property
    def today(self) -> date:
        """The debtor's day of the answer."""
        return self.account.day(self.now)

    @property
    def step(self) -> Step:
        """The step the question was about."""
        assert self.asked.ask.step is not None, "such an answer is about a step"
        return self.asked.ask.step
