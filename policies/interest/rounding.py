"""Rounding of interest: exact until the end, printed lines that add up (design 4.6)."""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    """When an amount becomes whole minor units."""

    ONCE = "once"  # the exact sum is rounded once, half up
    DAILY = "daily"  # the interest of one day is rounded, then multiplied by the days (gov.uk's example)


def half_up(amount: Fraction) -> int:
    """The nearest whole minor unit; half a unit goes up. Amounts are not negative."""
    return int(amount + Fraction(1, 2))


def shares(exact: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole parts that add up to the rounded sum: the units left over go to the largest remainders."""
    whole = [int(part) for part in exact]
    left = half_up(sum(exact, Fraction(0))) - sum(whole)
    nearest_first = sorted(range(len(whole)), key=lambda place: (whole[place] - exact[place], place))
    for place in nearest_first[:left]:
        whole[place] += 1
    return tuple(whole)
