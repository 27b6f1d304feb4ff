"""Amounts that open or close a way to court: what is claimed there, alone or with its interest."""

from policies.law.contact_rules import Route
from policies.money import plain


def asks_attempt(route: Route, claimed: int) -> bool:
    """Whether a claim of this amount (minor units) is inadmissible without an amicable attempt first (FR, art. 750-1 CPC)."""
    most = route.at_court.attempt_up_to
    return most is None or claimed <= most


def beyond_with_interest(route: Route, owed: int, interest: int, currency: str) -> str:
    """Why principal and interest together close the way; empty: they do not (FR, art. L125-1 and R125-1 CPCE)."""
    if not route.at_court.counts_interest or route.most is None or owed + interest <= route.most:
        return ""
    return (
        f"{route.title} is open up to {plain(route.most, currency)} {currency}, interest included, and"
        f" {plain(owed + interest, currency)} {currency} is owed with it ({route.where.source})."
    )
