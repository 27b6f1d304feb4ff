"""What may be chosen where a payment, dated before a step of ours, was learned of after it; and what follows from it."""

from dataclasses import dataclass
from enum import StrEnum

from policies.choice import Choice


class Repair(StrEnum):
    """What a person decides about steps that should not have been taken."""

    ALL = "repair"
    QUIETLY = "quietly"
    APOLOGY = "apologise"
    LEAVE = "leave"


CORRECTION_CHOICES: tuple[Choice, ...] = (
    Choice(Repair.ALL.value, "Put it right: apologise, claim no interest and no flat sum"),
    Choice(Repair.APOLOGY.value, "Apologise; interest and flat sums stay as they are"),
    Choice(Repair.QUIETLY.value, "Claim no interest and no flat sum; write nothing"),
    Choice(Repair.LEAVE.value, "Leave it as it is", needs=frozenset({"note"})),
)


@dataclass(frozen=True, slots=True)
class CorrectionDecided:
    """What becomes of the steps shown; `why` in a person's words."""

    repair: Repair
    why: str

    @property
    def apologises(self) -> bool:
        """Whether the customer reads that it was our mistake, or that it crossed."""
        return self.repair in (Repair.ALL, Repair.APOLOGY)

    @property
    def waives(self) -> bool:
        """Whether nothing beside the principal is claimed for it any more."""
        return self.repair in (Repair.ALL, Repair.QUIETLY)
