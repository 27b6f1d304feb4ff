"""A ladder: the steps a policy climbs, one after the other, never skipping, never in a burst (design 4.1)."""

from dataclasses import dataclass
from enum import StrEnum

from policies.facts import DebtorKind
from policies.ladder_measure import LadderMeasure
from policies.law.contact_rules import Cap
from policies.season import Season
from policies.step import Accessories, ApprovalRule, Step

__all__ = ["ApprovalRule", "Entry", "Ladder", "Season", "Step"]


class Entry(StrEnum):
    """How a case enters that is late already when it is opened (an import, an outage)."""

    FROM_START = "from_start"  # at the first step not yet done
    SOFT_LANDING = "soft_landing"  # first a courteous position of the account, then on with the gaps


@dataclass(frozen=True, slots=True)
class Ladder:
    """A policy as loaded: `hash` is the SHA-256 of the file's bytes, which a case keeps (design 4.9)."""

    id: str
    title: str
    hash: str
    steps: tuple[Step, ...]
    seasons: tuple[Season, ...] = ()
    """When steps that keep out of them do not leave, and their deadlines do not fall."""
    quiet: tuple[Season, ...] = ()
    """When nothing leaves at all: the creditor's own holidays."""
    spread: int = 0
    """Minutes after opening over which customers are spread, each always at the same one of them."""
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
    call_attempts: int = 0
    """Calls that reach nobody after which the step is passed over; 0: it is tried until a person says otherwise."""
    ask_at_end_after: int = 0
    """Days of rest between the last contact and the question what becomes of a case whose ladder is at its end."""

    promise_grace: int = 0
    """Bank days after a promised day before the money is missed: it may have left the customer on that day."""
    no_rest_after_broken_promise: bool = False
    """Whether the step after a broken promise leaves without its gap, once the days to pay that were given are over."""

    country: str = ""
    """The jurisdiction it is written for (`FR`, `UK-EW`); empty: any."""
    kinds: frozenset[DebtorKind] = frozenset()
    """The kinds of debtor it is written for; empty: any."""
    entry: Entry = Entry.FROM_START
    entry_after: int = 30
    """Days late at opening from which `entry` counts."""
    accessories: Accessories = Accessories.NEVER
    """What becomes of interest and the flat sum once the principal is paid, and the most any step may do about them."""
    flat_sum: bool = False
    """Whether the law's flat sum is claimed with the interest."""
    caps: tuple[Cap, ...] = ()
    """Contacts allowed in a number of days, besides those of the law; the stricter counts."""
    measures: tuple[LadderMeasure, ...] = ()
    """Commercial measures it proposes; a manager decides each."""
    after_judgment: bool = False
    """Whether it is for what arose after a judgment that opened insolvency proceedings, and speaks to the administrator alone."""
    limitation_warnings: tuple[int, ...] = (90, 30)
    """Days before a claim dies on which a person is asked."""

    def step(self, id: str) -> Step | None:
        """The step called `id`, or None."""
        return next((step for step in self.steps if step.id == id), None)
