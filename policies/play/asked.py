"""A question that is open, one per customer, currency and stage (design 4.11), and an agreement that came of one."""

from dataclasses import dataclass
from datetime import date, datetime

from policies.decisions import Ask
from policies.facts import Agreed
from policies.questions import QuestionKind
from policies.stages import Channel, Stage


@dataclass(slots=True, eq=False)
class Asked:
    """What was asked of a person, and what was shown."""

    number: int
    at: datetime
    on: date
    ask: Ask
    currency: str
    shown: tuple[tuple[int, int], ...]
    """The items it covers with their principal, oldest first: the first one leads."""
    channel: Channel | None
    """Where the draft would go."""
    choice: str = ""
    answered_on: date | None = None

    @property
    def kind(self) -> QuestionKind:
        """What is asked."""
        return self.ask.question

    @property
    def stage(self) -> Stage | None:
        """The stage it is about; None: the case as a whole."""
        return None if self.ask.step is None else self.ask.step.stage


@dataclass(frozen=True, slots=True)
class Approval:
    """An agreement to a draft, with what was shown (design 4.8)."""

    agreed: Agreed
    principal: int
    written_on: date
    channel: Channel | None
    question: int
