"""Values a person adds to the shipped ones: each with its source, each known to the end of its own half-year."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from policies.law.provenance import Confidence, Provenance
from policies.rates.half_year import first_day, last_day
from policies.rates.series import CountedOn, Rates, RateValue, Series

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Added:
    """`percent` a year of `series` from `start` on, as `source` says."""

    series: str
    start: date
    percent: Decimal
    source: str
    on: date
    """Day it was added."""


def with_added(rates: Rates, added: Iterable[Added]) -> Rates:
    """The series with the added values laid over, in the order they were added: the later one of a day counts."""
    result = dict(rates)
    for value in added:
        if value.series in result:
            result[value.series] = _with(result[value.series], value)
    return result


def serves(series: Series, start: date) -> date | None:
    """First day of the half-year a value from `start` is the reference of; None where another day's value counts."""
    day = start + ONE_DAY if series.counted_on is CountedOn.EVE else start
    return first_day(day) if series.reference_day(day) == start else None


def _with(series: Series, added: Added) -> Series:
    """One value more. What was the last word ends where it was known to end: a gap stays a gap."""
    in_force, served = series.written(added.start), serves(series, added.start)
    before = [value for value in series.values if value.start < added.start]
    after = [value for value in series.values if value.start > added.start]
    if before and before[-1].until is None and in_force is None:
        before[-1] = replace(before[-1], until=series.told_until)
    until = _reach(series, added.start) if in_force is None else in_force.until
    where = Provenance(added.source, added.on, Confidence.MEDIUM, confirmed_by=added.source)
    values = (*before, RateValue(added.start, added.percent, where, until), *after)
    known = series.known_until if served is None else max(series.known_until, _serves_until(series, served))
    return replace(series, values=values, known_until=known)


def _serves_until(series: Series, served: date) -> date:
    """Last day of debts a value serves whose half-year starts on `served`."""
    return series.set_each.period_end(served) or last_day(served)


def _reach(series: Series, start: date) -> date:
    """Last day a value from `start` is known for: the end of its period, that eve only if it is set for it."""
    last = series.set_each.period_end(start) or last_day(start)
    return last if series.counted_on is CountedOn.FIRST_DAY or start == last else last - ONE_DAY
