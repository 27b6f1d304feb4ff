"""What happens to a debtor while a world is played: each event has the moment from which it is known.

Before that moment nothing knows of it, whatever day it is dated; from it on every decision does (design 4.5).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from policies.facts import Hold, HoldKind
from policies.law.limitation_rules import Interruption
from policies.questions import QuestionKind
from policies.stages import Channel


class Failing(StrEnum):
    """How a message fails to leave."""

    TEMPORARY = "temporary"  # the other side said *not now*
    PERMANENT = "permanent"  # the other side refused the address
    AMBIGUOUS = "ambiguous"  # the connection was lost: it may have left


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fails(Event):
    """The next `times` messages through `channel` fail."""

    channel: Channel
    how: Failing
    times: int = 1
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached(Event):
    """The customer can be reached through other channels from now on."""

    reach: frozenset[Channel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """A person answers the question that is open (of `kind`, where several are)."""

    choice: str
    kind: QuestionKind | None = None
    date: str = ""
    email: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Event):
    """A person says to go on without the step an invoice has reached."""

    invoice: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDone(Event):
    """An act that may give a claim a new life."""

    invoice: str
    on: date
    kind: Interruption


@dataclass(frozen=True, slots=True, kw_only=True)
class Switched(Event):
    """The creditor switches collecting off, or on again."""

    off: bool
