"""A promise or a plan waits for its money and the bank; then it was kept, partly kept, or broken."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.bank_days import bank_days_after
from policies.case import Calendar, DatedAmount, Hold, HoldKind
from policies.promise import Word, waited_for, word_of
from tests.policies.builders import FRENCH_HOLIDAYS, PARIS, a_ladder

FRANCE = Calendar(PARIS, FRENCH_HOLIDAYS)
LADDER = a_ladder(promise_grace=2)
FRIDAY = date(2026, 3, 6)


def money(*lines: tuple[str, int]) -> tuple[DatedAmount, ...]:
    return tuple(DatedAmount(date.fromisoformat(on), amount) for on, amount in lines)


def a_promise(kind: HoldKind = HoldKind.PROMISE, **given: Any) -> Hold:
    facts: dict[str, Any] = {"since": date(2026, 3, 2), "until": FRIDAY, "reason": "said so", "owner": "marie"}
    return Hold(kind=kind, **(facts | given))


def word(hold: Hold, principal: int, today: str) -> Word | None:
    return word_of(hold, principal, LADDER, FRANCE, date.fromisoformat(today))


@pytest.mark.parametrize(
    ("promised", "grace", "last"),
    [
        ("2026-03-06", 0, "2026-03-06"),
        ("2026-03-06", 1, "2026-03-09"),  # the weekend is no bank day
        ("2026-03-06", 2, "2026-03-10"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-04-03", 2, "2026-04-08"),  # nor is Easter Monday
        ("9989-12-31", 5, "9990-01-01"),
    ],
)
def test_a_promised_day_is_waited_for_with_the_bank_days_after_it(promised: str, grace: int, last: str) -> None:
    stage = waited_for(a_promise(until=date.fromisoformat(promised)), 100, a_ladder(promise_grace=grace), FRANCE)
    assert stage is not None
    assert (stage.on, stage.last) == (date.fromisoformat(promised), date.fromisoformat(last))


def test_without_a_day_it_is_waited_for_until_its_owner_ends_it() -> None:
    assert waited_for(a_promise(until=None), 100, LADDER, FRANCE) is None
    assert word(a_promise(until=None), 100, "2030-01-01") is None


@pytest.mark.parametrize(
    ("principal", "came", "today", "expected"),
    [
        (50_00, [], "2026-03-10", None),
        (50_00, [], "2026-03-11", Word.BROKEN),
        (20_00, [("2026-03-06", 30_00)], "2026-03-10", None),
        (20_00, [("2026-03-06", 30_00)], "2026-03-11", Word.PARTLY_KEPT),
        (0, [("2026-03-03", 50_00)], "2026-03-03", Word.KEPT),
        (0, [("2026-03-10", 50_00)], "2026-03-11", Word.KEPT),
        (0, [("2026-03-11", 50_00)], "2026-03-11", Word.BROKEN),  # paid, but too late
        (0, [("2026-03-06", 30_00), ("2026-03-20", 20_00)], "2026-03-21", Word.PARTLY_KEPT),
        (0, [], "2026-03-11", Word.KEPT),  # a credit note did it
        (-1_00, [("2026-03-06", 51_00)], "2026-03-11", Word.KEPT),
    ],
)
def test_a_promise_to_pay_everything_is_kept_by_everything_in_time(
    principal: int, came: list[tuple[str, int]], today: str, expected: Word | None
) -> None:
    assert word(a_promise(receipts=money(*came)), principal, today) is expected


@pytest.mark.parametrize(("paid", "expected"), [(0, Word.BROKEN), (29_99, Word.PARTLY_KEPT), (30_00, Word.KEPT)])
def test_a_promise_of_an_amount_is_kept_by_that_amount(paid: int, expected: Word) -> None:
    hold = a_promise(instalments=money(("2026-03-06", 30_00)), receipts=money(("2026-03-06", paid)))
    assert word(hold, 50_00 - paid, "2026-03-11") is expected


def a_plan(*came: tuple[str, int]) -> Hold:
    agreed = money(("2026-03-06", 100_00), ("2026-04-07", 100_00), ("2026-05-06", 50_00))
    return a_promise(HoldKind.PLAN, until=None, instalments=agreed, receipts=money(*came))


@pytest.mark.parametrize(
    ("came", "next_day"),
    [
        ([], "2026-03-06"),
        ([("2026-03-06", 99_99)], "2026-03-06"),
        ([("2026-03-06", 100_00)], "2026-04-07"),
        ([("2026-03-11", 100_00)], "2026-03-06"),  # a day too late: that instalment was missed
        ([("2026-03-03", 230_00)], "2026-05-06"),  # too much serves the next ones
        ([("2026-03-03", 250_00)], None),
    ],
)
def test_a_plan_waits_for_the_first_instalment_that_has_not_all_come(
    came: list[tuple[str, int]], next_day: str | None
) -> None:
    stage = waited_for(a_plan(*came), 400_00, LADDER, FRANCE)
    assert (None if stage is None else stage.on.isoformat()) == next_day


@pytest.mark.parametrize(
    ("came", "today", "expected"),
    [
        ([], "2026-03-10", None),
        ([], "2026-03-11", Word.BROKEN),
        ([("2026-03-06", 60_00)], "2026-03-11", Word.PARTLY_KEPT),
        ([("2026-03-06", 100_00)], "2026-03-11", None),
        ([("2026-03-06", 100_00)], "2026-04-09", None),
        ([("2026-03-06", 100_00)], "2026-04-10", Word.PARTLY_KEPT),
        ([("2026-03-06", 100_00), ("2026-04-08", 100_00)], "2026-05-11", None),  # 8 May is a holiday
        ([("2026-03-06", 250_00)], "2026-05-07", Word.KEPT),
    ],
)
def test_a_plan_is_broken_by_the_first_instalment_missed(
    came: list[tuple[str, int]], today: str, expected: Word | None
) -> None:
    paid = sum(amount for _, amount in came)
    assert word(a_plan(*came), 400_00 - paid, today) is expected


def test_a_plan_of_which_only_the_first_day_is_known_goes_on_after_the_first_payment() -> None:
    kept, broken = a_promise(HoldKind.PLAN, receipts=money(("2026-03-06", 1_00))), a_promise(HoldKind.PLAN)
    assert word(kept, 49_00, "2026-03-06") is None
    assert word(kept, 49_00, "2026-03-11") is None
    assert word(kept, 0, "2026-03-11") is Word.KEPT
    assert word(broken, 50_00, "2026-03-11") is Word.BROKEN
    assert word(broken, 0, "2026-03-11") is Word.KEPT


WORTH = {Word.BROKEN: 0, Word.PARTLY_KEPT: 1, None: 2, Word.KEPT: 3}
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
LINES = st.lists(st.builds(DatedAmount, DAYS, st.integers(1, 900)), max_size=4)


@given(LINES, LINES, st.builds(DatedAmount, DAYS, st.integers(1, 900)), DAYS)
def test_more_money_never_makes_a_word_worse(
    agreed: list[DatedAmount], came: list[DatedAmount], more: DatedAmount, today: date
) -> None:
    instalments = tuple(sorted(agreed, key=lambda one: one.on))
    less = a_promise(HoldKind.PLAN, instalments=instalments, receipts=tuple(came))
    enough = a_promise(HoldKind.PLAN, instalments=instalments, receipts=(*came, more))
    owed = 9000 - sum(one.amount for one in came)
    first = word_of(less, owed, LADDER, FRANCE, today)
    assert WORTH[word_of(enough, owed - more.amount, LADDER, FRANCE, today)] >= WORTH[first]


@given(LINES, LINES, st.randoms(), DAYS)
def test_money_may_become_known_in_any_order(
    agreed: list[DatedAmount], came: list[DatedAmount], dice: Any, today: date
) -> None:
    instalments, shuffled = tuple(sorted(agreed, key=lambda one: one.on)), list(came)
    dice.shuffle(shuffled)
    one = a_promise(HoldKind.PLAN, instalments=instalments, receipts=tuple(came))
    other = a_promise(HoldKind.PLAN, instalments=instalments, receipts=tuple(shuffled))
    assert word_of(one, 100, LADDER, FRANCE, today) is word_of(other, 100, LADDER, FRANCE, today)


@given(LINES, LINES, DAYS, st.integers(1, 300))
def test_a_word_once_decided_stays_as_it_is(
    agreed: list[DatedAmount], came: list[DatedAmount], today: date, later: int
) -> None:
    instalments = tuple(sorted(agreed, key=lambda one: one.on))
    hold = a_promise(HoldKind.PLAN, instalments=instalments, receipts=tuple(came))
    decided = word_of(hold, 100, LADDER, FRANCE, today)
    afterwards = word_of(hold, 100, LADDER, FRANCE, today + timedelta(days=later))
    assert decided is None or afterwards is decided


@given(DAYS, st.integers(0, 30))
def test_bank_days_are_counted_one_after_the_other(day: date, number: int) -> None:
    assert bank_days_after(FRANCE, day, number + 1) == bank_days_after(FRANCE, bank_days_after(FRANCE, day, number), 1)
