"""What persons say of a bank line, and what all they said comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What a person decided about a bank line."""

    BOOK = "book"  # it pays these invoices: a proposal confirmed, or an allocation by hand
    REFUSE = "refuse"  # it is not for these invoices
    ASIDE = "aside"  # what is not booked of it pays no invoice: a rent, a subsidy, a transfer between our own accounts
    UNDO = "undo"  # what was decided, or booked without asking, is taken back
    LATER = "later"  # nobody is to be asked before a moment


@dataclass(frozen=True, slots=True)
class Part:
    """An invoice a decision is about: minor units booked on it, and what of it is let go besides."""

    item: int
    amount: int
    lets_go: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; decisions about a line count in the order in which they were taken."""

    verdict: Verdict
    parts: tuple[Part, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What all decisions about one line come to."""

    booked: tuple[Part, ...] | None = None
    """What it pays, as a person said; None: the law of matching says."""
    aside: bool = False
    """A person said that what is not booked of it pays no invoice."""
    refused: frozenset[frozenset[int]] = field(default_factory=frozenset)
    ask_from: datetime | None = None


def sum_up(decisions: Iterable[Decision]) -> Said:
    """What the decisions about a line come to, in the order in which they were taken.

    Taking back what a person decided gives the line to the law again; taking back what the law booked refuses it.
    """
    said = Said()
    for one in decisions:
        items = frozenset(part.item for part in one.parts)
        match one.verdict:
            case Verdict.BOOK:
                said = replace(said, booked=one.parts, aside=False)
            case Verdict.ASIDE:
                said = replace(said, booked=one.parts, aside=True)
            case Verdict.LATER:
                said = replace(said, ask_from=one.until)
            case Verdict.UNDO if said.booked is not None:
                said = replace(said, booked=None, aside=False)
            case Verdict.REFUSE | Verdict.UNDO:
                said = replace(said, refused=said.refused | ({items} if items else frozenset()))
    return said
