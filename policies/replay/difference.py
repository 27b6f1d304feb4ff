"""Two policies over the same history, side by side: what one does more than the other."""

from dataclasses import dataclass

from policies.replay.report import Report
from policies.stages import HARDNESS, Channel, Stage


@dataclass(frozen=True, slots=True)
class StageDifference:
    """Acts of one stage by one channel. Steps are named differently in two policies; stages are not."""

    stage: Stage
    channel: Channel
    this: int
    other: int

    @property
    def more(self) -> int:
        """How many more this policy does; negative: fewer."""
        return self.this - self.other


@dataclass(frozen=True, slots=True)
class MonthDifference:
    """Messages, calls and files of one month and stage."""

    month: str
    stage: Stage
    this: int
    other: int

    @property
    def more(self) -> int:
        """How many more this policy does; negative: fewer."""
        return self.this - self.other


@dataclass(frozen=True, slots=True)
class Contacted:
    """Whom only one of the two policies contacts, and whom both do."""

    only_this: int
    only_other: int
    both: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A policy (`this`) against another (`other`), over the same invoices and the same period."""

    this: Report
    other: Report
    stages: tuple[StageDifference, ...]
    months: tuple[MonthDifference, ...]
    customers: Contacted
    invoices: Contacted


def difference(this: Report, other: Report, customers: Contacted, invoices: Contacted) -> Difference:
    """Both reports side by side; what neither does is left out. `customers` and `invoices`: whom each contacts."""
    return Difference(this, other, _stages(this, other), _months(this, other), customers, invoices)


def _stages(this: Report, other: Report) -> tuple[StageDifference, ...]:
    mine, theirs = _by_channel(this), _by_channel(other)
    order = list(Channel)
    keys = sorted(mine.keys() | theirs.keys(), key=lambda key: (HARDNESS[key[0]], order.index(key[1])))
    return tuple(StageDifference(*key, mine.get(key, 0), theirs.get(key, 0)) for key in keys)


def _by_channel(report: Report) -> dict[tuple[Stage, Channel], int]:
    found: dict[tuple[Stage, Channel], int] = {}
    for one in report.acts:
        found[one.stage, one.channel] = found.get((one.stage, one.channel), 0) + one.count
    return found


def _months(this: Report, other: Report) -> tuple[MonthDifference, ...]:
    mine, theirs = ({(one.month, one.stage): one.count for one in report.months} for report in (this, other))
    keys = sorted(mine.keys() | theirs.keys(), key=lambda key: (key[0], HARDNESS[key[1]]))
    return tuple(MonthDifference(*key, mine.get(key, 0), theirs.get(key, 0)) for key in keys)
