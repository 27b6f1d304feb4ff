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
_within_days = 0


def summed(customers: Sequence[PastCustomer], asked: Asked) -> Sums:
    """The sums over all customers. Whoever plays which of them, they are the same."""
    invoices = sum(len(one.invoices) for one in customers)
    workers = min(processors(), 1 + invoices // ALONE)
    if workers == 1:
        _prepare(asked)
        return _played(customers)
    total = Sums()
    with ProcessPoolExecutor(workers, multiprocessing.get_context(), _prepare, (asked,)) as pool:
        for found in pool.map(_played, shares(customers)):
            total.add(found)
    return total


def processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shares(customers: Sequence[PastCustomer]) -> Iterator[list[PastCustomer]]:
    """The customers, so many at a time that each share has about as many invoices."""
    share, invoices = list[PastCustomer](), 0
    for one in customers:
        share.append(one)
        invoices += len(one.invoices)
        if invoices >= SHARE:
            yield share
            share, invoices = [], 0
    if share:
        yield share


def _prepare(asked: Asked) -> None:
    """What a process keeps between its shares."""
    global _replays, _within_days  # a process of the pool has no other place to keep what it is given once
    _replays, _within_days = asked.replays(), asked.within_days
    gc.freeze()  # what is there now stays: looking it over again and again for garbage takes a tenth of the time


def _played(customers: Sequence[PastCustomer]) -> Sums:
    sums = Sums()
    for one in customers:
        sums.take(one, _replays, _within_days)
    return sums
