"""One decision a person may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible decision. Fields it neither needs nor uses must stay empty, but for the note."""

    code: str
    sentence: str
    needs: frozenset[str] = frozenset()
    """Form fields that must be filled in."""
    uses: frozenset[str] = frozenset()
    """Form fields that may be filled in."""
