"""One rung of a ladder."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from policies.condition import Condition
from policies.questions import QuestionKind
from policies.roles import Role
from policies.stages import Channel, Stage


class ApprovalRule(StrEnum):
    """Whether a person must agree before a step's message leaves."""

    NEVER = "never"
    ALWAYS = "always"
    ABOVE = "above"  # above the limit: a question of its own; under it: the creditor's daily review


class CountedFrom(StrEnum):
    """What a step's offset is counted from."""

    DUE = "due"
    MONTH_END = "month_end"  # the last day of the month the due date lies in
    PREVIOUS = "previous"  # the day the step before it was done


class Accessories(StrEnum):
    """What is done about interest and the flat sum (design 4.4)."""

    NEVER = "never"
    MENTION = "mention"  # said to be reserved, with the law; no figure
    CLAIM = "claim"  # stated with their calculation and asked for


@dataclass(frozen=True, slots=True)
class Repeat:
    """A step that comes again: `every` so many days after its last time, at most `most` times in all."""

    every: int
    most: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours and days (Monday = 0) of the debtor's time zone in which a step may leave, instead of the ladder's."""

    send_from: int
    send_until: int
    send_days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Step:
    """One rung. Offsets and gaps are inclusive days; amounts are minor units by currency."""

    id: str
    stage: Stage
    offset: int
    """Earliest day, counted from `after` (negative: before it)."""
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
    second_signature_above: Mapping[str, int] | None = None
    """Sum of the invoices asked about above which two people agree; None: one is enough."""
    asks: QuestionKind | None = None
    """What a person is asked once the effect is confirmed; the step is done when it is answered."""
    pay_within: int | None = None
    """Days the debtor is given to pay, counted from the day the message leaves."""
    copies: bool = False
    """Whether copies of the invoices go with it."""
    keeps_out_of_seasons: bool = False
    """Neither the message nor its deadline may fall in the ladder's closed seasons."""
    after: CountedFrom = CountedFrom.DUE
    only_if: Condition | None = None
    """Further conditions, besides `only_above`."""
    repeat: Repeat | None = None
    """None: once."""
    hours: Hours | None = None
    """None: the ladder's."""
    claims: Accessories = Accessories.NEVER
    """How its message treats interest and the flat sum; never more than the ladder allows."""
    text: str = ""
    """The template, where it is not the stage's own (`statement`, `free_reminder`)."""

    recipient: Role | None = None
    """Who at the customer it is for; None: the role of its stage."""

    @property
    def times(self) -> int:
        """How often it comes at most."""
        return 1 if self.repeat is None else self.repeat.most
