"""The kinds of rule on how long a claim lives."""

from dataclasses import dataclass
from enum import StrEnum

from policies.law.provenance import Provenance


class Interruption(StrEnum):
    """An act that starts a new limitation period."""

    ACKNOWLEDGEMENT = "acknowledgement"
    PART_PAYMENT = "part_payment"
    COURT_ACT = "court_act"
    ENFORCEMENT = "enforcement"
    LAWYER_NOTICE = "lawyer_notice"
    WRITTEN_DEMAND = "written_demand"


class LimitationStart(StrEnum):
    """The day a limitation period starts."""

    DUE = "due"
    YEAR_END = "year_end"  # 31 December of the year the claim arose (DE § 199)
    NEXT_JANUARY = "next_january"  # 1 January of the year after (FR law 68-1250)


@dataclass(frozen=True, slots=True)
class LimitationRule:
    """How long a claim lives and what gives it a new life."""

    years: int
    starts: LimitationStart
    interrupts: frozenset[Interruption]
    where: Provenance
    extinguishes: bool = False
    """The debt itself ends, not only the action (Scotland)."""
    suspends: frozenset[Interruption] = frozenset()
    """Acts that stop the clock for a time without starting a new period (DE § 204: service of a Mahnbescheid)."""

    @property
    def stops(self) -> frozenset[Interruption]:
        """What stops the clock: a claim that was brought to court in time is not lost while the court has it."""
        return (self.suspends | {Interruption.COURT_ACT}) - self.interrupts
