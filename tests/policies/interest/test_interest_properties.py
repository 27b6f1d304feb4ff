"""What must hold for every debt, whatever was paid and when."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from policies.interest.accrual import exact, spans
from policies.interest.claim import claim
from policies.interest.debt import Debt, Movement, Terms
from policies.interest.rate_plan import rated
from policies.interest.rounding import half_up, shares
from policies.law.rules import KindLaw
from tests.policies.interest.laws import BE, CH, DE, FR, FR_PUBLIC, NL, RATES, UK

FIRST, LAST = date(2019, 1, 1), date(2026, 6, 30)
days = st.dates(FIRST, LAST)
laws = st.sampled_from([FR, FR_PUBLIC, DE, BE, NL, UK, CH])
amounts = st.integers(0, 10**9)
movements = st.lists(st.builds(Movement, days, st.integers(-(10**8), 10**8)), max_size=6).map(tuple)
debts = st.builds(Debt, amounts, st.just("EUR"), days, movements)


def accrued(debt: Debt, law: KindLaw, first: date, last: date) -> Fraction:
    """Interest of the days from `first` to `last` of a debt that bears interest from the day after it was due."""
    assert law.interest is not None
    begins = debt.due + timedelta(days=1)
    if last < begins:
        return Fraction(0)
    plan = rated(law.interest, RATES, None, begins, last)
    pieces = [replace(one, start=max(one.start, first)) for one in plan if one.end >= first]
    return sum((exact(span) for span in spans(debt, pieces)), Fraction(0))


@given(debts, laws, days, days)
def test_interest_to_a_day_is_interest_to_an_earlier_one_and_that_since(
    debt: Debt, law: KindLaw, one: date, other: date
) -> None:
    split, until = min(one, other), max(one, other)
    whole = accrued(debt, law, FIRST, until)
    assert whole == accrued(debt, law, FIRST, split) + accrued(debt, law, split + timedelta(days=1), until)
    assert claim(debt, law, RATES, until).interest == half_up(whole)


@given(movements, amounts, days, st.integers(0, 500))
def test_the_lines_say_what_counting_day_by_day_says(
    moved: tuple[Movement, ...], principal: int, due: date, length: int
) -> None:
    until, total = due + timedelta(days=length), Fraction(0)
    for ahead in range(1, length + 1):
        day = due + timedelta(days=ahead)
        paid = sum(one.amount for one in moved if one.on < day)
        reference = RATES["ecb_mro"].on(date(day.year, 1 if day.month < 7 else 7, 1))
        if reference is None:  # past the last known half-year
            return
        total += max(0, principal - paid) * Fraction(reference.percent + 10) / 36500
    assert claim(Debt(principal, "EUR", due, moved), FR, RATES, until).interest == half_up(total)


@given(debts, laws, days, days)
def test_interest_never_falls_with_time(debt: Debt, law: KindLaw, one: date, other: date) -> None:
    earlier, later = (claim(debt, law, RATES, day).interest for day in sorted((one, other)))
    assert earlier is not None
    assert later is not None
    assert 0 <= earlier <= later


@given(debts, laws, days, st.integers(0, 10**8))
def test_interest_never_falls_with_the_principal(debt: Debt, law: KindLaw, until: date, more: int) -> None:
    larger = replace(debt, principal=debt.principal + more)
    assert (claim(debt, law, RATES, until).interest or 0) <= (claim(larger, law, RATES, until).interest or 0)


@given(laws, days, days, movements)
def test_nothing_owed_bears_nothing(law: KindLaw, due: date, until: date, moved: tuple[Movement, ...]) -> None:
    paid = tuple(replace(one, amount=abs(one.amount)) for one in moved)
    statement = claim(Debt(0, "EUR", due, paid), law, RATES, until)
    assert (statement.interest, statement.flat, statement.segments) == (0, None, ())


@given(amounts, laws, days, days, st.integers(2, 9))
def test_interest_is_never_on_interest(amount: int, law: KindLaw, due: date, until: date, times: int) -> None:
    """So many times the principal bear so many times the interest, and a year adds what the year before it added."""
    debt = Debt(amount, "EUR", due)
    assert accrued(replace(debt, principal=times * amount), law, FIRST, until) == times * accrued(
        debt, law, FIRST, until
    )
    alone = replace(debt, due=date(2023, 12, 31))
    assert accrued(alone, CH, date(2025, 1, 1), date(2025, 12, 31)) == Fraction(amount * 5, 100)


@given(debts, laws, days, st.randoms(use_true_random=False))
def test_the_order_in_which_payments_were_entered_means_nothing(
    debt: Debt, law: KindLaw, until: date, random: object
) -> None:
    mixed = list(debt.movements)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert claim(replace(debt, movements=tuple(mixed)), law, RATES, until) == claim(debt, law, RATES, until)


@given(debts, laws, days)
def test_the_printed_lines_add_up_and_follow_each_other(debt: Debt, law: KindLaw, until: date) -> None:
    statement = claim(debt, law, RATES, until)
    assert sum(line.interest for line in statement.segments) == statement.interest
    assert all(line.days == (line.end - line.start).days + 1 for line in statement.segments)
    bounds = [day for line in statement.segments for day in (line.start, line.end)]
    assert bounds == sorted(bounds)
    assert all(debt.due < day <= until for day in bounds)


@given(st.lists(st.fractions(0, 10**6), max_size=8))
def test_whole_parts_add_up_to_the_rounded_sum_and_stay_within_a_unit(parts: list[Fraction]) -> None:
    whole = shares(parts)
    assert sum(whole) == half_up(sum(parts, Fraction(0)))
    assert all(abs(share - part) < 1 for share, part in zip(whole, parts, strict=True))


@given(debts, st.decimals(0, 40, places=2), days)
def test_an_agreed_rate_counts_for_the_whole_life_of_the_debt(debt: Debt, rate: Decimal, until: date) -> None:
    statement = claim(debt, FR, RATES, until, terms=Terms(rate=rate, record="CGV"))
    assert {line.rate for line in statement.segments} <= {rate}
    assert statement.interest is not None


@given(debts, laws, days, days)
def test_where_interest_stopped_it_is_what_it_was_on_that_day(
    debt: Debt, law: KindLaw, until: date, stop: date
) -> None:
    stopped = claim(replace(debt, stopped_on=stop), law, RATES, until)
    assert stopped.interest == claim(debt, law, RATES, min(until, stop)).interest
    assert stopped.open == claim(debt, law, RATES, until).open
