"""Which percentage counts on which days: by half-year, frozen for the debt's life, fixed, or agreed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from policies.interest.debt import Terms
from policies.law.rules import InterestRule, Moves
from policies.rates.half_year import last_day
from policies.rates.missing import why_missing
from policies.rates.series import Rates

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rated:
    """`rate` percent a year from `start` to `end`, both inclusive; None: not known, for the reason in `missing`."""

    start: date
    end: date
    rate: Decimal | None
    missing: str = ""


def rated(rule: InterestRule, rates: Rates, terms: Terms | None, first: date, last: date) -> list[Rated]:
    """The percentages of the days from `first`, the first day that bears interest, to `last`."""
    agreed = terms.rate if terms is not None else None
    if agreed is not None and not rule.cap_series:
        return [Rated(first, last, agreed)]
    if agreed is not None:
        capped = (
            _over(rates, rule.cap_series, rule.cap_points, rule.cap_round_up_to, *each) for each in halves(first, last)
        )
        return [_at_most(one, agreed) for one in capped]
    if rule.fixed is not None:
        return [Rated(first, last, rule.fixed)]
    if rule.moves is Moves.FROZEN:
        return [_over(rates, rule.series, rule.points, rule.round_up_to, first, last)]
    return [_over(rates, rule.series, rule.points, rule.round_up_to, *each) for each in halves(first, last)]


def halves(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days from `first` to `last` cut at the ends of half-years."""
    while first <= last:
        yield first, min(last_day(first), last)
        first = last_day(first) + ONE_DAY


def _over(rates: Rates, id: str, points: Decimal, step: Decimal | None, first: date, last: date) -> Rated:
    """The reference of the half-year `first` lies in, plus the points, rounded up where the law says so."""
    series = rates.get(id)
    value = series.of_half_year(first) if series is not None else None
    if value is None:
        reason = f"The rate {id} is not known." if series is None else why_missing(series, first)
        return Rated(first, last, None, reason)
    rate = max(value.percent + points, Decimal(0))
    return Rated(first, last, rate if step is None else rounded_up(rate, step))


def _at_most(cap: Rated, agreed: Decimal) -> Rated:
    return cap if cap.rate is None else Rated(cap.start, cap.end, min(agreed, cap.rate))


def rounded_up(rate: Decimal, step: Decimal) -> Decimal:
    """The next multiple of `step` that is not below `rate`: 12.25 becomes 12.5 in steps of 0.5."""
    return (rate / step).to_integral_value(ROUND_CEILING) * step
