"""A mediation: who asked for it, and what became of it.

That it took place and failed may be stated to anybody; what was said in it may not (law 95-125 of 8 February 1995, art. 21-3).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class StartedBy(StrEnum):
    """Who asked for it."""

    LADDER = "ladder"  # a step of the ladder proposed it
    PERSON = "person"  # somebody of ours proposed it
    CUSTOMER = "customer"  # the customer turned to a mediator


class MediationState(StrEnum):
    """Where it stands."""

    DRAFTED = "drafted"  # written down with a message that has not left
    PROPOSED = "proposed"  # the other side was asked
    UNDER_WAY = "under_way"
    ENDED = "ended"


class MediationOutcome(StrEnum):
    """What became of it."""

    PLAN = "plan"  # agreed: paid in parts
    CREDIT = "credit"  # agreed: a part of it is given up
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    FAILED = "failed"  # it took place, and nothing was agreed
    TAKEN_BACK = "taken_back"  # paid meanwhile, or started by mistake


AGREED = frozenset({MediationOutcome.PLAN, MediationOutcome.CREDIT})
FAILED = frozenset({MediationOutcome.REFUSED, MediationOutcome.NO_ANSWER, MediationOutcome.FAILED})
"""Outcomes after which an attempt to agree was made, and did not lead to an agreement."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """That an attempt to agree took place, and its result: everything a file handed over may say of it."""

    number: int
    cases: tuple[int, ...]
    """The cases it concerned, of those asked about."""
    route: str
    """The route of the law file, such as `conciliation`; `mediator` where it is none of them."""
    mediator: str
    """Who was named as mediator; empty: to be chosen together."""
    started_by: StartedBy
    proposed_on: date
    """The debtor's day on which the other side was asked, or on which the customer asked."""
    compulsory: str
    """The article that wants an attempt before a court is asked (`art. 750-1 CPC`); empty: none does."""
    ended_on: date | None = None
    outcome: MediationOutcome | None = None
    """None: it is not over."""

    @property
    def failed(self) -> bool:
        """Whether it is over without an agreement: what a court that wants an attempt first asks for."""
        return self.outcome in FAILED
