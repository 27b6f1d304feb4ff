"""The kinds of rule on how long a claim lives."""

from dataclasses import dataclass, replace
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
    COURT_TITLE = "court_title"  # a judgment or another title that can be enforced


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
    title_years: int | None = None
    """How long an enforceable title keeps the claim alive (FR: art. L111-4 CPCE); None: not known here."""
    falls_with_suit: bool = False
    """A court act counts no longer once its suit is dropped, has lapsed or is dismissed (FR: art. 2243 C. civ.)."""
    agreed_least: int | None = None
    agreed_most: int | None = None
    """The parties may agree on a period of so many years (FR: art. 2254 C. civ.); None: not on any."""
    agreed: bool = False
    """`years` are those the parties agreed on."""

    @property
    def renews(self) -> frozenset[Interruption]:
        """What starts a new period."""
        return self.interrupts if self.title_years is None else self.interrupts | {Interruption.COURT_TITLE}

    @property
    def stops(self) -> frozenset[Interruption]:
        """What stops the clock: a claim that was brought to court in time is not lost while the court has it."""
        return (self.suspends | {Interruption.COURT_ACT, Interruption.COURT_TITLE}) - self.renews

    def as_agreed(self, years: int | None) -> "LimitationRule":
        """The rule with the period the parties agreed on, where the law lets them; else as it is."""
        if years is None or self.why_not_agreed(years):
            return self
        return replace(self, years=years, agreed=True)

    def why_not_agreed(self, years: int) -> str:
        """Why the parties cannot agree on so many years, in a sentence; empty: they can."""
        if self.agreed_least is None or self.agreed_most is None:
            return f"The law read here lets nobody agree on another limitation period ({self.where.source})."
        if not self.agreed_least <= years <= self.agreed_most:
            between = f"{self.agreed_least} to {self.agreed_most} years"
            return f"A limitation period that is agreed on has {between} ({self.where.source})."
        return ""
