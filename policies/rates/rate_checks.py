"""What the values of one rate must say together."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from policies.problems import Problem
from policies.rates.series import Series
from policies.toml_table import Table


def check_order(top: Table, series: Series, lines: Sequence[int]) -> None:
    """Note values out of order, and a last known day that does not fit the last value."""
    for (before, after), line in zip(pairwise(series.values), lines[1:], strict=False):
        if after.start <= before.start and date.min not in (before.start, after.start):
            reason = f"It stands after {before.start}; put the values in order."
            top.problems.append(Problem(top.source, line, after.start.isoformat(), reason))
    if "known_until" not in top.values or not series.values:
        return
    last = series.values[-1]
    if series.known_until < last.start:
        top.note("known_until", f"{series.known_until} is before the last value starts, on {last.start}.")
    elif last.until is not None and series.known_until > last.until:
        top.note("known_until", f"{series.known_until} is after {last.until}, the last day of the last value's period.")
