"""Decisions as values. Each says why (`because`) and which steps it went past on its way (`passed`)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from policies.case import DoneHow
from policies.ladder import Step
from policies.questions import QuestionKind
from policies.reason import Reason
from policies.stages import Channel

__all__ = ["Act", "Ask", "Because", "Close", "Decision", "Outcome", "Passed", "Reason", "Wait"]


@dataclass(frozen=True, slots=True)
class Because:
    """A reason code with its facts (dates, amounts, names) as text, ready for the journal."""

    code: Reason
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """A step the ladder went past without contact: lapsed or passed over, with the reason in words."""

    step: str
    how: DoneHow
    on: date
    why: str
    occurrence: int = 1
    """Which time of the step; a step gone past is over as a whole."""


class Outcome(StrEnum):
    """How a case ends."""

    PAID = "paid"
    CREDITED = "credited"
    WRITTEN_OFF = "written_off"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Wait:
    """Do nothing before `until` (aware UTC, whole seconds); None: until a fact arrives. `next_step` is what then comes."""

    until: datetime | None
    because: Because
    next_step: Step | None = None
    occurrence: int = 1
    """Which time of `next_step` it is, counted from 1."""
    passed: tuple[Passed, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Act:
    """Carry out `step` now through `channel`, and through the `also` channels that can be reached."""

    step: Step
    channel: Channel
    because: Because
    also: tuple[Channel, ...] = ()
    occurrence: int = 1
    """Which time of the step it is, counted from 1."""
    passed: tuple[Passed, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Ask:
    """Stop and ask a person; `step` is the step it is about (None: the case as a whole)."""

    question: QuestionKind
    step: Step | None
    because: Because
    occurrence: int = 1
    """Which time of the step it is, counted from 1."""
    passed: tuple[Passed, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Close:
    """The case is at its end."""

    outcome: Outcome
    because: Because
    passed: tuple[Passed, ...] = field(default=())


Decision = Wait | Act | Ask | Close
