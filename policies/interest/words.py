"""The basis of a statement in words: formula, days, rate, rounding, articles."""

from policies.interest.day_count import DayCount
from policies.interest.debt import Terms
from policies.interest.rate_plan import Turn
from policies.interest.rounding import Rounding
from policies.law.provenance import Provenance
from policies.law.rules import InterestRule, KindLaw, Moves, Starts
from policies.rates.series import CountedOn, Rates

STARTING = {
    Starts.DUE: "the due date",
    Starts.NOTICE: "the formal notice",
    Starts.REMINDER_EXPIRED: "the end of the free reminder's delay",
    Starts.THIRD_MONTH: "the end of the third month after delivery",
}
ROUNDING = {
    Rounding.ONCE: "rounded once, at the end",
    Rounding.DAILY: "the interest of a day is rounded, then multiplied by the days",
}


TURN = {Turn.SAME_DAY: "", Turn.NEXT_DAY: "a new half-year's rate counts from its second day"}
PER = {"invoice": "invoice", "debt": "debt", "instalment": "late instalment", "payment": "late payment"}


def basis(
    law: KindLaw, rates: Rates, terms: Terms | None, rounding: Rounding, turn: Turn = Turn.SAME_DAY,
    count: DayCount = DayCount.ACTUAL_365,
) -> str:  # fmt: skip
    """How the figures come about, with the source of the interest and of the flat sum."""
    parts = []
    if law.interest is not None:
        rule = law.interest
        days = f"from the day after {STARTING[rule.starts]} to the day stated, both included"
        parts = [
            f"Simple interest, {_counted(count, rule, terms)}, {days}, on the principal with VAT",
            "a payment counts from the day after its value date",
            _rate(rule, rates, terms),
            TURN[turn] if rule.moves is Moves.SEMESTER else "",
            ROUNDING[rounding],
            _source(rule.where),
        ]
    if law.flat is not None:
        parts.append(f"flat sum per {PER[law.flat.per]}: {_source(law.flat.where)}")
    return "; ".join(part for part in parts if part)


def _counted(count: DayCount, rule: InterestRule, terms: Terms | None) -> str:
    """The day count, and who chose it where it is not the law's."""
    if count is rule.day_count:
        return count.value
    return f"{count.value} {'as agreed' if terms is not None and terms.day_count is count else 'as asked for'}"


def _source(where: Provenance) -> str:
    """The source as one part of the basis, whose parts are separated by semicolons."""
    return where.source.replace(";", ",")


def _rate(rule: InterestRule, rates: Rates, terms: Terms | None) -> str:
    if terms is not None and terms.rate is not None:
        capped = (
            f", at most {_reference(rule.cap_series, rates)} + {rule.cap_points:f} points" if rule.cap_series else ""
        )
        return f"rate agreed by the parties: {terms.rate:f} % a year{capped} ({terms.record or 'terms record'})"
    if rule.fixed is not None:
        return f"{rule.fixed:f} % a year"
    if not rule.series:
        return ""
    points = f" + {rule.points:f} points" if rule.points else ""
    step = f", rounded up to {rule.round_up_to:f}" if rule.round_up_to is not None else ""
    return f"{_reference(rule.series, rates)}{points}{step}, {_moves(rule, rates)}"


def _moves(rule: InterestRule, rates: Rates) -> str:
    """Which half-year's value counts, and for how long."""
    series = rates.get(rule.series)
    eve = series is not None and series.counted_on is CountedOn.EVE
    day = "on the last day before each half-year" if eve else "on the first day of each half-year"
    if rule.moves is Moves.SEMESTER:
        return f"by half-year, its value {day}"
    return (
        f"of the half-year in which interest starts, for the life of the debt, its value {day.replace('each', 'that')}"
    )


def _reference(id: str, rates: Rates) -> str:
    series = rates.get(id)
    return id if series is None else series.title
