"""What people do while a world is played."""

from dataclasses import dataclass
from datetime import date as day

from policies.law.limitation_rules import Interruption
from policies.play.events import Event
from policies.questions import QuestionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """A person answers the question that is open (of `kind`, where several are)."""

    choice: str
    kind: QuestionKind | None = None
    date: str = ""
    email: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Event):
    """A person says to go on without the step an invoice has reached."""

    invoice: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDone(Event):
    """An act that may give a claim a new life."""

    invoice: str
    on: day
    kind: Interruption


@dataclass(frozen=True, slots=True, kw_only=True)
class Switched(Event):
    """The creditor switches collecting off, or on again."""

    off: bool
