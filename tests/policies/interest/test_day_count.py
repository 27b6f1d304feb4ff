"""The bases on which days are counted, in figures that can be checked by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.interest.claim import claim
from policies.interest.day_count import DayCount, days_counted
from policies.interest.debt import Debt, Movement, Terms
from tests.policies.interest.laws import CH, FR, RATES, a_law, a_rule

A365, A360, AA, T360 = DayCount
days = st.dates(date(2019, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("basis", "due", "until", "interest"),
    [
        (A365, "2023-12-31", "2024-12-31", 5014),  # 366 days
        (A360, "2023-12-31", "2024-12-31", 5083),
        (AA, "2023-12-31", "2024-12-31", 5000),  # a year is a year
        (T360, "2023-12-31", "2024-12-31", 5000),
        (AA, "2023-11-30", "2024-01-31", 848),  # 31 of 365 and 31 of 366
        (T360, "2026-01-31", "2026-02-28", 389),  # 28 days
        (T360, "2026-01-30", "2026-01-31", 0),
        (T360, "2026-01-15", "2026-03-15", 833),  # two months
    ],
)
def test_five_percent_on_a_thousand(basis: DayCount, due: str, until: str, interest: int) -> None:
    debt = Debt(100_000, "EUR", date.fromisoformat(due))
    assert claim(debt, CH, RATES, date.fromisoformat(until), count=basis).interest == interest


def test_actual_actual_has_a_line_for_each_year_and_says_its_length() -> None:
    statement = claim(Debt(100_000, "EUR", date(2023, 11, 30)), CH, RATES, date(2024, 1, 31), count=AA)
    assert [(line.start, line.end, line.days, line.year) for line in statement.segments] == [
        (date(2023, 12, 1), date(2023, 12, 31), 31, 365), (date(2024, 1, 1), date(2024, 1, 31), 31, 366),
    ]  # fmt: skip


def test_the_basis_says_who_chose_the_day_count() -> None:
    debt, until = Debt(100_000, "EUR", date(2025, 12, 31)), date(2026, 3, 31)
    agreed = Terms(Decimal(12), record="CGV", day_count=T360)
    by_law = a_law(a_rule(fixed=Decimal(5), day_count=A360))
    assert [
        claim(debt, law, RATES, until, terms=terms, count=count).basis.split(", ")[1]
        for law, terms, count in ((FR, None, None), (FR, agreed, None), (FR, None, AA), (by_law, None, None))
    ] == ["actual/365", "30/360 as agreed", "actual/actual as asked for", "actual/360"]
    assert claim(debt, FR, RATES, until, terms=agreed).interest == 3000


@given(st.sampled_from(DayCount), days, st.integers(0, 800), st.integers(0, 800))
def test_two_stretches_count_what_they_count_together(basis: DayCount, start: date, one: int, other: int) -> None:
    middle = start + timedelta(days=one)
    end = middle + timedelta(days=other)
    together = days_counted(basis, start, middle) + days_counted(basis, middle + timedelta(days=1), end)
    assert days_counted(basis, start, end) == together
    assert days_counted(basis, start, end) >= 0


@given(st.sampled_from(DayCount), days, st.integers(1, 900), st.lists(st.integers(1, 100_000), max_size=3))
def test_the_lines_add_up_on_every_basis_and_zero_bears_nothing(
    basis: DayCount, due: date, length: int, paid: list[int]
) -> None:
    moved = tuple(Movement(due + timedelta(days=31 * place), amount) for place, amount in enumerate(paid))
    until = due + timedelta(days=length)
    statement = claim(Debt(100_000, "EUR", due, moved), CH, RATES, until, count=basis)
    assert statement.interest == sum(line.interest for line in statement.segments)
    assert claim(Debt(0, "EUR", due), CH, RATES, until, count=basis).interest == 0
