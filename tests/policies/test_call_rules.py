"""Calls: how often one is tried, what is promised in them, and which day, hour and amount a form can hold."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from policies.answers import interpret
from policies.call_consequences import CallTold, PassCall, PromisePart
from policies.call_form import amount_of, call_day_wrong, day_and_hour
from policies.call_share import share
from policies.consequences import CallAgain, Consequence, StepAnswered
from policies.problems import Problem
from policies.questions import QuestionKind

TODAY = date(2026, 3, 5)


def said(attempts: int = 0, made: int = 0, **values: str) -> tuple[Consequence, ...] | list[Problem]:
    return interpret(
        QuestionKind.CALL_OUTCOME, None, values, TODAY, call_attempts=attempts, calls_made=made, currency="EUR"
    )


@pytest.mark.parametrize("outcome", ["no_answer", "voicemail"])
@pytest.mark.parametrize(
    ("attempts", "made", "ends"), [(0, 99, False), (3, 0, False), (3, 1, False), (3, 2, True), (1, 0, True)]
)
def test_after_the_last_call_the_policy_allows_the_step_is_passed_over(
    outcome: str, attempts: int, made: int, ends: bool
) -> None:
    found = said(attempts, made, decision=outcome)
    assert not isinstance(found, list)
    assert isinstance(found[0], PassCall if ends else CallAgain)
    assert found[1] == CallTold(outcome)


def test_a_day_a_person_names_is_tried_even_after_the_last_call() -> None:
    found = said(3, 2, decision="no_answer", date="2026-03-09 14:30")
    assert found == (
        CallAgain(date(2026, 3, 8), "no answer", time(14, 30)),
        CallTold("no_answer", on=date(2026, 3, 9), hour=time(14, 30)),
    )


def test_why_the_step_is_passed_over_says_how_many_calls_there_were() -> None:
    assert [PassCall(calls).reason for calls in (1, 3)] == [
        "nobody was reached by the call",
        "nobody was reached in 3 calls",
    ]


def test_an_amount_promised_is_kept_with_its_day() -> None:
    found = said(decision="promised", date="2026-03-12", amount="1 250,00")
    assert not isinstance(found, list)
    assert found[:3] == (
        PromisePart(date(2026, 3, 12), 125_000, "Promised to pay on the date below"),
        StepAnswered(),
        CallTold("promised", 125_000, date(2026, 3, 12)),
    )


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("", "EUR", 0), ("500", "EUR", 50_000), ("500.00", "EUR", 50_000), ("500,00", "EUR", 50_000),
        ("1 250,00", "EUR", 125_000), ("1\u202f250,00", "EUR", 125_000), ("500", "JPY", 500), ("0.50", "EUR", 50),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_written_here_and_there(text: str, currency: str, minor: int) -> None:
    assert amount_of(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency"),
    [("1,250", "EUR"), ("12.5", "EUR"), ("abc", "EUR"), ("-5", "EUR"), ("0", "EUR"), ("5.00", "JPY"), ("500", "")],
)
def test_an_amount_that_may_mean_something_else_is_not_guessed(text: str, currency: str) -> None:
    assert isinstance(amount_of(text, currency), str)


def test_an_hour_belongs_to_the_next_call_alone() -> None:
    assert day_and_hour("2026-03-12 9:05") == ("2026-03-12", time(9, 5))
    assert call_day_wrong("call_back", "2026-03-12 14:30", TODAY) == ""
    assert call_day_wrong("call_back", "2026-03-05 14:30", TODAY) == ""
    assert call_day_wrong("call_back", "2026-03-05", TODAY) == "2026-03-05 is not in the future; today is 2026-03-05."
    assert call_day_wrong("promised", "2026-03-12 14:30", TODAY).startswith("“2026-03-12 14:30” is not a date")
    assert call_day_wrong("call_back", "2026-03-12 25:00", TODAY).startswith("“2026-03-12 25:00” is not a date")


@given(some.integers(0, 10_000), some.lists(some.integers(0, 3_000), max_size=6))
def test_what_is_promised_is_set_against_the_oldest_first_and_never_twice(amount: int, principals: list[int]) -> None:
    parts = share(amount, principals)
    assert sum(parts) == min(amount, sum(principals))
    assert all(0 <= part <= owed for part, owed in zip(parts, principals, strict=True))
    first_short = next((nth for nth, part in enumerate(parts) if part < principals[nth]), len(parts))
    assert not any(parts[first_short + 1 :])
