"""Which percentage counts on which days: by half-year, frozen for the debt's life, fixed, or agreed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

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


class Turn(StrEnum):
    """From which day the rate of a new half-year counts."""

    SAME_DAY = "same_day"  # 1 January, 1 July
    NEXT_DAY = "next_day"  # the day after: the interest of a day is that of the night before it

    @property
    def shift(self) -> timedelta:
        """How long after its first day a half-year counts."""
        return ONE_DAY if self is Turn.NEXT_DAY else timedelta(0)


def rated(
    rule: InterestRule, rates: Rates, terms: Terms | None, first: date, last: date, turn: Turn = Turn.SAME_DAY
) -> list[Rated]:
    """The percentages of the days from `first`, the first day that bears interest, to `last`."""
    agreed = terms.rate if terms is not None else None
    if agreed is not None and not rule.cap_series:
        return [Rated(first, last, agreed)]
    if agreed is not None:
        cap = _Reference(rates, rule.cap_series, rule.cap_points, rule.cap_round_up_to)
        return [_at_most(one, agreed) for one in _by_half(cap, first, last, turn)]
    if rule.fixed is not None:
        return [Rated(first, last, rule.fixed)]
    reference = _Reference(rates, rule.series, rule.points, rule.round_up_to)
    if rule.moves is Moves.FROZEN:
        return [reference.over(first, last, first)]
    return _by_half(reference, first, last, turn)


def halves(first: date, last: date, turn: Turn = Turn.SAME_DAY) -> Iterator[tuple[date, date]]:
    """The days from `first` to `last` cut at the ends of half-years."""
    while first <= last:
        end = min(last_day(first - turn.shift) + turn.shift, last)
        yield first, end
        first = end + ONE_DAY


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference rate plus points, rounded up to a multiple of `step` where the law says so."""

    rates: Rates
    series: str
    points: Decimal
    step: Decimal | None

    def over(self, first: date, last: date, half: date) -> Rated:
        """The percentage of the half-year `half` lies in, for the days from `first` to `last`."""
        series = self.rates.get(self.series)
        value = series.of_half_year(half) if series is not None else None
        if value is None:
            reason = f"The rate {self.series} is not known." if series is None else why_missing(series, half)
            return Rated(first, last, None, reason)
        rate = max(value.percent + self.points, Decimal(0))
        return Rated(first, last, rate if self.step is None else rounded_up(rate, self.step))


def _by_half(reference: _Reference, first: date, last: date, turn: Turn) -> list[Rated]:
    return [reference.over(start, end, start - turn.shift) for start, end in halves(first, last, turn)]


def _at_most(cap: Rated, agreed: Decimal) -> Rated:
    return cap if cap.rate is None else Rated(cap.start, cap.end, min(agreed, cap.rate))


def rounded_up(rate: Decimal, step: Decimal) -> Decimal:
    """The next multiple of `step` that is not below `rate`: 12.25 becomes 12.5 in steps of 0.5."""
    return (rate / step).to_integral_value(ROUND_CEILING) * step
