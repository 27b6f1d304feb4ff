"""What follows from an answer about whether anything may leave."""

from dataclasses import dataclass
from datetime import date

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
    """Nobody answered: a call-back hold up to and including `until`, the day before the next call."""

    until: date
