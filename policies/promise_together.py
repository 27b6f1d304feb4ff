"""Several promises about one invoice, each of its own day and amount, are tested together: money is counted once.

Money serves the first day for which it came in time and which is not yet met; what comes after the last day of a promise
serves the next one. Order of arrival and of recording make no difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from policies.bank_days import bank_days_after
from policies.case import Calendar, DatedAmount, Hold, HoldKind
from policies.ladder import Ladder


@dataclass(slots=True)
class _Due:
    """An amount promised for a day, with what serves it."""

    place: int
    since: date
    last: date
    wanted: int


def counted_together(holds: Sequence[Hold], ladder: Ladder, calendar: Calendar) -> tuple[Hold, ...]:
    """The holds, each promise of an amount with the money that serves it alone. `holds` are all of one invoice, or all of a
    customer as a whole: over or not, and with all the money that came since each was given."""
    shared = [place for place, hold in enumerate(holds) if _shares(hold)]
    if len(shared) < 2:
        return tuple(holds)
    served = _served([(place, holds[place]) for place in shared], ladder, calendar)
    return tuple(
        replace(hold, receipts=tuple(served[place])) if place in served else hold for place, hold in enumerate(holds)
    )


def _shares(hold: Hold) -> bool:
    """Whether it is a promise of amounts; one to pay everything needs everything, whatever else was promised."""
    return hold.kind is HoldKind.PROMISE and bool(hold.instalments) and hold.agreement is None


def _served(promises: Sequence[tuple[int, Hold]], ladder: Ladder, calendar: Calendar) -> dict[int, list[DatedAmount]]:
    dues = sorted(_dues(promises, ladder, calendar), key=lambda due: (due.last, due.since, due.wanted))
    served: dict[int, list[DatedAmount]] = {place: [] for place, _ in promises}
    first = min((hold for _, hold in promises), key=lambda hold: hold.since)  # its money is that of all the others too
    for money in sorted(first.receipts, key=lambda one: one.on):
        left = money.amount
        for due in dues:
            part = min(left, due.wanted) if due.since <= money.on <= due.last else 0
            if part > 0:
                due.wanted, left = due.wanted - part, left - part
                served[due.place].append(DatedAmount(money.on, part))
    return served


def _dues(promises: Sequence[tuple[int, Hold]], ladder: Ladder, calendar: Calendar) -> Iterator[_Due]:
    for place, hold in promises:
        for one in hold.instalments:
            yield _Due(place, hold.since, bank_days_after(calendar, one.on, ladder.promise_grace), one.amount)
