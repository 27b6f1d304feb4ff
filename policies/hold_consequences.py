"""What follows from an answer about whether anything may leave."""

from dataclasses import dataclass
from datetime import date, time

from policies.facts import HoldKind


@dataclass(frozen=True, slots=True)
class SetHold:
    """Nothing leaves up to and including `until`; None: until the person who answered ends it."""

    kind: HoldKind
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class EndHolds:
    """The holds that asked for an answer end; a dispute or a promise beside them stays."""


@dataclass(frozen=True, slots=True)
class KeepHolds:
    """The holds that asked for an answer go on as what they are, up to and including `until`."""

    until: date
    reason: str
    """Empty: the reason each of them had."""


@dataclass(frozen=True, slots=True)
class CallAgain:
    """Nobody was reached, or the customer asks for another moment: a call-back hold up to and including `until`, the day
    before the next call."""

    until: date
    words: str = "no answer"
    """Why, for the ledger."""
    hour: time | None = None
    """The hour agreed for that call, by the customer's clock."""
