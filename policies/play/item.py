"""One due item while it is played: what is known of it at the moment the play has reached."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from policies.case import Agreed, EffectFact, StepDone
from policies.decisions import Decision, Outcome
from policies.facts import DatedAmount, Hold
from policies.free_reminder import is_free_reminder
from policies.ladder import Ladder
from policies.law.limitation_rules import Interruption, LimitationRule
from policies.limitation import LifeAct, lifetime
from policies.play.asked import Approval, Asked
from policies.play.world import Owed
from policies.stages import Stage
from policies.step import Step


@dataclass(slots=True, eq=False)
class Item:
    """What is known now. Amounts in minor units."""

    id: int
    owed: Owed
    name: str
    principal: int
    """What is open of it."""
    paid: int = 0
    credited: int = 0
    receipts: tuple[DatedAmount, ...] = ()
    """Money that stands, by value date."""
    credits: tuple[DatedAmount, ...] = ()
    """Credit notes, by value date."""
    known: bool = False
    ladder: Ladder | None = None
    opened_on: date | None = None
    done: tuple[StepDone, ...] = ()
    effects: tuple[EffectFact, ...] = ()
    holds: tuple[Hold, ...] = ()
    promised: tuple[Hold, ...] = ()
    """Promises about it that are over: the money that served them serves no other one."""
    approvals: tuple[Approval, ...] = ()
    asked: Asked | None = None
    """The question that is open about it."""
    deadlines: tuple[tuple[Stage, date], ...] = ()
    """Stages that stay open until the day given to pay is over."""
    doubtful: tuple[Stage, ...] = ()
    """Stages of messages that may have left."""
    lives: tuple[LifeAct, ...] = ()
    """What may have given the claim a new life, besides money."""
    dies_on: date | None = None
    answered_dying: date | None = None
    """The last day a person answered about the claim's death."""
    written_off: str | None = None
    withdrawn: str | None = None
    outcome: Outcome | None = None
    closed_on: date | None = None
    look: datetime | None = None
    """When it is looked at next; None: when a fact arrives."""
    decision: Decision | None = None

    @property
    def age(self) -> tuple[date, str]:
        """The oldest comes first; of one day, by their names."""
        return self.owed.due or date.max, self.name

    @property
    def is_open(self) -> bool:
        """Whether it has a case that has not come to its end."""
        return self.ladder is not None and self.outcome is None

    @property
    def is_owed(self) -> bool:
        """Whether it is still to be collected, whether or not its case has been opened."""
        return self.outcome is None and self.principal > 0 and self.written_off is None and self.withdrawn is None

    def behind(self, *steps: StepDone) -> None:
        """Write down that steps are behind it; what was agreed and tried for them is over."""
        self.done += steps
        for done in steps:
            if self.approvals:
                self.approvals = tuple(one for one in self.approvals if not _is_of(one.agreed, done))
            if self.effects:
                self.effects = tuple(one for one in self.effects if not _is_of(one, done) or self._is_needed(one))

    def _is_needed(self, fact: EffectFact) -> bool:
        """Whether it is looked at after its step is behind: how the free reminder left counts for its delay."""
        step = None if self.ladder is None else self.ladder.step(fact.step)
        return step is not None and is_free_reminder(step)

    def refresh_life(self, rule: LimitationRule | None) -> None:
        """Work out anew until when the claim lives."""
        if rule is not None and self.owed.due is not None:
            paid = tuple(LifeAct(one.on, Interruption.PART_PAYMENT) for one in self.receipts)
            agreed = None if self.owed.terms is None else self.owed.terms.limitation_years
            rule = rule.as_agreed(agreed)
            self.dies_on = lifetime(rule, self.owed.due, (*self.lives, *paid), self.owed.issued).dies_on

    def demanded(self, step: Step, today: date) -> None:
        """A message was confirmed that gives days to pay: its stage stays open until they are over."""
        kept = tuple(one for one in self.deadlines if one[1] >= today)
        if step.pay_within:
            kept += ((step.stage, today + timedelta(days=step.pay_within)),)
        self.deadlines = kept


def _is_of(one: Agreed | EffectFact, done: StepDone) -> bool:
    return (one.step, one.occurrence) == (done.step, done.occurrence)
