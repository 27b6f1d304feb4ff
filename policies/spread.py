"""When in the morning a customer is written to: not everybody at the minute the office opens."""

from datetime import timedelta
from zlib import crc32

from policies.case import Case
from policies.ladder import Ladder

NOT_LATER = timedelta()


def spread_of(ladder: Ladder, case: Case) -> timedelta:
    """How long after opening this customer's messages leave: a whole minute of the ladder's `spread`, always the same one.

    All its invoices leave together: the minute comes from its name. What becomes due later in the day leaves at once.
    """
    if not ladder.spread:
        return NOT_LATER
    return timedelta(minutes=crc32(case.customer_name.encode("utf-8", "replace")) % ladder.spread)
