"""What follows from the answer about a deadline."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DeadlineAnswered:
    """A person has said how a deadline stands: done on a day, known, or no longer of importance."""

    how: str
    on: date | None = None
    """The day on which it was done."""
    words: str = ""
