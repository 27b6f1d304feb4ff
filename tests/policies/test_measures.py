"""Commercial measures: when a ladder proposes one, what lifts it, what is refused, and how a ladder file says it."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.credit_exposure import CreditExposure
from policies.facts import DebtorKind
from policies.ladder import Ladder
from policies.ladder_file import load_ladder
from policies.ladder_measure import LadderMeasure
from policies.measure import LiftedBy, MeasureKind, is_met
from policies.measure_form import MeasureAsked, MeasureWords, read_measure

SHIPPED = files("policies").joinpath("ladders", "fr-b2b.toml").read_text(encoding="utf-8")
TODAY = date(2026, 3, 12)
OWED = CreditExposure("EUR", 300_00, 100_00, 50_00, 400_00, date(2026, 3, 1))
PAID = replace(OWED, overdue=0)
STOP = LadderMeasure(MeasureKind.STOP_SUPPLY, "formal_notice", 10, LiftedBy.OVERDUE_PAID, {"EUR": 200_00})
LOWER = LadderMeasure(MeasureKind.LOWER_LIMIT, "formal_notice", 0, LiftedBy.UNDER_LIMIT, limit={"EUR": 100_00})
PAID_BY = LiftedBy.OVERDUE_PAID


@pytest.mark.parametrize(
    ("measure", "owed", "done", "proposed"),
    [
        (STOP, OWED, date(2026, 3, 2), True),
        (STOP, OWED, date(2026, 3, 3), False),  # one day too early
        (STOP, replace(OWED, overdue=200_00), date(2026, 3, 2), False),  # not above the amount
        (STOP, replace(OWED, currency="GBP"), date(2026, 3, 2), False),  # a currency it does not name
        (STOP, PAID, date(2026, 3, 2), False),
        (STOP, replace(OWED, disputed=150_00), date(2026, 3, 2), False),  # what is disputed is not late
        (LOWER, OWED, TODAY, True),
        (LOWER, replace(OWED, currency="GBP"), TODAY, False),
        (LOWER, replace(OWED, overdue=10_00, not_due=0), TODAY, False),  # within the limit it would set
        (replace(STOP, lifted_by=LiftedBy.UNDER_LIMIT), replace(OWED, limit=None), date(2026, 3, 2), False),
    ],
)
def test_a_ladder_proposes_on_its_day_against_who_is_late_for_enough_and_would_not_be_lifted_at_once(
    measure: LadderMeasure, owed: CreditExposure, done: date, proposed: bool
) -> None:
    assert measure.is_proposed(owed, done, TODAY) is proposed


def test_what_is_written_off_is_no_payment_and_what_is_disputed_need_not_be_paid() -> None:
    assert not is_met(PAID_BY, replace(PAID, given_up=1), None)
    assert is_met(PAID_BY, replace(OWED, disputed=300_00), None)
    assert is_met(LiftedBy.UNDER_LIMIT, replace(OWED, orders=0), None)
    assert not is_met(LiftedBy.UNDER_LIMIT, OWED, None)
    assert not is_met(LiftedBy.UNDER_LIMIT, replace(OWED, limit=None), None)


AMOUNTS = st.integers(min_value=0, max_value=10**9)


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.none() | AMOUNTS, AMOUNTS)
def test_less_owed_never_keeps_a_measure_standing(
    overdue: int, not_due: int, orders: int, limit: int | None, less: int
) -> None:
    owed = CreditExposure("EUR", overdue, not_due, orders, limit)
    lighter = replace(owed, overdue=max(overdue - less, 0))
    assert owed.total == overdue + not_due + orders
    for by in LiftedBy:
        assert is_met(by, lighter, None) or not is_met(by, owed, None)


def problems(words: MeasureWords, kind: DebtorKind = DebtorKind.BUSINESS, owed: CreditExposure = OWED) -> list[str]:
    found = read_measure(words, kind, owed, TODAY)
    assert isinstance(found, list), found
    return [f"{one.field}: {one.reason}" for one in found]


def test_a_form_is_read_in_the_words_of_the_form_and_everything_wrong_is_told_at_once() -> None:
    words = MeasureWords("lower limit", " late ", "Article 7", "150.00", review="2026-05-04")
    assert read_measure(words, DebtorKind.BUSINESS, OWED, TODAY) == MeasureAsked(
        MeasureKind.LOWER_LIMIT, LiftedBy.OVERDUE_PAID, 150_00, "Article 7", "late", date(2026, 5, 4)
    )
    assert problems(MeasureWords("fine", "", limit="", lifted_by="sun", review="yesterday")) == [
        "measure: “fine” is no measure; choose one of: stop_supply, prepayment, lower_limit, end_of_terms.",
        "lifted_by: “sun” lifts nothing; choose one of: overdue_paid, under_limit.",
        "why: Say why: whoever decides reads it.",
        "review: “yesterday” is not a date; write it as YYYY-MM-DD, for example 2026-03-19.",
    ]
    assert problems(MeasureWords("lower_limit", "late")) == ["limit: Name the new limit, such as 5000.00."]
    assert problems(MeasureWords("prepayment", "late", limit="5.00")) == [
        "limit: A limit is only named to lower it; leave it empty."
    ]
    assert problems(MeasureWords("prepayment", "late"), owed=PAID) == [
        "measure: It would be lifted at once: nothing is overdue."
    ]
    assert problems(MeasureWords("prepayment", "late", lifted_by="under_limit"), owed=PAID) == [
        "measure: It would be lifted at once: 150.00 EUR is within the limit."
    ]
    (consumer,) = problems(MeasureWords("stop_supply", "late"), DebtorKind.CONSUMER)
    assert consumer.startswith("customer: No measure is taken against a consumer")


def ladder(text: str, kinds: str = '["business"]') -> Ladder | list[str]:
    found = load_ladder((SHIPPED.replace('["business"]', kinds, 1) + text).encode(), "own.toml")
    return found if isinstance(found, Ladder) else [f"{one.field}: {one.reason}" for one in found]


WRONG = """
[[measure]]
kind = "stop_supply"
after = "third_reminder"
days = 3
limit = { EUR = "5.00" }

[[measure]]
kind = "stop_supply"
after = "formal_notice"
days = -1

[[measure]]
kind = "lower_limit"
after = "formal_notice"
days = 1
whenever = true
"""
RIGHT = """
[[measure]]
kind = "stop_supply"
after = "formal_notice"
days = 10
only_above = { EUR = "200.00" }
"""


def test_a_ladder_file_says_its_measures_and_everything_wrong_with_them_is_told() -> None:
    found = ladder(RIGHT)
    assert isinstance(found, Ladder)
    assert found.measures == (STOP,)
    wrong = ladder(WRONG)
    assert isinstance(wrong, list)
    assert [one.partition(";")[0].partition(", ")[0] for one in wrong] == [
        'measure 1.after: There is no step "third_reminder"',
        "measure 1.limit: A limit is only used with lower_limit.",
        "measure 2.kind: stop_supply is proposed by this ladder already.",
        "measure 2.days: -1 is out of range",
        'measure 3.limit: A lower limit needs its amount: limit = { EUR = "5000.00" }.',
        "measure 3.whenever: The key is unknown",
    ]  # fmt: skip


def test_a_ladder_for_consumers_alone_proposes_none() -> None:
    wrong = ladder(RIGHT, '["consumer"]')
    assert isinstance(wrong, list)
    assert any("No measure is proposed against consumers" in one for one in wrong)
