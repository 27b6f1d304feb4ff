"""What happens to a debtor while a world is played: each event has the moment from which it is known.

Before that moment nothing knows of it, whatever day it is dated; from it on every decision does (design 4.5).
"""

from dataclasses import dataclass
from datetime import date, datetime

from policies.facts import Hold, HoldKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something known from `known` (aware) on."""

    known: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Event):
    """Money in (positive), money gone back (negative) or a credit note, with the invoices it names."""

    on: date
    """Value date."""
    amount: int
    """Minor units."""
    currency: str
    names: tuple[str, ...]
    key: str
    """Tells lines of one value date apart, whatever order they arrive in."""
    credit: bool = False
    """A credit note, no money."""
    mark: str = ""
    """A reference that a return repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Event):
    """A hold on one invoice, or on everything of the customer (`invoice` empty)."""

    hold: Hold
    invoice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Event):
    """Holds end: those of one invoice, or all of the customer's; `kind` None: of every kind."""

    invoice: str = ""
    kind: HoldKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOff(Event):
    """A person gives the principal up; `undone`: takes that back."""

    invoice: str
    reason: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """The claim is not pursued here any more; `undone`: it is again."""

    invoice: str
    reason: str = ""
    undone: bool = False
