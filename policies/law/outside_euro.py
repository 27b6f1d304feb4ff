"""The directive's default law in a member state whose reference rate is not that of the European Central Bank."""

from dataclasses import replace

from policies.law.jurisdiction import Jurisdiction
from policies.law.rules import KindLaw

OUTSIDE = frozenset({"BG", "CZ", "DK", "HU", "PL", "RO", "SE"})
"""Members that have a currency of their own, or had one within the years the shipped rates cover (BG: until 2025)."""
EUROPEAN = "ecb_mro"


def outside_euro(union: Jurisdiction, country: str) -> Jurisdiction:
    """The law of the Union for `country`. Outside the euro its interest is refused, unless the user wrote the rule down.

    Directive 2011/7/EU, art. 2(7): there the reference is the rate of the national central bank, which does not ship.
    """
    if country not in OUTSIDE:
        return union
    return replace(union, kinds={kind: _without_interest(law, country) for kind, law in union.kinds.items()})


def _without_interest(law: KindLaw, country: str) -> KindLaw:
    rule = law.interest
    if rule is None or rule.series != EUROPEAN or rule.where.confirmed_by:
        return law
    reason = (
        f"In {country} the reference rate is that of the national central bank, which does not come with Relance"
        f" (directive 2011/7/EU, art. 2(7)); write the law of the country in your own law file {country.lower()}.toml."
    )
    return replace(law, interest=None, refused={**(law.refused or {}), "interest": reason})
