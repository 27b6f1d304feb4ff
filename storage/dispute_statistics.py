"""What there is to learn from disputes: by reason, customer and segment, how often, how much, how long, how it ended."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median

from policies.dispute_reasons import in_words
from storage.dispute_views import DisputeView, listing


@dataclass(frozen=True, slots=True)
class DisputeGroup:
    """Disputes with one thing in common, in one currency; amounts in minor units."""

    by: str
    """`reason`, `customer` or `segment`."""
    name: str
    currency: str
    count: int
    amount: int
    """What was disputed when they were opened."""
    open: int
    """How many are undecided."""
    open_amount: int
    days: float
    """Median days from opening to decision; of those undecided, until today."""
    outcomes: dict[str, int] = field(default_factory=dict)
    """How many stand how: `open`, `credit_awaited`, `credited`, `rejected`, `withdrawn`, `ended`, `paid`."""


@dataclass(frozen=True, slots=True)
class DisputeStatistics:
    """Disputes opened in a period, those with most at stake first."""

    since: date | None
    until: date | None
    by_reason: tuple[DisputeGroup, ...]
    by_customer: tuple[DisputeGroup, ...]
    by_segment: tuple[DisputeGroup, ...]


async def statistics(as_of: datetime, since: date | None = None, until: date | None = None) -> DisputeStatistics:
    """Of the disputes opened from `since` to `until`, both included (None: ever), as they stand at `as_of`."""
    found = [
        one for one in await listing(as_of, every=True)
        if (since is None or one.dispute.since >= since) and (until is None or one.dispute.since <= until)
    ]  # fmt: skip
    return DisputeStatistics(
        since, until,
        _grouped("reason", found, lambda one: in_words(one.dispute.reason)),
        _grouped("customer", found, lambda one: f"{one.customer_name} ({one.customer_number})"),
        _grouped("segment", found, lambda one: one.segment or "none"),
    )  # fmt: skip


def _grouped(by: str, found: Iterable[DisputeView], name: Callable[[DisputeView], str]) -> tuple[DisputeGroup, ...]:
    groups: dict[tuple[str, str], list[DisputeView]] = defaultdict(list)
    for one in found:
        groups[name(one), one.currency].append(one)
    made = [_group(by, key[0], key[1], them) for key, them in groups.items()]
    return tuple(sorted(made, key=lambda one: (-one.amount, one.name, one.currency)))


def _group(by: str, name: str, currency: str, them: list[DisputeView]) -> DisputeGroup:
    undecided = [one for one in them if one.standing == "open"]
    outcomes: dict[str, int] = defaultdict(int)
    for one in them:
        outcomes[one.standing] += 1
    return DisputeGroup(
        by, name, currency, len(them), sum(one.claimed for one in them), len(undecided),
        sum(one.disputed for one in undecided), float(median(_days(one) for one in them)), dict(sorted(outcomes.items())),
    )  # fmt: skip


def _days(one: DisputeView) -> int:
    return ((one.decided_on or one.today) - one.dispute.since).days
