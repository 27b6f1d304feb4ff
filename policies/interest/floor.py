"""What the law says of an agreed rate: a floor (FR: three times the legal rate, L441-10 C. com.), a cap (BE: XIX.4 CDE)."""

from collections.abc import Sequence
from datetime import date

from policies.interest.accrual import Span
from policies.interest.debt import Terms
from policies.interest.rate_plan import halves
from policies.interest.statement import Flag
from policies.law.rules import InterestRule
from policies.rates.missing import why_missing
from policies.rates.series import Rates

Remark = tuple[Flag | None, str]


def floor_remarks(rule: InterestRule, rates: Rates, terms: Terms | None, first: date, last: date) -> list[Remark]:
    """What to say about the agreed rate: below the floor in the first such half-year, or a floor that is not known."""
    if terms is None or terms.rate is None or not rule.floor_series or rule.floor_series not in rates:
        return []
    series = rates[rule.floor_series]
    known = [(start, end, series.of_half_year(start)) for start, end in halves(first, last)]
    unknown = next((start for start, _, value in known if value is None), None)
    remarks: list[Remark] = []
    if unknown is not None:
        remarks.append((None, f"The floor of the agreed rate could not be checked. {why_missing(series, unknown)}"))
    for start, end, value in known:
        if value is not None and terms.rate < (floor := value.percent * rule.floor_times):
            sentence = (
                f"The agreed {terms.rate:f} % is below the legal floor of {floor:f} % ({rule.floor_times:f} times:"
                f" {series.title}) from {start} to {end}; it is used as agreed until you decide."
            )
            return [(Flag.BELOW_FLOOR, sentence), *remarks]
    return remarks


def cap_remarks(rule: InterestRule, terms: Terms | None, found: Sequence[Span]) -> list[Remark]:
    """That the agreed rate is above what the law allows, with the first days of which that is so."""
    if terms is None or terms.rate is None or not rule.cap_series:
        return []
    for span in found:
        if span.rate is not None and span.rate < terms.rate:
            days = f"{span.rate:f} % is counted from {span.start} to {span.end}"
            return [(None, f"The agreed {terms.rate:f} % is more than the law allows: {days}.")]
    return []
