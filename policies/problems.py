"""Findings about bad input, as values: a file with forty mistakes reports forty problems."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person must mend, with the place where it stands."""

    source: str
    """File or form the input came from."""
    line: int | None
    """Line in the source, counted from 1; None where lines mean nothing."""
    field: str
    """Column, key or form field."""
    reason: str
    """A sentence saying what is wrong and what would be right."""

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{place}: {self.field}: {self.reason}" if self.field else f"{place}: {self.reason}"
