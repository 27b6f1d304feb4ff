"""When a person is asked about a deadline: twice before its last day, and once when it has passed unmet.

What was answered to the first does not silence the second; what is answered is not asked again.
"""

from datetime import date

from policies.calendar_days import days_after
from policies.deadline import Deadline

PASSED = -1
"""Stands among the warnings for the question that is asked once the last day has passed."""


def warning_due(deadline: Deadline, today: date) -> int | None:
    """The warning (days before the last day; `PASSED`) to be given on the debtor's day `today`; None: none is due."""
    if today > deadline.last_day:
        latest: int | None = PASSED
    else:
        latest = min((days for days in _warnings(deadline) if today >= _day(deadline, days)), default=None)
    return None if latest is None or latest in deadline.seen else latest


def next_warning(deadline: Deadline, today: date) -> date | None:
    """The next day after `today` on which a person is asked; None: never again."""
    days = [*(_day(deadline, one) for one in _warnings(deadline)), days_after(deadline.last_day, 1)]
    return min((day for day in days if day > today), default=None)


def _warnings(deadline: Deadline) -> tuple[int, int]:
    return deadline.first, deadline.second


def _day(deadline: Deadline, days: int) -> date:
    return days_after(deadline.last_day, -days)
