"""The kinds of rule a jurisdiction has for one kind of debtor. Values only; the laws that use them stand beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from policies.law.provenance import Provenance
from policies.stages import Channel, Stage


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
    """Statutory interest: `series` + `points` percent a year, or a `fixed` percentage; simple, actual/365."""

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
    needs_terms: bool = False
    """Nothing is due without a term the parties agreed on (US, CA)."""
    year: int = 365


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
    needs: str = ""
    """What must have run out before: `free_reminder`, `fourteen_day_letter`; empty: nothing."""


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


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `most` contacts in any `days` days, through `channels`, to one debtor."""

    channels: frozenset[Channel]
    most: int
    days: int


@dataclass(frozen=True, slots=True)
class Window:
    """Hours and days (Monday = 0) of the debtor's time zone in which a channel may be used."""

    channels: frozenset[Channel]
    send_from: int
    send_until: int
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class ContactRule:
    """How often and when a debtor may be contacted."""

    caps: tuple[Cap, ...]
    windows: tuple[Window, ...]
    where: Provenance
    rest_after_conversation: int = 0
    """Days without a call after a conversation."""


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """What a formal notice must hold, and the delay it must give."""

    must_hold: tuple[str, ...]
    least_days: int
    where: Provenance
    free_reminder_first: bool = False
    """A free reminder must have run out before anything is claimed (BE consumers)."""
    reminder_days: int = 0
    """Days the free reminder gives."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way to go on before or at court. `refused` says why it is closed for this kind of debtor; empty: open."""

    id: str
    stage: Stage
    title: str
    where: Provenance
    least: int | None = None
    most: int | None = None
    """Amounts (minor units) between which the route is open; None: no limit."""
    days_to_object: int | None = None
    cost: str = ""
    needs: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class KindLaw:
    """The law for one kind of debtor. None: there is nothing of the kind (no flat sum for consumers)."""

    interest: InterestRule | None
    flat: FlatRule | None
    limitation: LimitationRule | None
    contact: ContactRule | None
    notice: NoticeRule | None
    routes: tuple[Route, ...] = ()
    ladder: str = ""
    """The ladder used where nobody chose another; empty: there is none, with `no_ladder` as the reason."""
    no_ladder: str = ""
    refused: Mapping[str, str] | None = None
    """Rules of the file that may not be used, with the sentence why (confidence L or GAP, or past `valid_to`)."""
