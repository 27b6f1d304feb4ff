"""When an e-mail to one of our own people that could not be handed over is tried again."""

from datetime import datetime, timedelta

FIRST_REST = timedelta(minutes=5)
LONGEST_REST = timedelta(hours=1)
LASTS = timedelta(days=1)
"""What it says is old after so long: nobody is sent the digest of the day before yesterday."""


def next_try(written_at: datetime, tries: int, at: datetime) -> datetime | None:
    """When it is tried again after `tries` refusals, the last one at `at`; None: not any more."""
    rest = min(FIRST_REST * 2 ** min(tries - 1, 10), LONGEST_REST)
    return at + rest if at + rest <= written_at + LASTS else None
