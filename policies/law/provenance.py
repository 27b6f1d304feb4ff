"""Where a legal value comes from, how sure it is, and until when it may be used."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Confidence(StrEnum):
    """How well a value is supported."""

    HIGH = "H"  # read in primary text, or matched by two independent pages
    MEDIUM = "M"  # read in one secondary page
    LOW = "L"  # not confirmed: refused unless the user confirms it
    GAP = "GAP"  # not found: refused unless the user states it


@dataclass(frozen=True, slots=True)
class Provenance:
    """The source of a value: article or page, the day it was read, its confidence and its last day."""

    source: str
    as_of: date | None
    confidence: Confidence
    valid_to: date | None = None
    """Last day the value may be used without a fresh look; None: until the law changes."""
    confirmed_by: str = ""
    """The user's own file that confirms it; empty: only the pack says so."""

    @property
    def usable(self) -> bool:
        """Whether it may be used at all: well enough supported, or confirmed by the user."""
        return bool(self.confirmed_by) or self.confidence in (Confidence.HIGH, Confidence.MEDIUM)
