"""Simple interest of each stretch of days, exact: principal x percent x days / (100 x days of the year)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

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

    @property
    def days(self) -> int:
        """Both ends counted."""
        return (self.end - self.start).days + 1


def spans(debt: Debt, plan: Sequence[Rated]) -> list[Span]:
    """The days of the plan cut where the principal changes; days on which nothing is owed are left out."""
    cuts = sorted(changes(debt))
    found = []
    for rated in plan:
        starts = [rated.start, *(day for day in cuts if rated.start < day <= rated.end)]
        ends = [*(day - ONE_DAY for day in starts[1:]), rated.end]
        for start, end in zip(starts, ends, strict=True):
            if owed := owed_on(debt, start):
                found.append(Span(start, end, owed, rated.rate, rated.missing))
    return merged(found)


def merged(found: Sequence[Span]) -> list[Span]:
    """Neighbours of one half-year with the same principal are one line (movements of a day may cancel out)."""
    result: list[Span] = []
    for span in found:
        before = result[-1] if result else None
        if before is not None and _continues(before, span):
            result[-1] = Span(before.start, span.end, before.principal, before.rate, before.missing)
        else:
            result.append(span)
    return result


def _continues(before: Span, span: Span) -> bool:
    same = (before.principal, before.rate) == (span.principal, span.rate)
    return same and before.end + ONE_DAY == span.start and (span.start.month, span.start.day) not in ((1, 1), (7, 1))


def exact(span: Span, year: int) -> Fraction:
    """Interest of the span in minor units, unrounded; the rate is known."""
    return a_day(span, year) * span.days


def a_day(span: Span, year: int) -> Fraction:
    """Interest of one day, unrounded."""
    return span.principal * Fraction(span.rate or 0) / 100 / year


def segments(found: Sequence[Span], year: int, rounding: Rounding) -> tuple[Segment, ...]:
    """The lines of the statement; they add up to the total as it is rounded."""
    if rounding is Rounding.DAILY:
        amounts = tuple(half_up(a_day(span, year)) * span.days for span in found)
    else:
        amounts = shares([exact(span, year) for span in found])
    return tuple(
        Segment(span.start, span.end, span.days, span.rate or Decimal(0), span.principal, amount)
        for span, amount in zip(found, amounts, strict=True)
    )
