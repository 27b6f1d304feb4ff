"""What may be claimed besides the principal: interest and the flat sum, as at a day (design 4.6)."""

from collections.abc import Sequence
from datetime import date, timedelta

from policies.interest.accrual import Span, segments, spans
from policies.interest.day_count import DayCount
from policies.interest.debt import Debt, Terms
from policies.interest.flat import flat_sum
from policies.interest.floor import Remark, cap_remarks, floor_remarks
from policies.interest.law_then import law_for
from policies.interest.principal import left_after
from policies.interest.rate_plan import Rated, Turn, rated
from policies.interest.rounding import Rounding
from policies.interest.starting import first_day
from policies.interest.statement import Flag, Statement
from policies.interest.words import basis
from policies.law.rules import InterestRule, KindLaw
from policies.rates.series import Rates

ONE_DAY = timedelta(days=1)


def claim(
    debt: Debt,
    law: KindLaw,
    rates: Rates,
    until: date,
    *,
    terms: Terms | None = None,
    rounding: Rounding = Rounding.ONCE,
    turn: Turn = Turn.SAME_DAY,
    count: DayCount | None = None,
) -> Statement:
    """The statement of calculation as at the end of `until`. Simple interest, never on interest nor on the flat sum.

    A rate, a sum or a day count the parties agreed on is used only with `terms`; `count` takes the place of both bases. Where a half-year has no known rate the interest is
    None and the part up to the last known day stands apart: nothing is guessed and nothing is stated as 0.00.
    """
    law = law_for(law, debt.due)
    first, remarks = first_day(debt, law, terms)
    last = until if debt.stopped_on is None else min(until, debt.stopped_on)
    count = count or _count(law.interest, terms)
    found = spans(debt, _plan(law.interest, rates, terms, first, last, turn), count)
    known, missing = _known(found)
    lines = segments(known, rounding)
    stated, apart = sum(line.interest for line in lines), missing is not None and bool(known)
    flat = flat_sum(debt, law, until, terms)
    remarks += _bounds(law.interest, rates, terms, found) + _reserved(missing)
    remarks += _ended(debt, first, last, until) + ([(flat.flag, flat.note)] if flat.note else [])
    return Statement(
        currency=debt.currency,
        until=until,
        interest=stated if first is not None and missing is None else None,
        flat=flat.amount,
        segments=lines,
        basis=basis(law, rates, terms, rounding, turn, count),
        flags=tuple(dict.fromkeys(flag for flag, _ in remarks if flag is not None)),
        notes=tuple(dict.fromkeys(note for _, note in remarks)),
        known_until=missing.start - ONE_DAY if missing is not None and apart else None,
        known_part=stated if apart else None,
        open=left_after(debt, until),
    )


def _plan(
    rule: InterestRule | None, rates: Rates, terms: Terms | None, first: date | None, last: date, turn: Turn
) -> list[Rated]:
    """The percentages of the days that bear interest, with those whose rate is not known."""
    if rule is None or first is None or first > last:
        return []
    return rated(rule, rates, terms, first, last, turn)


def _known(found: Sequence[Span]) -> tuple[Sequence[Span], Span | None]:
    """The spans up to the first whose rate is not known, and that one."""
    missing = next((span for span in found if span.rate is None), None)
    return (found if missing is None else found[: found.index(missing)]), missing


def _count(rule: InterestRule | None, terms: Terms | None) -> DayCount:
    """The parties' own day count, else the law's."""
    if terms is not None and terms.day_count is not None:
        return terms.day_count
    return DayCount.ACTUAL_365 if rule is None else rule.day_count


def _bounds(rule: InterestRule | None, rates: Rates, terms: Terms | None, found: Sequence[Span]) -> list[Remark]:
    if rule is None or not found:
        return []
    return floor_remarks(rule, rates, terms, found[0].start, found[-1].end) + cap_remarks(rule, terms, found)


def _ended(debt: Debt, first: date | None, last: date, until: date) -> list[Remark]:
    """That interest, where there is any, stopped before `until`."""
    if first is None or last >= until:
        return []
    why = f": {debt.stopped_why}" if debt.stopped_why else ""
    return [(Flag.STOPPED, f"Interest stopped on {last}{why}.")]


def _reserved(missing: Span | None) -> list[Remark]:
    if missing is None:
        return []
    return [(Flag.RATE_MISSING, f"Interest from {missing.start} is reserved. {missing.missing}")]
