"""The legal flat sum for a debt of a given size: fixed, by band, by scale, or capped."""

from fractions import Fraction

from policies.interest.rounding import half_up
from policies.law.rules import FlatRule


def legal_sum(rule: FlatRule, debt: int) -> int:
    """The flat sum (minor units) the law gives for a late debt of `debt` minor units, counted once."""
    found = _counted(rule, debt)
    least = max(found, rule.least)
    return least if rule.most is None else min(least, rule.most)


def _counted(rule: FlatRule, debt: int) -> int:
    if rule.bands:
        return next((amount for below, amount in rule.bands if below is None or debt < below), 0)
    if rule.slices:
        return _scale(rule, debt)
    if rule.pieces:
        return _piece(rule, debt)
    return rule.amount


def _scale(rule: FlatRule, debt: int) -> int:
    """So much percent of the first slice, less of the next ones (NL: Besluit incassokosten)."""
    total, left = Fraction(0), debt
    for width, percent in rule.slices:
        part = left if width is None else min(left, width)
        total += part * Fraction(percent) / 100
        left -= part
    return half_up(total)


def _piece(rule: FlatRule, debt: int) -> int:
    """A base and a percentage of what is over a limit (BE: art. XIX.4 CDE)."""
    for up_to, base, percent, over in rule.pieces:
        if up_to is None or debt <= up_to:
            return half_up(base + max(0, debt - over) * Fraction(percent) / 100)
    return 0
