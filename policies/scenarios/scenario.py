"""One scenario: a world, and everything that is expected to happen in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from policies.ladder import Ladder
from policies.play.world import Debtor, House

Named = tuple[str, str]
"""The number of an invoice, or a customer, and what is expected of it."""


@dataclass(frozen=True, slots=True)
class Change:
    """From `moment` on, cases are opened on another policy."""

    moment: datetime
    ladder: Ladder


@dataclass(frozen=True, slots=True)
class Check:
    """What stands at a moment: of an invoice, or of a customer as a whole."""

    moment: datetime
    shown: str
    """The moment as the file writes it."""
    debtor: str
    invoice: str
    expected: tuple[Named, ...]
    """Word by word, in the order of `policies.scenarios.checking`."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is played, until when, and what is expected. Lists that are None are not looked at."""

    name: str
    line: int
    debtors: tuple[Debtor, ...]
    ladder: Ladder
    named: Mapping[str, Ladder]
    """Ladders chosen for a customer or an invoice, by name."""
    until: datetime
    house: House
    changes: tuple[Change, ...] = ()
    expect: tuple[str, ...] | None = None
    asked: tuple[str, ...] | None = None
    passed: tuple[str, ...] | None = None
    outcome: tuple[Named, ...] = ()
    checks: tuple[Check, ...] = ()
    law_ids: Mapping[str, str] = field(default_factory=dict)
    """The law of each debtor, by its number."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A scenario that did not go as expected: both sides, line by line."""

    scenario: str
    expected: tuple[str, ...]
    actual: tuple[str, ...]
