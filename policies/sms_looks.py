"""When a provider is asked again where an SMS is: soon at first, then ever more rarely, for four days in all."""

from datetime import datetime, timedelta

LOOKS: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(days=1),
    timedelta(days=2),
    timedelta(days=4),
)
"""Counted from the moment it was handed over: operators try for three days at most, and some never say a word."""


def next_look(handed_at: datetime, now: datetime) -> datetime | None:
    """The next moment to ask, after `now`; None: whoever has not said by now how it ended never will."""
    return next((handed_at + rest for rest in LOOKS if handed_at + rest > now), None)
