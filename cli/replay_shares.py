"""A history shared out among processes: customers do not touch each other, so each process plays some and adds up."""

import gc
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from cli.replay_places import places
from policies.ladder import Ladder
from policies.play.world import House
from policies.rates.series import Rates
from policies.replay.past import PastCustomer
from policies.replay.period import Period
from policies.replay.replay import Sums
from policies.replay.replaying import Replay

ALONE = 2_000
"""Invoices up to which a second process would cost more than it saves."""
SHARE = 1_000
"""Invoices of one share: small enough that nobody waits for the last one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be replayed, as values that another process can be given."""

    ladders: tuple[Ladder, ...]
    period: Period
    plain: bool
    within_days: int
    rates: Rates
    years: tuple[int, int]
    """First and last year of the history: holidays are looked up for these."""

    def replays(self) -> tuple[Replay, ...]:
        """One for each policy."""
        house = House(rates=self.rates)
        return tuple(
            Replay(ladder, self.period, places(ladder.country, self.years), house, self.plain)
            for ladder in self.ladders
        )


_replays: tuple[Replay, ...] = ()
_customers: Sequence[PastCustomer] = ()
_within_days = 0


def summed(customers: Sequence[PastCustomer], asked: Asked) -> Sums:
    """The sums over all customers. Whoever plays which of them, they are the same."""
    invoices = sum(len(one.invoices) for one in customers)
    workers = min(processors(), 1 + invoices // ALONE)
    if workers == 1:
        _prepare(asked, customers)
        return _played(range(len(customers)))
    total = Sums()
    gc.freeze()  # what is there now stays: nobody has to look it over for garbage again
    with ProcessPoolExecutor(workers, multiprocessing.get_context(), _prepare, (asked, customers)) as pool:
        for found in pool.map(_played, shares(customers)):
            total.add(found)
    gc.unfreeze()
    return total


def processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shares(customers: Sequence[PastCustomer]) -> Iterator[range]:
    """The customers by their places, so many at a time that each share has about as many invoices."""
    start, invoices = 0, 0
    for place, one in enumerate(customers, start=1):
        invoices += len(one.invoices)
        if invoices >= SHARE:
            yield range(start, place)
            start, invoices = place, 0
    if start < len(customers):
        yield range(start, len(customers))


def _prepare(asked: Asked, customers: Sequence[PastCustomer]) -> None:
    """What a process keeps between its shares. Where processes are forked, the history is not even copied."""
    global _replays, _customers, _within_days  # a process of the pool has no other place to keep these
    _replays, _customers, _within_days = asked.replays(), customers, asked.within_days


def _played(places: range) -> Sums:
    sums = Sums()
    for place in places:
        sums.take(_customers[place], _replays, _within_days)
    return sums
