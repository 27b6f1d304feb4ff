"""A promise or a plan waits for its money and the bank; then it was kept, partly kept, or broken."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.bank_days import bank_days_after
from policies.case import Calendar, Hold, HoldKind, Instalment
from policies.promise import Word, next_day_agreed, waited_through, word_of
from tests.policies.builders import FRENCH_HOLIDAYS, PARIS, a_ladder

FRANCE = Calendar(PARIS, FRENCH_HOLIDAYS)
LADDER = a_ladder(promise_grace=2)
FRIDAY = date(2026, 3, 6)


def a_promise(kind: HoldKind = HoldKind.PROMISE, **given: Any) -> Hold:
    facts: dict[str, Any] = {"since": date(2026, 3, 2), "until": FRIDAY, "reason": "said so", "owner": "marie"}
    return Hold(kind=kind, **(facts | given))


def a_plan(*amounts: tuple[str, int], paid: int = 0) -> Hold:
    agreed = tuple(Instalment(date.fromisoformat(on), amount) for on, amount in amounts)
    return a_promise(HoldKind.PLAN, until=None, instalments=agreed, paid=paid)


@pytest.mark.parametrize(
    ("promised", "grace", "through"),
    [
        ("2026-03-06", 0, "2026-03-06"),
        ("2026-03-06", 1, "2026-03-09"),  # the weekend is no bank day
        ("2026-03-06", 2, "2026-03-10"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-04-03", 2, "2026-04-08"),  # nor is Easter Monday
        ("9989-12-31", 5, "9990-01-01"),
    ],
)
def test_a_promised_day_is_waited_for_with_the_bank_days_after_it(promised: str, grace: int, through: str) -> None:
    hold = a_promise(until=date.fromisoformat(promised))
    assert waited_through(hold, a_ladder(promise_grace=grace), FRANCE) == date.fromisoformat(through)


def test_without_a_day_it_is_waited_for_until_its_owner_ends_it() -> None:
    assert waited_through(a_promise(until=None), LADDER, FRANCE) is None
    assert word_of(a_promise(until=None), 100, LADDER, FRANCE, date(2030, 1, 1)) is None


@pytest.mark.parametrize(
    ("principal", "paid", "today", "word"),
    [
        (50_00, 0, "2026-03-10", None),
        (50_00, 0, "2026-03-11", Word.BROKEN),
        (20_00, 30_00, "2026-03-10", None),
        (20_00, 30_00, "2026-03-11", Word.PARTLY_KEPT),
        (0, 50_00, "2026-03-03", Word.KEPT),
        (0, 50_00, "2026-03-11", Word.KEPT),
        (0, 0, "2026-03-11", Word.KEPT),  # a credit note did it
        (-1, 51_00, "2026-03-11", Word.KEPT),
    ],
)
def test_a_promise_to_pay_everything_is_kept_by_everything(
    principal: int, paid: int, today: str, word: Word | None
) -> None:
    assert word_of(a_promise(paid=paid), principal, LADDER, FRANCE, date.fromisoformat(today)) is word


@pytest.mark.parametrize(("paid", "word"), [(0, Word.BROKEN), (29_99, Word.PARTLY_KEPT), (30_00, Word.KEPT)])
def test_a_promise_of_an_amount_is_kept_by_that_amount(paid: int, word: Word) -> None:
    hold = a_promise(instalments=(Instalment(FRIDAY, 30_00),), paid=paid)
    assert word_of(hold, 50_00 - paid, LADDER, FRANCE, date(2026, 3, 11)) is word


PLAN = (("2026-03-06", 100_00), ("2026-04-06", 100_00), ("2026-05-06", 50_00))


@pytest.mark.parametrize(
    ("paid", "next_day"),
    [
        (0, "2026-03-06"),
        (99_99, "2026-03-06"),
        (100_00, "2026-04-06"),
        (150_00, "2026-04-06"),
        (230_00, "2026-05-06"),  # too much serves the next one
        (250_00, None),
    ],
)
def test_a_plan_waits_for_the_first_instalment_that_has_not_all_come(paid: int, next_day: str | None) -> None:
    expected = None if next_day is None else date.fromisoformat(next_day)
    assert next_day_agreed(a_plan(*PLAN, paid=paid)) == expected


@pytest.mark.parametrize(
    ("paid", "today", "word"),
    [
        (0, "2026-03-10", None),
        (0, "2026-03-11", Word.BROKEN),
        (60_00, "2026-03-11", Word.PARTLY_KEPT),
        (100_00, "2026-03-11", None),
        (100_00, "2026-04-08", None),
        (100_00, "2026-04-09", Word.PARTLY_KEPT),
        (200_00, "2026-05-08", None),
        (250_00, "2026-05-07", Word.KEPT),
    ],
)
def test_a_plan_is_broken_by_the_first_instalment_missed(paid: int, today: str, word: Word | None) -> None:
    hold = a_plan(*PLAN, paid=paid)
    assert word_of(hold, 400_00 - paid, LADDER, FRANCE, date.fromisoformat(today)) is word


def test_a_plan_of_which_only_the_first_day_is_known_is_kept_by_the_first_payment() -> None:
    kept, broken = a_promise(HoldKind.PLAN, paid=1_00), a_promise(HoldKind.PLAN)
    assert word_of(kept, 49_00, LADDER, FRANCE, date(2026, 3, 11)) is Word.KEPT
    assert word_of(broken, 50_00, LADDER, FRANCE, date(2026, 3, 11)) is Word.BROKEN


WORTH = {Word.BROKEN: 0, Word.PARTLY_KEPT: 1, None: 2, Word.KEPT: 3}
AMOUNTS = st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 900)), max_size=4)


@given(AMOUNTS, st.integers(0, 2000), st.integers(0, 2000), st.dates(date(2026, 1, 1), date(2027, 3, 1)))
def test_more_money_never_makes_a_word_worse(agreed: list[tuple[date, int]], paid: int, more: int, today: date) -> None:
    instalments = tuple(Instalment(on, amount) for on, amount in sorted(agreed))
    less = a_promise(HoldKind.PLAN, instalments=instalments, paid=paid)
    enough = a_promise(HoldKind.PLAN, instalments=instalments, paid=paid + more)
    owed = 5000
    first = word_of(less, owed - paid, LADDER, FRANCE, today)
    second = word_of(enough, owed - paid - more, LADDER, FRANCE, today)
    assert WORTH[second] >= WORTH[first]


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 30))
def test_bank_days_are_counted_one_after_the_other(day: date, number: int) -> None:
    assert bank_days_after(FRANCE, day, number + 1) == bank_days_after(FRANCE, bank_days_after(FRANCE, day, number), 1)
