"""What is known about one overdue invoice at the moment a decision is taken: a frozen snapshot of facts."""

from dataclasses import dataclass
from datetime import UTC, date

from policies.bank_position import BankPosition
from policies.calendar import Calendar
from policies.dispute import Dispute
from policies.effects import EffectFact, EffectState
from policies.facts import Agreed, Contact, DatedAmount, DebtorKind, DoneHow, Hold, HoldKind, StepDone
from policies.insured_case import InsuredCase
from policies.law.rules import KindLaw
from policies.live_room import LiveRoom
from policies.payer import Payer
from policies.possible_payment import PossiblePayment
from policies.stages import Channel, Stage

__all__ = [
    "Agreed", "Calendar", "Case", "Contact", "DatedAmount", "DebtorKind", "DoneHow", "EffectFact", "EffectState", "Hold",
    "HoldKind", "PossiblePayment", "StepDone",
]  # fmt: skip


UTC_DAYS = Calendar(zone=UTC)
"""The days of somebody whose place is not known."""


@dataclass(frozen=True, slots=True)
class Case:
    """One due item of one customer, with everything `decide` may look at. Amounts in minor units of `currency`."""

    id: int
    invoice: str
    customer: int
    customer_name: str
    kind: DebtorKind
    country: str | None
    currency: str
    due: date
    original: int
    """Amount invoiced."""
    principal: int
    """What is still open of it and may be demanded: what is disputed is not in it."""
    paid: int = 0
    credited: int = 0
    customer_overdue: int = 0
    """Open principal of all overdue items of this customer in this currency: thresholds are tested on it."""
    calendar: Calendar = UTC_DAYS
    reach: frozenset[Channel] = frozenset()
    """Channels that can carry a message now: address known, consent given, not dead, credentials present."""
    done: tuple[StepDone, ...] = ()
    holds: tuple[Hold, ...] = ()
    effects: tuple[EffectFact, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    asked: frozenset[str] = frozenset()
    """Steps about which a person is being asked now."""
    written_off: str | None = None
    """The reason a person gave, when written off."""
    withdrawn: str | None = None
    """The reason a person gave, when withdrawn."""
    switched_off: bool = False
    """The creditor has switched collecting off."""
    harder: Stage | None = None
    """The hardest stage open for another invoice of this customer and currency: gentler messages wait."""
    harder_until: date | None = None
    """Last day that harder stage stays open by its deadline; None while a question or an effect keeps it open."""
    issued: date | None = None
    """The day of the invoice; None: not known."""
    region: str = ""
    """Part of the country with holidays or a law of its own (`QC`, `SCT`, `57`); empty: the whole."""
    law: KindLaw | None = None
    """The law of the debtor's country for its kind; None: none is known, and nothing that needs one is done."""
    anchor: date | None = None
    """Replaces the due date where a policy migration re-anchored the case (design 4.9)."""
    opened_on: date | None = None
    """The debtor's day the case was opened; None: on time."""
    overdue_invoices: int = 0
    """How many items of this customer are overdue in this currency."""
    payer: Payer | None = None
    """How the customer pays; None: not scored (consumers, or nobody asked)."""
    first_lateness: bool = False
    """It is, or would be, the first late item in twelve months of a customer about whom enough is known."""
    contacts: tuple[Contact, ...] = ()
    """Every contact with the debtor over all its invoices, as far back as any cap looks."""
    dies_on: date | None = None
    """Last day the claim can be brought to court (`policies.limitation`); None: not known."""
    limitation_seen: frozenset[int] = frozenset()
    """Warnings (days before the last day) a person has answered."""
    bank: BankPosition | None = None
    """How far the creditor's bank files reach; None: he has none, and the ledger's own exports say what is paid."""
    live_room: LiveRoom | None = None
    """Room for messages on one of the creditor's first days of sending in earnest; None: nothing is limited."""
    letter_until: date | None = None
    """Last day of the longest delay that ran from what became of a letter (`policies.letter_outcome`); None: no such delay."""
    broken_on: date | None = None
    """The first day after a promise about it was broken, or kept only in part; None: none was."""
    may_be_paid: tuple[PossiblePayment, ...] = ()
    """Money that has come and may be for it; what is proposed first."""
    dispute: Dispute | None = None
    """The dispute about it that is not decided, or whose credit note is awaited."""
    set_aside: int = 0
    """What is open besides `principal`, and not demanded for now because it is disputed (`policies.dispute`)."""
    insured: InsuredCase | None = None  # None: the creditor has no credit insurance

    given_up: int = 0  # of it, in part, and still not paid: not in `principal`

    @property
    def anchor_day(self) -> date:
        """The day offsets are counted from."""
        return self.anchor or self.due

    @property
    def open(self) -> int:
        """What is still open of it, disputed or not."""
        return self.principal + self.set_aside

    @property
    def disputed(self) -> bool:
        """Whether it is contested in whole or in part: some ways to a court are closed to a claim that is."""
        return self.set_aside > 0 or any(hold.kind is HoldKind.DISPUTE for hold in self.holds)
