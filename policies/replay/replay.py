"""The documented entry: `replay(customers, one)` counts one policy over a history, `compare(customers, one, other)` two.

Customers do not touch each other: whoever has many may share them out (`Sums.take`), and add the sums up (`Sums.add`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policies.replay.adding import add, both, contacted, report
from policies.replay.counting import Tally, all_learnt, count, of_period
from policies.replay.difference import Contacted, Difference, difference
from policies.replay.past import PastCustomer
from policies.replay.replaying import Replay, is_for, replayed
from policies.replay.report import Report

USUAL_DAYS = 7
"""Days after the due date within which a payment counts as one that came by itself, where nobody says otherwise."""
NOBODY = Contacted(0, 0, 0)


@dataclass(slots=True)
class Sums:
    """Figures of one or two policies over some customers."""

    tallies: list[Tally] = field(default_factory=list)
    customers: Contacted = NOBODY
    invoices: Contacted = NOBODY

    def take(self, customer: PastCustomer, replays: Sequence[Replay], within_days: int) -> None:
        """Play one customer under each policy, and add what came of it."""
        tallies = zip(self._tallies(len(replays)), replays, strict=True)
        found = [_count(tally, customer, one, within_days) for tally, one in tallies]
        if len(found) == 2:
            customers, invoices = contacted(*found)
            self.customers, self.invoices = both(self.customers, customers), both(self.invoices, invoices)

    def add(self, other: "Sums") -> None:
        """Add the sums of other customers."""
        for total, tally in zip(self._tallies(len(other.tallies)), other.tallies, strict=False):
            add(total, tally)
        self.customers, self.invoices = both(self.customers, other.customers), both(self.invoices, other.invoices)

    def report(self, replay: Replay, within_days: int, place: int = 0) -> Report:
        """The report of the policy that was given at `place`."""
        return report(replay.ladder, replay.period, within_days, self._tallies(place + 1)[place])

    def difference(self, replays: tuple[Replay, Replay], within_days: int) -> Difference:
        """Both reports side by side."""
        this, other = (self.report(one, within_days, place) for place, one in enumerate(replays))
        return difference(this, other, self.customers, self.invoices)

    def _tallies(self, many: int) -> list[Tally]:
        self.tallies += [Tally() for _ in range(many - len(self.tallies))]
        return self.tallies


def replay(customers: Iterable[PastCustomer], one: Replay, within_days: int = USUAL_DAYS) -> Report:
    """What one policy would have done in its period."""
    sums = Sums()
    for customer in customers:
        sums.take(customer, (one,), within_days)
    return sums.report(one, within_days)


def compare(
    customers: Iterable[PastCustomer], this: Replay, other: Replay, within_days: int = USUAL_DAYS
) -> Difference:
    """What two policies would have done, over the same customers and the same period."""
    sums = Sums()
    for customer in customers:
        sums.take(customer, (this, other), within_days)
    return sums.difference((this, other), within_days)


def _count(tally: Tally, customer: PastCustomer, replay: Replay, within_days: int) -> frozenset[str]:
    """Add the figures of one customer, and answer the invoices it heard of. Without any in the period it adds nothing."""
    place = replay.place(customer)
    known = all_learnt(customer, place)
    invoices = of_period(known, place, replay.period)
    if not invoices:
        return frozenset()
    tally.invoices += invoices
    tally.customers += 1
    if not is_for(replay, customer, place):
        tally.outside += invoices
        return frozenset()
    return count(tally, customer, replayed(replay, customer, place), known, replay.period, within_days)
