"""The law as it was for a debt of its age: what changed for debts that fell due before a day."""

from dataclasses import replace
from datetime import date

from policies.law.rules import KindLaw


def law_for(law: KindLaw, due: date) -> KindLaw:
    """The law for a debt that fell due on `due` (DE: before 29 July 2014 other points and no flat sum)."""
    interest, flat = law.interest, law.flat
    if interest is not None and interest.changed_on is not None:
        interest = replace(interest, points=interest.points_for(due), changed_on=None)
    if flat is None or flat.since is None or due >= flat.since:
        return law if interest is law.interest else replace(law, interest=interest)
    reason = f"Debts that fell due before {flat.since} owe no flat sum ({flat.where.source})."
    return replace(law, interest=interest, flat=None, nothing={**(law.nothing or {}), "flat": reason})
