"""The places where a number is parted: bare digits are a number of ours only where they are parted as it is."""

from functools import lru_cache
from itertools import accumulate

from policies.matching.spelling import RUN, plain_text


def cuts_of_number(number: str) -> frozenset[int]:
    """Counted in letters and digits from the start: `2026-0142` has one, at 4."""
    runs = RUN.findall(plain_text(number))
    return _after(*map(len, runs[:-1]))


@lru_cache(maxsize=1 << 12)
def _after(*lengths: int) -> frozenset[int]:
    """Shared among all numbers of one shape: a hundred thousand have few."""
    return frozenset(accumulate(lengths))


@lru_cache(maxsize=1 << 12)
def less(cuts: frozenset[int], before: int) -> frozenset[int]:
    """The same places with `before` signs left off in front."""
    return frozenset(cut - before for cut in cuts)
