"""What a question is about, before it is put into words, and where a case stands to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from policies.decisions import Ask, Decision
from policies.fingerprint import fingerprint
from policies.ladder import Step
from policies.message import MessageFacts
from policies.questions import QuestionKind
from policies.what_changed import Changed, Shown
from storage.call_numbers import Number
from storage.call_record import CallMade
from storage.dossier import Dossier

GATHERED = frozenset({QuestionKind.DAILY_REVIEW})
"""Kinds that are collected through the day and asked as one question of the creditor."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about, for whoever puts it into words."""

    kind: QuestionKind
    step: Step | None
    members: tuple[Dossier, ...]
    """The cases it covers, oldest invoice first: the first one leads."""
    facts: MessageFacts | None
    """What the message under approval says; None when nothing is to be sent."""
    draft_text: str
    recipient: str
    because: str
    as_of: datetime
    occurrence: int = 1
    """Which time of the step it is about."""
    changed: tuple[Changed, ...] = ()
    """What is different from the question it takes the place of."""
    calls: tuple[CallMade, ...] = ()
    """The latest calls with the customer, the latest first."""
    numbers: tuple[Number, ...] = ()
    """Where it can be called, the first choice first."""
    against: str = ""
    """Why the agency may not be given the file, whatever is answered; empty: nothing stands against it."""

    @property
    def amount(self) -> int:
        """Open principal of the covered cases, in minor units."""
        return sum(one.case.principal for one in self.members)


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in words: the title names runs and lists, the shown facts stand in every choice."""

    title: str
    description: str
    shown_facts: str
    offers: tuple[str, ...] = ()
    """Sentences of choices of its own."""


Describe = Callable[[Subject], Wording]


@dataclass(frozen=True, slots=True)
class Lead:
    """This case leads: its run is suspended with the form of `question`."""

    question: int


@dataclass(frozen=True, slots=True)
class Follow:
    """Another case leads, or the question is gathered for the daily review: this one waits for the answer."""

    leader: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Again:
    """The picture changed, or another run of the customer is at it: decide anew, at once or in half a minute."""

    soon: bool


def alike(dossiers: Mapping[int, Dossier], decisions: Mapping[int, Decision], ask: Ask) -> tuple[Dossier, ...]:
    """The debtor's cases that must ask the same, oldest invoice first."""

    def same(other: Decision) -> bool:
        return isinstance(other, Ask) and (other.question, other.step) == (ask.question, ask.step)

    members = [dossiers[id] for id, other in decisions.items() if same(other)]
    return tuple(sorted(members, key=lambda one: (one.case.due, one.case.id)))


def comes_first(theirs: Decision | None, ask: Ask) -> bool:
    """Whether an open question is another ladder's of the same stage, and its leading case still asks it.

    Two steps of one stage cannot share a letter. Were each to replace the other's question, neither would be answered.
    """
    if not isinstance(theirs, Ask) or theirs.step is None or ask.step is None:
        return False
    return (theirs.question, theirs.step.stage) == (ask.question, ask.step.stage) and theirs.step != ask.step


def shown_of(subject: Subject) -> Shown:
    """What the question shows, to say later what has changed."""
    invoices = {one.case.invoice: one.case.principal for one in subject.members}
    text = fingerprint([subject.draft_text]) if subject.draft_text else ""
    return Shown(invoices, subject.recipient, subject.members[0].ladder.hash, text)


def routes_of(subject: Subject) -> tuple[str, ...]:
    """The ways to court it offers, that of the draft first."""
    court = None if subject.facts is None else subject.facts.court
    return () if court is None else tuple(one.route.id for one in court.ways)


def content_of(subject: Subject) -> str:
    """The fingerprint of what the question shows: not of the attempt, nor of the day it is asked."""
    lines = [f"{one.case.invoice}={one.case.principal}={one.case.due}={one.case.kind}" for one in subject.members]
    step = subject.step.id if subject.step else ""
    return fingerprint(
        [subject.kind.value, step, subject.members[0].ladder.hash, subject.recipient, *lines, *routes_of(subject)]
    )
