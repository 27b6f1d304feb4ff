"""What the last twelve months of a customer say in figures.

Counted are the items that fell due in the twelve months before the day, and as late ones whatever is still open from
before; days late are those of the twelve months alone, so that paying anything earlier never raises them. Sums never
mix currencies: an average is made within each, and the averages are weighed by how many items each has.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from policies.behaviour.exposure import Exposure
from policies.behaviour.history import History
from policies.behaviour.lateness import Lateness, lateness
from policies.behaviour.scale import Scale

YEAR = timedelta(days=365)
HALF = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Half:
    """Items that fell due in six months: how many, how late on average weighted by amount, and how many late at all."""

    items: int
    days_late: Fraction
    late: int
    broken: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One customer on one day."""

    since: date
    known: int
    """Items that fell due in the twelve months."""
    from_before: int
    """Items that fell due before and are still open."""
    days_late: Fraction
    late: int
    """How many items were or are late, beyond the days of tolerance."""
    broken: int
    first_lateness: date | None
    """The due date of the one late item, where all others were on time."""
    recent: Half
    before: Half
    exposure: tuple[Exposure, ...]
    left_out: int

    @property
    def share_late(self) -> Fraction:
        """Late items of all items, from 0 to 1."""
        return Fraction(self.late, self.items) if self.items else Fraction(0)

    @property
    def items(self) -> int:
        """All that are counted."""
        return self.known + self.from_before


def figures(history: History, as_of: date, scale: Scale) -> Figures:
    """The figures of `history` on the day `as_of`; facts in any order give the same ones."""
    since, middle = as_of - YEAR, as_of - HALF
    all_items = [lateness(item, as_of) for item in history.items]
    known = [one for one in all_items if one.amount > 0 and since <= one.due < as_of]
    from_before = [one for one in all_items if one.open > 0 and one.due < since]
    late = sorted(one.due for one in (*known, *from_before) if one.days > scale.tolerance)
    broken = [day for day in history.broken if since <= day <= as_of]
    return Figures(
        since=since,
        known=len(known),
        from_before=len(from_before),
        days_late=_average(known),
        late=len(late),
        broken=len(broken),
        first_lateness=late[0] if len(late) == 1 else None,
        recent=_half([one for one in known if one.due >= middle], [day for day in broken if day >= middle], scale),
        before=_half([one for one in known if one.due < middle], [day for day in broken if day < middle], scale),
        exposure=_exposure(history, all_items),
        left_out=history.left_out,
    )


def _half(items: Sequence[Lateness], broken: Sequence[date], scale: Scale) -> Half:
    late = sum(1 for one in items if one.days > scale.tolerance)
    return Half(len(items), _average(items), late, len(broken))


def _average(items: Sequence[Lateness]) -> Fraction:
    """Average days late, weighted by amount within a currency and by number of items between currencies."""
    by_currency: dict[str, list[Lateness]] = defaultdict(list)
    for one in items:
        by_currency[one.currency].append(one)
    sums = (_of_one_currency(group) * len(group) for group in by_currency.values())
    return sum(sums, Fraction(0)) / len(items) if items else Fraction(0)


def _of_one_currency(group: Sequence[Lateness]) -> Fraction:
    return Fraction(sum(one.weighted for one in group), sum(one.amount for one in group))


def _exposure(history: History, items: Iterable[Lateness]) -> tuple[Exposure, ...]:
    still_open: dict[str, int] = defaultdict(int)
    for one in items:
        still_open[one.currency] += one.open
    known = sorted({currency for currency, amount in still_open.items() if amount} | set(history.limits))
    return tuple(Exposure(one, still_open.get(one, 0), history.limits.get(one)) for one in known)
