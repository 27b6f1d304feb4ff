"""How far the bank's files reach, and how old that may be before nobody is told that he owes."""

from dataclasses import dataclass
from datetime import date

from policies.calendar import Calendar
from policies.stages import Stage

COURTEOUS = frozenset({Stage.UPCOMING, Stage.COURTESY_REMINDER})
"""Stages that accuse nobody: they may rest on somewhat older bank data."""


@dataclass(frozen=True, slots=True)
class BankPosition:
    """What one creditor's bank files say: everything up to and including `through` is known, on every account."""

    through: date
    calendar: Calendar
    """Of the creditor: bank days are counted in it."""
    most: int | None
    """Bank days the data may be old; None: the creditor declared that age does not matter."""
    most_courtesy: int | None
    """The same for courtesy messages."""

    def allowed(self, stage: Stage) -> int | None:
        """How old the data may be for a message of this stage, in bank days."""
        return self.most_courtesy if stage in COURTEOUS else self.most
