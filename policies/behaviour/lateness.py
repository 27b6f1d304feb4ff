"""How late one item was: every part of it by the day its money came, what is open by the day it is looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policies.behaviour.history import PastItem
from policies.facts import DatedAmount


@dataclass(frozen=True, slots=True)
class Lateness:
    """One item looked at on a day. `weighted` is the sum of amount times days late over its parts."""

    due: date
    currency: str
    amount: int
    """What was to be paid, without what was credited."""
    weighted: int
    days: int
    """Days late of its latest part."""
    open: int


def lateness(item: PastItem, as_of: date) -> Lateness:
    """The lateness of `item` as far as money shows it by the day `as_of`. Money before the due date is 0 days late."""
    until = as_of if item.given_up is None else min(item.given_up, as_of)
    owed = max(item.amount - _sum(item.credited, as_of), 0)
    left, weighted, latest = owed, 0, 0
    for share, on in _parts(item, owed, as_of):
        days = max((min(on, until) - item.due).days, 0)
        left -= share
        weighted += share * days
        latest = max(latest, days)
    given_up = item.given_up is not None and item.given_up <= as_of
    late_now = max((until - item.due).days, 0) if left else 0
    weighted, latest = weighted + left * late_now, max(latest, late_now)
    return Lateness(item.due, item.currency, owed, weighted, latest, 0 if given_up else left)


def _parts(item: PastItem, owed: int, as_of: date) -> Iterator[tuple[int, date]]:
    """Each part that was paid, with its day; what was paid too much counts nowhere."""
    left = owed
    for money in sorted(item.paid, key=lambda one: one.on):
        share = min(money.amount, left)
        if money.on > as_of or share <= 0:
            continue
        left -= share
        yield share, money.on


def _sum(amounts: tuple[DatedAmount, ...], as_of: date) -> int:
    return sum(one.amount for one in amounts if one.on <= as_of)
