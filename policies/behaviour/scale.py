"""Where one word about a customer ends and the next begins; a company may draw the lines elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The lines, in days, items and percent."""

    tolerance: int = 3
    """Days after the due date that do not make an item late: the money was on its way."""
    least_items: int = 3
    """With fewer items that fell due in the twelve months, nothing is known: the customer is new."""
    prompt_days: int = 5
    """Prompt: no more days late on average than this, weighted by amount …"""
    prompt_share: int = 25
    """… and no more than this percentage of its items late, none open from before, no promise broken."""
    worse_by: int = 10
    """Worsening: the last six months are this many days later on average than the six before …"""
    least_in_half: int = 2
    """… with at least so many items in each …"""
    least_late: int = 2
    """… and at least so many of the last six months late: one slip is no trend."""
    broken_promises: int = 2
    """Worsening as well: so many promises broken in the last six months, and more than in the six before."""


USUAL = Scale()
"""The lines where a company draws none."""
