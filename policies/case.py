"""What is known about one overdue invoice at the moment a decision is taken: a frozen snapshot of facts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from policies.effects import EffectFact, EffectState
from policies.facts import Agreed, Contact, DatedAmount, DebtorKind, DoneHow, Hold, HoldKind, StepDone
from policies.law.rules import KindLaw
from policies.payer import Payer
from policies.stages import Channel, Stage

__all__ = [
    "Agreed",
    "Calendar",
    "Case",
    "Contact",
    "DatedAmount",
    "DebtorKind",
    "DoneHow",
    "EffectFact",
    "EffectState",
    "Hold",
    "HoldKind",
    "StepDone",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calendar:
    """The debtor's days: time zone and public holidays, given as values."""

    zone: tzinfo
    holidays: frozenset[date] = frozenset()

    def day(self, moment: datetime) -> date:
        """The debtor's calendar day at `moment` (aware)."""
        return moment.astimezone(self.zone).date()


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
    """What is still open of it."""
    paid: int = 0
    credited: int = 0
    customer_overdue: int = 0
    """Open principal of all overdue items of this customer in this currency: thresholds are tested on it."""
    calendar: Calendar = Calendar(zone=UTC)
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

    @property
    def anchor_day(self) -> date:
        """The day offsets are counted from."""
        return self.anchor or self.due
