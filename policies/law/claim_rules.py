"""The kinds of rule on what may be claimed besides the principal: interest and flat sums."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from policies.interest.day_count import DayCount
from policies.law.provenance import Provenance


class Starts(StrEnum):
    """The day from which interest runs; it always runs from the day after."""

    DUE = "due"  # the due date
    NOTICE = "notice"  # receipt of the formal notice
    REMINDER_EXPIRED = "reminder_expired"  # the end of the delay of the free reminder
    THIRD_MONTH = "third_month"  # the end of the third month after delivery (LU consumers)


class Moves(StrEnum):
    """Whether the rate follows the reference while the debt is unpaid."""

    SEMESTER = "semester"  # the rate of each half-year for the days in it
    FROZEN = "frozen"  # the rate of the half-year in which interest starts, for the life of the debt


@dataclass(frozen=True, slots=True)
class InterestRule:
    """Statutory interest: `series` + `points` percent a year, or a `fixed` percentage; simple."""

    moves: Moves
    starts: Starts
    where: Provenance
    series: str = ""
    """The reference rate (`policies/rates`), taken on 1 January or 1 July; empty: `fixed`."""
    points: Decimal = Decimal(0)
    fixed: Decimal | None = None
    round_up_to: Decimal | None = None
    """The sum is rounded up to a multiple of this (BE: half a point)."""
    floor_series: str = ""
    """A rate agreed in a contract is flagged below `floor_times` this series (FR: three times the legal rate)."""
    floor_times: Decimal = Decimal(0)
    cap_series: str = ""
    """A rate agreed in a contract counts only up to `cap_points` over this series (BE consumers); empty: no cap."""
    cap_points: Decimal = Decimal(0)
    cap_round_up_to: Decimal | None = None
    needs_terms: bool = False
    """Nothing is due without a term the parties agreed on (US, CA)."""
    day_count: DayCount = DayCount.ACTUAL_365
    changed_on: date | None = None
    """Debts that fell due before this day have `points_before` instead of `points` (DE: 29 July 2014)."""
    points_before: Decimal = Decimal(0)

    def points_for(self, due: date) -> Decimal:
        """The points over the reference for a debt that fell due on `due`."""
        return self.points_before if self.changed_on is not None and due < self.changed_on else self.points


@dataclass(frozen=True, slots=True)
class FlatRule:
    """The flat sum for recovery costs. Amounts in minor units of `currency`."""

    per: str
    """What it is counted for: `invoice`, `debt` or `instalment`."""
    currency: str
    where: Provenance
    amount: int = 0
    bands: tuple[tuple[int | None, int], ...] = ()
    """(debt below this, sum), the last without a limit: UK 40/70/100."""
    slices: tuple[tuple[int | None, Decimal], ...] = ()
    """(width, percent) of the debt, the last without a width: the Dutch scale; within `least` and `most`."""
    pieces: tuple[tuple[int | None, int, Decimal, int], ...] = ()
    """(debt up to, base, percent, of what is over): the Belgian consumer caps; never above `most`."""
    least: int = 0
    most: int | None = None
    needs_terms: bool = False
    only_agreed: bool = False
    """The law gives none and says nothing of the debt: an amount the parties agreed on may be claimed (CH)."""
    needs: str = ""
    """What must have run out before: `free_reminder`, `fourteen_day_letter`; empty: nothing."""
    since: date | None = None
    """Debts that fell due before this day owe none."""
