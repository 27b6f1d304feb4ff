"""Why a half-year has no rate, and what to do about it, in a sentence."""

from datetime import date

from policies.rates.half_year import first_day, last_day
from policies.rates.series import Series


def why_missing(series: Series, day: date) -> str:
    """Why the half-year `day` lies in has no usable value of `series`; empty where it has one."""
    if series.of_half_year(day) is not None:
        return ""
    at = series.reference_day(day)
    given = series.written(at)
    reason = (
        f"{series.title}: no value is known for {first_day(day)} to {last_day(day)}"
        if given is None
        else f"{series.title}: the value from {given.start}, {given.percent} %, is not confirmed ({given.where.source})"
    )
    asked = f"See {series.ask}, then type: " if series.ask else "Type: "
    return f"{reason}. {asked}relance rates set {series.id} {at} PERCENT --source TEXT."
