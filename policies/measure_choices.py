"""What a manager may decide about a proposed measure, and what follows."""

from dataclasses import dataclass
from datetime import date

from policies.choice import Choice

TAKE, REFUSE = "take", "refuse"

MEASURE_CHOICES: tuple[Choice, ...] = (
    Choice(TAKE, "Take this measure", uses=frozenset({"date"})),
    Choice(REFUSE, "Do not take it", needs=frozenset({"note"})),
)


@dataclass(frozen=True, slots=True)
class MeasureTaken:
    """The measure stands. `clause` replaces the one proposed where it says something; looked at again on `review_on`."""

    clause: str
    review_on: date | None


@dataclass(frozen=True, slots=True)
class MeasureRefused:
    """It is not taken, for this reason."""

    reason: str


MeasureConsequence = MeasureTaken | MeasureRefused
