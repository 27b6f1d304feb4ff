"""A calculation a person can check by hand: every segment with its days, rate and base, adding up to the total."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Flag(StrEnum):
    """What a person must know about a figure."""

    RATE_MISSING = "rate_missing"  # a half-year has no known rate: interest is reserved from there on
    BELOW_FLOOR = "below_floor"  # the agreed rate is below the legal floor
    NOT_CLAIMABLE = "not_claimable"  # the law gives nothing here, or its row is not confirmed
    NEEDS_NOTICE = "needs_notice"  # nothing runs before the formal notice or the free reminder
    NEEDS_TERMS = "needs_terms"  # nothing runs without an agreed term
    STOPPED = "stopped"  # interest stopped on a judgment or a grace period


@dataclass(frozen=True, slots=True)
class Segment:
    """`days` days from `start` to `end`, both inclusive, at `rate` percent a year on `principal` minor units."""

    start: date
    end: date
    days: int
    rate: Decimal
    principal: int
    interest: int
    """Minor units; the segments add up to the total."""
    year: int = 365
    """Days a year counts: interest = principal × rate × days ÷ (100 × year)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What may be claimed besides the principal, as at `until` (inclusive)."""

    currency: str
    until: date
    interest: int | None
    """Minor units; None: nothing can be stated (see `flags`), which is not zero."""
    flat: int | None
    """The flat sum; None: the law gives none."""
    segments: tuple[Segment, ...]
    basis: str
    """In words: formula, day count, rounding, articles."""
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()
    """A sentence for each flag."""
    known_until: date | None = None
    """Where a rate is missing: the last day `segments` cover without a gap; None where not even the first is known."""
    known_part: int | None = None
    """The interest up to `known_until`, shown apart; `interest` is then None, because the whole cannot be stated."""
    open: int = 0
    """What is left of the principal at the end of `until`, minor units."""
