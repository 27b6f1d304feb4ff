"""A person is asked well before a claim dies, once per warning; a dead claim is never chased by itself."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.case import Case
from policies.limitation_warnings import DEAD, next_warning, seen, warning_due
from tests.policies.builders import a_case, a_ladder

DIES = date(2026, 12, 31)
LADDER = a_ladder()


def dying(**given: Any) -> Case:
    return a_case(**({"dies_on": DIES} | given))


@pytest.mark.parametrize(
    ("today", "warning"),
    [
        ("2026-10-01", None),
        ("2026-10-02", 90),
        ("2026-11-30", 90),
        ("2026-12-01", 30),
        ("2026-12-31", 30),
        ("2027-01-01", None),  # the case itself asks then
    ],
)
def test_a_warning_is_given_from_its_day_to_the_last(today: str, warning: int | None) -> None:
    assert warning_due(dying(), LADDER, date.fromisoformat(today)) == warning


@pytest.mark.parametrize(
    ("answered", "today", "warning"),
    [
        ({90}, "2026-11-01", None),
        ({90}, "2026-12-01", 30),
        ({90, 30}, "2026-12-20", None),
        ({30}, "2026-12-20", None),
    ],
)
def test_a_warning_that_was_answered_is_not_given_again(answered: set[int], today: str, warning: int | None) -> None:
    case = dying(limitation_seen=frozenset(answered))
    assert warning_due(case, LADDER, date.fromisoformat(today)) == warning


@pytest.mark.parametrize(
    "facts",
    [{"dies_on": None}, {"principal": 0}, {"principal": -5}, {"written_off": "dead"}, {"withdrawn": "sold"}],
)
def test_nobody_is_warned_of_what_is_not_owed_or_not_known(facts: dict[str, Any]) -> None:
    assert warning_due(dying(**facts), LADDER, date(2026, 12, 1)) is None
    assert next_warning(dying(**facts), LADDER, date(2026, 9, 1)) is None


def test_a_held_case_is_warned_of_too() -> None:
    assert warning_due(dying(switched_off=True), LADDER, date(2026, 12, 1)) == 30


@pytest.mark.parametrize(
    ("today", "on"),
    [
        ("2026-01-01", "2026-10-02"),
        ("2026-10-01", "2026-10-02"),
        ("2026-10-02", "2026-12-01"),
        ("2026-12-01", "2027-01-01"),
        ("2026-12-31", "2027-01-01"),
        ("2027-01-01", None),
    ],
)
def test_the_next_day_that_matters_is_known(today: str, on: str | None) -> None:
    expected = None if on is None else date.fromisoformat(on)
    assert next_warning(dying(), LADDER, date.fromisoformat(today)) == expected


def test_a_ladder_may_warn_on_other_days_or_not_at_all() -> None:
    yearly = a_ladder(limitation_warnings=(365, 180, 30))
    assert warning_due(dying(), yearly, date(2026, 1, 1)) == 365
    assert warning_due(dying(), a_ladder(limitation_warnings=()), date(2026, 12, 30)) is None
    assert next_warning(dying(), a_ladder(limitation_warnings=()), date(2026, 12, 30)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (None, set()),
        ("2026-10-01", set()),
        ("2026-10-02", {90}),
        ("2026-12-01", {90, 30}),
        ("2026-12-31", {90, 30}),
        ("2027-01-01", {90, 30, DEAD}),
    ],
)
def test_an_answer_covers_the_warnings_its_question_could_give(asked: str | None, answered: set[int]) -> None:
    on = None if asked is None else date.fromisoformat(asked)
    assert seen(DIES, (90, 30), on) == answered


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-400, 400), st.integers(1, 3000))
def test_an_act_that_moves_the_last_day_makes_every_warning_new(dies: date, ago: int, later: int) -> None:
    asked = date.fromordinal(dies.toordinal() - ago)
    moved = date.fromordinal(dies.toordinal() + max(later, 92 + abs(ago)))
    assert seen(moved, (90, 30), asked) == frozenset()


@given(st.integers(-200, 200))
def test_once_answered_it_is_quiet_until_the_next_warnings_day(ahead: int) -> None:
    today = date.fromordinal(DIES.toordinal() - ahead)
    answered = dying(limitation_seen=seen(DIES, LADDER.limitation_warnings, today))
    assert warning_due(answered, LADDER, today) is None
