"""What follows from an answer about a mediation."""

from dataclasses import dataclass
from datetime import date

from policies.mediation import MediationOutcome


@dataclass(frozen=True, slots=True)
class NameNobody:
    """A proposal of mediation names nobody: the mediator is chosen by both sides."""


@dataclass(frozen=True, slots=True)
class MediationDecided:
    """What became of it; `outcome` None: it goes on, and is asked about again on `on`."""

    outcome: MediationOutcome | None
    terms: str = ""
    """A plan: `2026-05-01=500.00; 2026-06-01=250.00`. A part given up: its amount, `150.00`."""
    on: date | None = None
