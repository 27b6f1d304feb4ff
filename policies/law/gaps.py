"""What is missing before the law of a debtor can be counted with today: rates, and rules past their last day."""

from datetime import date

from policies.law.freshness import on_day
from policies.law.rules import KindLaw
from policies.rates.missing import why_missing
from policies.rates.series import Rates


def gaps(law: KindLaw, country: str, rates: Rates, today: date) -> tuple[str, ...]:
    """Sentences that say what is missing and what to do; empty: interest and flat sums can be stated today.

    What the law does not give (a flat sum from a consumer) is no gap.
    """
    fresh = on_day(law, country, today)
    refused = tuple(
        words for name, words in (fresh.refused or {}).items() if name in ("interest", "flat", "limitation")
    )
    return tuple(dict.fromkeys((*_rates(fresh, rates, today), *refused)))


def _rates(law: KindLaw, rates: Rates, today: date) -> tuple[str, ...]:
    """Why the rates of the law's interest are not known in the half-year of `today`."""
    rule = law.interest
    if rule is None:
        return ()
    named = [id for id in (rule.series, rule.floor_series, rule.cap_series) if id]
    unknown = [f"The rate {id} is not known." for id in named if id not in rates]
    return (*unknown, *filter(None, (why_missing(rates[id], today) for id in named if id in rates)))
