"""What was played: every act with its reason, every question, every step gone past, and how each item ended."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from policies.decisions import Because, Decision, Outcome
from policies.facts import DoneHow
from policies.play.remarks import RemarkPlayed
from policies.questions import QuestionKind
from policies.stages import Channel, Stage


class Left(StrEnum):
    """What became of an attempt to send."""

    YES = "left"
    REFUSED_FOR_NOW = "refused for now"
    REFUSED = "refused"
    MAYBE = "may have left"


@dataclass(frozen=True, slots=True)
class StepTaken:
    """The step of one item that an act carried out."""

    item: str
    step: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class ActPlayed:
    """One message, call or file. `demanded` is what it asks for in all, in minor units."""

    at: datetime
    on: date
    """The debtor's day."""
    debtor: str
    stage: Stage
    step: str
    """That of the hardest item, which the message is written for."""
    channels: tuple[Channel, ...]
    taken: tuple[StepTaken, ...]
    """Whose step it was, oldest first."""
    besides: tuple[str, ...]
    """Items it also asks for, though it is not their step."""
    demanded: int
    currency: str
    because: Because
    left: Left = Left.YES
    interest: int | None = None
    flat: int | None = None
    """What is claimed besides; None: nothing, or it is reserved in words."""

    @property
    def items(self) -> tuple[str, ...]:
        """The items whose step it was."""
        return tuple(one.item for one in self.taken)


@dataclass(frozen=True, slots=True)
class QuestionPlayed:
    """A question a person was asked, and the choice that answered it (empty: none did)."""

    at: datetime
    on: date
    debtor: str
    kind: QuestionKind
    step: str
    stage: Stage | None
    items: tuple[str, ...]
    because: Because
    choice: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class PassedPlayed:
    """A step an item went past without contact."""

    item: str
    debtor: str
    step: str
    how: DoneHow
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Ending:
    """Where an item stands when the play is over; `outcome` None: still open, or never chased."""

    item: str
    debtor: str
    outcome: Outcome | None
    on: date | None
    open: int
    """Principal left, in minor units."""
    steps: tuple[str, ...]
    """Steps behind it that were contacts, in order."""
    decision: Decision | None
    """The last decision, with its reason; None: no case was ever opened."""
    ladder: str = ""
    """The policy it climbed; empty: no case was opened."""


@dataclass(frozen=True, slots=True)
class Played:
    """Everything that was played, in the order of its moments."""

    acts: tuple[ActPlayed, ...]
    questions: tuple[QuestionPlayed, ...]
    passed: tuple[PassedPlayed, ...]
    endings: tuple[Ending, ...]
    remarks: tuple[RemarkPlayed, ...] = ()
