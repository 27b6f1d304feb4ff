"""Facts a case is made of: who owes, which steps are behind, what holds it, what was set in motion."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.agreement import Agreement
from policies.questions import QuestionKind
from policies.stages import Channel


class DebtorKind(StrEnum):
    """Who owes: the law differs for each."""

    BUSINESS = "business"
    CONSUMER = "consumer"
    PUBLIC = "public"
    ASSOCIATION = "association"


class DoneHow(StrEnum):
    """How a step came to be behind us."""

    CONFIRMED = "confirmed"  # its effect was confirmed: the only one, with ELSEWHERE, that counts as a contact
    ELSEWHERE = "elsewhere"  # recorded at import as done before us
    SKIPPED = "skipped"  # a person said to go on without it
    LAPSED = "lapsed"  # its time had passed
    PASSED_OVER = "passed_over"  # its condition was false, or no channel could carry it


@dataclass(frozen=True, slots=True)
class StepDone:
    """One occurrence of a step that is behind us."""

    step: str
    on: date
    """The day it was done, in the debtor's time zone."""
    how: DoneHow
    occurrence: int = 1
    """Counted from 1: a step that repeats is behind us once for each time."""

    @property
    def is_contact(self) -> bool:
        """Whether the customer heard from us: only then does the next step keep its gap from it."""
        return self.how in (DoneHow.CONFIRMED, DoneHow.ELSEWHERE)


class HoldKind(StrEnum):
    """Why nothing may leave (design 4.7)."""

    DISPUTE = "dispute"
    PROMISE = "promise"
    PLAN = "plan"
    INSOLVENCY = "insolvency"
    DEATH = "death"
    OVER_INDEBTEDNESS = "over_indebtedness"  # the file of a consumer was admitted
    COMPLAINT = "complaint"
    OPT_OUT = "opt_out"
    UNREAD_REPLY = "unread_reply"
    IN_FLIGHT = "in_flight"  # direct debit, bill of exchange, cheque, or a payment the debtor says is on its way
    CALL_BACK = "call_back"  # a call that must be tried again
    COURT = "court"  # a court, or an officer before it, has the claim: it is asked for there
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class DatedAmount:
    """Money agreed for a day, or come on it: minor units of the case's currency."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason not to act. `until` is the last day held, in the debtor's time zone; None: until `owner` ends it.
    What each kind stops, and how it ends, is its law (`policies.hold_laws`).
    """

    kind: HoldKind
    reason: str
    since: date
    until: date | None
    owner: str
    must_answer: bool = False
    """A person stopped the run in the UI: its owner is asked to resume, withdraw or write off."""
    channels: frozenset[Channel] = frozenset()
    """Opt-out: the channels the customer does not want; empty: all by which we write."""
    instalments: tuple[DatedAmount, ...] = ()
    """Promise or plan: what was agreed, in the order of its days; empty: everything on `until`."""
    receipts: tuple[DatedAmount, ...] = ()
    """Promise or plan: what came in since, by value date."""
    number: int = 0  # in the books; 0 outside them
    interest_until: date | None = None
    """Plan: the last day that earns interest, where that was agreed or granted; None: interest runs on."""
    agreement: Agreement | None = None
    """What was agreed beside the days; None: the hold stands for itself."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person decided about a step: an accepted answer that still stands (its draft is not voided)."""

    step: str
    kind: QuestionKind
    on: date
    occurrence: int = 1


@dataclass(frozen=True, slots=True)
class Contact:
    """One time the debtor heard from us, for whichever of its invoices (design 4.11)."""

    on: date
    """The debtor's day."""
    channel: Channel
    conversation: bool = False
    """A call in which somebody was spoken to."""
    ours: bool = True
    """False: the debtor called. No cap counts it; it is a conversation all the same."""
