"""The answer of matching for one bank line, as a value."""

from dataclasses import dataclass

from policies.matching.reasons import Doubt, Gap, Reason, Sureness, Witness


@dataclass(frozen=True, slots=True)
class Share:
    """What of the line goes to an item: minor units; negative for a credit note that is netted."""

    item: int
    amount: int


@dataclass(frozen=True, slots=True)
class Remainder:
    """What stays open of an item, and what it looks like. Minor units. `closes`: a sure match lets it go."""

    item: int
    gap: Gap
    amount: int
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Because:
    """Why: the reason, what speaks for it, what against, and the words of the line that were recognised."""

    reason: Reason
    witnesses: tuple[Witness, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    recognised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the line, for the person who is asked."""

    shares: tuple[Share, ...]
    why: Because


@dataclass(frozen=True, slots=True)
class Match:
    """What a bank line pays. Sums of `shares` never exceed the line, nor a share what was open of its item."""

    line: str
    sureness: Sureness
    why: Because
    shares: tuple[Share, ...] = ()
    named: frozenset[int] = frozenset()
    """The items as settlement reads them: for a sure match, `policies.settlement.Line.names`."""
    remains: tuple[Remainder, ...] = ()
    unused: int = 0
    """Money of the line no item takes: an overpayment, a credit balance of the customer. Minor units."""
    alternatives: tuple[Alternative, ...] = ()
    could_settle: frozenset[int] = frozenset()
    """Items the line might pay while nobody has said so: no accusing act for them meanwhile."""
