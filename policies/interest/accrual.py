"""Simple interest of each stretch of days, exact: principal x percent x days / (100 x days of the year)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from policies.interest.day_count import DayCount, days_counted, turns, year_length
from policies.interest.debt import Debt
from policies.interest.principal import changes, owed_on
from policies.interest.rate_plan import Rated
from policies.interest.rounding import Rounding, half_up, shares
from policies.interest.statement import Segment

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days with one principal and one percentage; `rate` None: not known, for the reason in `missing`."""

    start: date
    end: date
    principal: int
    rate: Decimal | None
    missing: str = ""
    basis: DayCount = DayCount.ACTUAL_365

    @property
    def days(self) -> int:
        """Both ends counted, as the basis counts them."""
        return days_counted(self.basis, self.start, self.end)

    @property
    def year(self) -> int:
        """Days a year counts."""
        return year_length(self.basis, self.start)


def spans(debt: Debt, plan: Sequence[Rated], basis: DayCount = DayCount.ACTUAL_365) -> list[Span]:
    """The days of the plan cut where the principal changes; days on which nothing is owed are left out."""
    cuts = sorted(changes(debt))
    return [
        replace(span, basis=basis)
        for one in plan
        for part in _by_year(one, basis)
        for span in _of_one_rate(debt, part, cuts)
    ]


def _by_year(rated: Rated, basis: DayCount) -> list[Rated]:
    """The days of one rate, cut where the basis turns."""
    starts = [rated.start, *sorted(turns(basis, rated.start, rated.end))]
    ends = [*(day - ONE_DAY for day in starts[1:]), rated.end]
    return [replace(rated, start=start, end=end) for start, end in zip(starts, ends, strict=True)]


def _of_one_rate(debt: Debt, rated: Rated, cuts: Sequence[date]) -> list[Span]:
    """The days of one rate; neighbours with the same principal are one line (movements of a day may cancel out)."""
    starts = [rated.start, *(day for day in cuts if rated.start < day <= rated.end)]
    ends = [*(day - ONE_DAY for day in starts[1:]), rated.end]
    found: list[Span] = []
    for start, end in zip(starts, ends, strict=True):
        owed = owed_on(debt, start)
        if found and found[-1].principal == owed:
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(Span(start, end, owed, rated.rate, rated.missing))
    return [span for span in found if span.principal]


def exact(span: Span) -> Fraction:
    """Interest of the span in minor units, unrounded; the rate is known."""
    return a_day(span) * span.days


def a_day(span: Span) -> Fraction:
    """Interest of one day, unrounded."""
    return span.principal * Fraction(span.rate or 0) / 100 / span.year


def segments(found: Sequence[Span], rounding: Rounding) -> tuple[Segment, ...]:
    """The lines of the statement; they add up to the total as it is rounded."""
    if rounding is Rounding.DAILY:
        amounts = tuple(half_up(a_day(span)) * span.days for span in found)
    else:
        amounts = shares([exact(span) for span in found])
    return tuple(
        Segment(span.start, span.end, span.days, span.rate or Decimal(0), span.principal, amount, span.year)
        for span, amount in zip(found, amounts, strict=True)
    )
