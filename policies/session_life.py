"""How long a session at the desk lives: a working day without use, a week in any case."""

from datetime import datetime, timedelta

IDLE = timedelta(hours=12)
"""Without a request for this long it is over."""
LONGEST = timedelta(days=7)
"""However much it is used."""
SEEN_EVERY = timedelta(minutes=1)
"""Use is written down no more often than this."""


def alive(opened_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """Whether a session opened and last used then may still be used."""
    return at < opened_at + LONGEST and at < seen_at + IDLE


def to_be_noted(seen_at: datetime, at: datetime) -> bool:
    """Whether its use is to be written down now."""
    return at >= seen_at + SEEN_EVERY
