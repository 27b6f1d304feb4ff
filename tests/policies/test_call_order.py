"""Whom to call first, and why."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from policies.call_order import CallFacts, Turn, place, turn, why, worth
from policies.payer import Payer

PLAIN = CallFacts(amount=100_000, days_late=20)

FACTS = some.builds(
    CallFacts,
    amount=some.integers(0, 10_000_000),
    days_late=some.integers(-5, 2_000),
    payer=some.sampled_from([*Payer, None]),
    broken=some.integers(0, 9),
    broke_since=some.booleans(),
    unanswered=some.integers(0, 9),
    dies_in=some.none() | some.integers(0, 2_000),
    agreed=some.booleans(),
    may_now=some.booleans(),
)


@pytest.mark.parametrize(
    ("changed", "value"),
    [
        ({}, 60_000),
        ({"payer": Payer.PROMPT}, 90_000),
        ({"payer": Payer.USUAL_SLOW}, 70_000),
        ({"payer": Payer.WORSENING}, 50_000),
        ({"days_late": 31}, 54_000),
        ({"days_late": 181}, 24_000),
        ({"broken": 1}, 51_000),
        ({"broken": 2}, 43_350),
        ({"broken": 1, "broke_since": True}, 76_500),
        ({"unanswered": 1}, 54_000),
        ({"dies_in": 90}, 90_000),
        ({"dies_in": 91}, 60_000),
    ],
)
def test_a_call_is_worth_what_it_may_bring_in(changed: dict[str, object], value: int) -> None:
    assert worth(replace(PLAIN, **changed)) == value  # type: ignore[arg-type]


def test_an_agreed_call_comes_first_and_one_that_may_not_be_made_now_last() -> None:
    small, large = replace(PLAIN, amount=100, agreed=True), replace(PLAIN, amount=10**9, may_now=False)
    listed = sorted([large, PLAIN, small], key=place)
    assert listed == [small, PLAIN, large]
    assert [turn(one) for one in listed] == [Turn.AGREED, Turn.NOW, Turn.LATER]


def test_the_list_says_why_what_weighs_most_first() -> None:
    facts = CallFacts(1, 43, Payer.USUAL_SLOW, broken=2, broke_since=True, unanswered=1, dies_in=40, agreed=True)
    assert [str(one) for one in why(facts)] == [
        "A call at this time was agreed.",
        "A promise was broken since the last talk.",
        "The claim dies in 40 days.",
        "43 days late.",
        "It always pays late, and pays.",
        "It has broken 2 promises.",
        "1 call reached nobody.",
    ]
    assert [str(one) for one in why(CallFacts(1, 1, None, broken=1, unanswered=2))] == [
        "1 day late.",
        "It has broken 1 promise.",
        "2 calls reached nobody.",
    ]


@given(FACTS, some.integers(0, 100_000))
def test_more_money_or_a_kept_word_is_never_worth_less(facts: CallFacts, more: int) -> None:
    assert worth(replace(facts, amount=facts.amount + more)) >= worth(facts)
    assert worth(replace(facts, payer=Payer.PROMPT)) >= worth(facts)
    assert worth(replace(facts, broke_since=True)) >= worth(facts)
    assert worth(replace(facts, broken=facts.broken + 1)) <= worth(facts)
    assert worth(replace(facts, unanswered=facts.unanswered + 1)) <= worth(facts)


@given(FACTS)
def test_a_call_is_never_worth_more_than_one_and_a_half_times_what_is_owed(facts: CallFacts) -> None:
    assert 0 <= worth(facts) <= facts.amount * 3 // 2
