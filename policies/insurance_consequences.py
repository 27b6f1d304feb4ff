"""What follows from what a person says about the credit insurer."""

from dataclasses import dataclass
from datetime import date

from policies.insurer_consent import ConsentState


@dataclass(frozen=True, slots=True)
class ConsentAnswered:
    """A person says what the insurer answered, on which day and under which reference."""

    state: ConsentState
    on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class ClaimAnswered:
    """A person says whether the claim leaves."""

    file: bool
    words: str


InsuranceConsequence = ConsentAnswered | ClaimAnswered
