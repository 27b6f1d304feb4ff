"""How long somebody waits after failed sign-ins: nothing for slips, then twice as long each time, an hour at most.

Counted for the login that was tried (whether there is such an account or not) and for the address it came from.
"""

from datetime import datetime, timedelta

FREE_OF_LOGIN, FREE_OF_SOURCE = 5, 20
"""The failure from which on each costs a rest; those before it cost nothing."""
FIRST, LONGEST = timedelta(seconds=15), timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=24)
"""After this long without a failure counting begins anew."""


def rest_after(failures: int, free: int) -> timedelta:
    """How long nobody may try after so many failures; those before the one numbered `free` cost nothing.

    >>> [rest_after(n, 5).seconds for n in (4, 5, 6, 7)]
    [0, 15, 30, 60]
    """
    if failures < free:
        return timedelta(0)
    return min(FIRST * int(2 ** min(failures - free, 20)), LONGEST)


def counted(failures: int, last_at: datetime, at: datetime) -> int:
    """The failures that still count at `at`."""
    return failures if at < last_at + FORGOTTEN_AFTER else 0


def wait_words(until: datetime, at: datetime) -> str:
    """The sentence for somebody who tries too early."""
    minutes = max(1, -(-int((until - at).total_seconds()) // 60))
    return f"Too many failed sign-ins: try again in {minutes} minute{'s' if minutes > 1 else ''}."
