"""Which of a payer's items make an amount: few at a time, exactly, and only where one answer is possible."""

from collections import defaultdict
from collections.abc import Sequence
from math import gcd

MOST = 14
"""Items among which every combination is tried."""
RARE = 500
"""Sums that must be possible for each combination tried, so that one does not fit by chance."""


def combinations(target: int, amounts: Sequence[int], limit: int = 2) -> list[tuple[int, ...]]:
    """Up to `limit` different combinations (places in `amounts`) with this sum; credit notes are negative. Every half
    is tried against the other, so that fourteen items cost two hundred sums."""
    if not amounts or len(amounts) > MOST:
        return []
    middle = len(amounts) // 2
    first, second = _sums(amounts, 0, middle), _sums(amounts, middle, len(amounts))
    found: list[tuple[int, ...]] = []
    for reached, choices in first.items():
        for rest in second.get(target - reached, ()):
            for choice in choices:
                if places := tuple(place for place in range(len(amounts)) if (choice | rest) >> place & 1):
                    found.append(places)
                    if len(found) >= limit:
                        return found
    return found


def _sums(amounts: Sequence[int], start: int, end: int) -> dict[int, list[int]]:
    sums: dict[int, list[int]] = defaultdict(list)
    sums[0].append(0)
    for place in range(start, end):
        for reached, choices in list(sums.items()):
            sums[reached + amounts[place]] = sums[reached + amounts[place]] + [
                choice | 1 << place for choice in choices
            ]
    return sums


def could_be_chance(target: int, amounts: Sequence[int]) -> bool:
    """Whether so many combinations lie so close that one could fit by chance: many items, or round prices."""
    step = gcd(target, *amounts)
    reach = sum(abs(amount) for amount in amounts) // step if step else 0
    return (RARE << len(amounts)) > reach
