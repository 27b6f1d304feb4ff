"""A ladder: the steps a policy climbs, one after the other, never skipping, never in a burst (design 4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.questions import QuestionKind
from policies.stages import Channel, Stage


class ApprovalRule(StrEnum):
    """Whether a person must agree before a step's message leaves."""

    NEVER = "never"
    ALWAYS = "always"
    ABOVE = "above"  # above the limit: a question of its own; under it: the creditor's daily review


@dataclass(frozen=True, slots=True)
class Step:
    """One rung. Offsets and gaps are inclusive days; amounts are minor units by currency."""

    id: str
    stage: Stage
    offset: int
    """Earliest day, counted from the due date (negative: before it)."""
    gap: int
    """Least number of days since the last contact."""
    channels: tuple[Channel, ...]
    """Tried in order: the first that can be reached carries the step."""
    also: tuple[Channel, ...] = ()
    """Carried besides, where reachable; never holds the step up."""
    lapse_after: int | None = None
    """Last day, counted from the due date, on which the step still makes sense; after it the step lapses."""
    only_above: Mapping[str, int] | None = None
    """Condition: the customer's overdue total is above this; a currency that is not listed fails it."""
    approval: ApprovalRule = ApprovalRule.NEVER
    approval_above: Mapping[str, int] | None = None
    asks: QuestionKind | None = None
    """What a person is asked once the effect is confirmed; the step is done when it is answered."""
    pay_within: int | None = None
    """Days the debtor is given to pay, counted from the day the message leaves."""
    copies: bool = False
    """Whether copies of the invoices go with it."""
    keeps_out_of_seasons: bool = False
    """Neither the message nor its deadline may fall in the ladder's closed seasons."""


@dataclass(frozen=True, slots=True)
class Season:
    """A yearly closed season, first and last day inclusive, as (month, day); may run over the new year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def holds(self, day: date) -> bool:
        """Whether `day` falls in the season."""
        mark = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= mark <= self.last
        return mark >= self.first or mark <= self.last


@dataclass(frozen=True, slots=True)
class Ladder:
    """A policy as loaded: `hash` is the SHA-256 of the file's bytes, which a case keeps (design 4.9)."""

    id: str
    title: str
    hash: str
    steps: tuple[Step, ...]
    seasons: tuple[Season, ...] = ()
    send_from: int = 9
    """First hour of the day, in the debtor's time zone, at which anything leaves."""
    send_until: int = 18
    """Hour at which sending stops for the day."""
    send_days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    """Days on which anything leaves, Monday = 0."""
    valid_days: int = 7
    """Days an approval stays good."""
    retry_minutes: tuple[int, ...] = (1, 5, 15, 60, 240)
    """Rest after each temporary refusal; the last one repeats."""
    call_again_days: int = 2
    """Days before a call without an answer is tried again."""
    ask_at_end_after: int = 0
    """Days of rest between the last contact and the question what becomes of a case whose ladder is at its end."""

    def step(self, id: str) -> Step | None:
        """The step called `id`, or None."""
        return next((step for step in self.steps if step.id == id), None)
