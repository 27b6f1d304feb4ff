"""When a person is asked about a claim that will soon be dead (`Ladder.limitation_warnings`, 90 and 30 days before).

A warning's day is so many days before the last day. Asked once, it is not asked again until the claim has a new last
day; a case that comes late into our hands is asked once about all warnings behind it.
"""

from collections.abc import Collection
from datetime import date

from policies.calendar_days import days_after
from policies.case import Case
from policies.ladder import Ladder

DEAD = -1
"""Stands among the warnings for the question that is asked once the claim is dead."""


def warning_due(case: Case, ladder: Ladder, today: date) -> int | None:
    """The warning (days before the last day) to be given today; None: none, or a person has answered it."""
    if case.dies_on is None or today > case.dies_on or not _is_owed(case):
        return None
    reached = [days for days in ladder.limitation_warnings if today >= _day(case.dies_on, days)]
    latest = min(reached, default=None)
    return None if latest in case.limitation_seen else latest


def next_warning(case: Case, ladder: Ladder, today: date) -> date | None:
    """The next day after `today` on which this case has something new to say: a warning, or that it has died."""
    if case.dies_on is None or not _is_owed(case):
        return None
    days = [_day(case.dies_on, days) for days in ladder.limitation_warnings]
    return min((day for day in (*days, days_after(case.dies_on, 1)) if day > today), default=None)


def seen(dies_on: date, warnings: Collection[int], asked_on: date | None) -> frozenset[int]:
    """The warnings a person has answered, who was last asked on `asked_on` (None: never), and `DEAD`.

    A question put before a warning's day did not give it: so an act that moves the last day makes all warnings new.
    """
    if asked_on is None:
        return frozenset()
    dead = {DEAD} if asked_on > dies_on else set()
    return frozenset({days for days in warnings if asked_on >= _day(dies_on, days)} | dead)


def _day(dies_on: date, days: int) -> date:
    return days_after(dies_on, -days)


def _is_owed(case: Case) -> bool:
    return case.open > 0 and case.written_off is None and case.withdrawn is None
