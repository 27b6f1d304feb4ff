"""The last day a claim can be brought to court: the laws' own periods, and acts that give a new one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.law.limitation_rules import Interruption, LimitationRule, LimitationStart
from policies.law.provenance import Confidence, Provenance
from policies.limitation import LifeAct, lifetime

A, P, C, E, L, W, T = Interruption
WHERE = Provenance("C. com. L110-4", date(2026, 4, 3), Confidence.HIGH)


def rule(years: int, *interrupts: Interruption, starts: LimitationStart = LimitationStart.DUE) -> LimitationRule:
    return LimitationRule(years, starts, frozenset(interrupts), WHERE)


FR = replace(rule(5, A, C, E), title_years=10, agreed_least=1, agreed_most=10)
FR_CONSUMER = replace(rule(2, A, C, E), title_years=10)
FR_PUBLIC = rule(4, W, A, P, starts=LimitationStart.NEXT_JANUARY)
DE = LimitationRule(3, LimitationStart.YEAR_END, frozenset({A, P, E}), WHERE, suspends=frozenset({C}))
BE = rule(10, A, C, E, L)
UK = rule(6, A, P, C)


def act(kind: Interruption, on: str) -> LifeAct:
    return LifeAct(date.fromisoformat(on), kind)


@pytest.mark.parametrize(
    ("law", "due", "last"),
    [
        (FR, "2024-03-31", "2029-03-31"),
        (FR, "2024-02-29", "2029-02-28"),  # no 29 February in 2029: the month's last day
        (rule(4), "2024-02-29", "2028-02-29"),
        (rule(76), "2024-02-29", "2100-02-28"),  # 2100 is no leap year
        (FR, "2023-02-28", "2028-02-28"),  # counted from the 28th, though 2028 has a 29th
        (FR_CONSUMER, "2024-11-20", "2026-11-20"),
        (DE, "2023-03-10", "2026-12-31"),
        (DE, "2023-01-01", "2026-12-31"),
        (DE, "2023-12-31", "2026-12-31"),
        (FR_PUBLIC, "2024-03-31", "2028-12-31"),
        (FR_PUBLIC, "2024-12-31", "2028-12-31"),
        (FR_PUBLIC, "2025-01-01", "2029-12-31"),
        (BE, "2020-06-30", "2030-06-30"),
        (UK, "2024-04-30", "2030-04-30"),
        (FR, "9999-12-31", "9990-12-31"),  # some ledgers write it for *no due date*
    ],
)
def test_a_claim_dies_with_the_day_of_the_same_name(law: LimitationRule, due: str, last: str) -> None:
    life = lifetime(law, date.fromisoformat(due), ())
    assert (life.dies_on, life.at_first) == (date.fromisoformat(last), date.fromisoformat(last))


def test_a_claim_on_a_french_public_body_counts_from_the_year_it_was_invoiced_if_that_is_earlier() -> None:
    due = date(2025, 1, 15)
    assert lifetime(FR_PUBLIC, due, (), issued=date(2024, 12, 16)).dies_on == date(2028, 12, 31)
    assert lifetime(FR_PUBLIC, due, (), issued=date(2025, 2, 1)).dies_on == date(2029, 12, 31)
    assert lifetime(DE, due, (), issued=date(2024, 12, 16)).dies_on == date(2028, 12, 31)


@pytest.mark.parametrize(
    ("law", "acts", "last"),
    [
        (FR, [act(A, "2026-05-10")], "2031-05-10"),
        (FR, [act(C, "2029-03-31")], "2034-03-31"),  # on the very last day
        (FR, [act(C, "2029-04-01")], "2029-03-31"),  # a day too late
        (FR, [act(A, "2024-02-29")], "2029-03-31"),  # before the period: it runs longer anyway
        (FR, [act(A, "2028-02-29")], "2033-02-28"),
        (FR, [act(W, "2026-05-10")], "2029-03-31"),  # a registered letter does nothing
        (FR, [act(A, "2028-01-01"), act(C, "2032-12-31")], "2037-12-31"),  # the second only thanks to the first
        (DE, [act(A, "2025-07-01")], "2028-07-01"),  # § 212: at once, not from the end of the year
        (DE, [act(P, "2024-06-01")], "2027-12-31"),  # the first period runs longer
        (DE, [act(C, "2027-12-01")], "2027-12-31"),  # § 204 stops the clock, it does not start a new period
        (FR_PUBLIC, [act(W, "2026-05-10")], "2030-12-31"),  # four years from 1 January 2027
        (FR_PUBLIC, [act(W, "2028-12-31")], "2032-12-31"),
        (FR_PUBLIC, [act(A, "2026-05-10")], "2030-12-31"),  # a word of the administration about the claim
        (FR_PUBLIC, [act(P, "2026-05-10")], "2030-12-31"),  # a part of it was paid
        (FR, [act(T, "2026-05-10")], "2036-05-10"),  # a title has ten years of its own
        (FR_CONSUMER, [act(T, "2026-03-31")], "2036-03-31"),
        (FR, [act(T, "2026-05-10"), act(E, "2035-01-02")], "2045-01-02"),  # and what interrupts it starts ten again
        (FR, [act(T, "2029-04-01")], "2029-03-31"),  # a day too late
        (DE, [act(T, "2025-05-10")], "2027-12-31"),  # its period is not known here: the clock stands still
        (FR.as_agreed(3), [], "2027-03-31"),
        (FR.as_agreed(3), [act(A, "2026-01-01")], "2029-01-01"),
        (FR.as_agreed(10), [], "2034-03-31"),
        (FR.as_agreed(11), [], "2029-03-31"),  # not allowed: the law's own period
        (FR_CONSUMER.as_agreed(5), [], "2026-03-31"),
        (FR_PUBLIC, [act(E, "2028-12-31")], "2028-12-31"),
        (rule(6, A), [act(C, "2030-03-01")], "2030-03-31"),  # brought to court in time: nothing more is said here
        (BE, [act(L, "2033-05-05"), act(W, "2033-06-06")], "2043-05-05"),
        (UK, [act(P, "2030-03-31")], "2036-03-31"),
        (UK, [act(P, "2030-04-01")], "2030-03-31"),
    ],
)
def test_an_act_the_law_counts_starts_a_new_period(law: LimitationRule, acts: Sequence[LifeAct], last: str) -> None:
    assert lifetime(law, date(2024, 3, 31), acts).dies_on == date.fromisoformat(last)


def test_every_act_is_told_with_what_it_did() -> None:
    early, counted, nothing = act(A, "2024-06-01"), act(P, "2026-02-01"), act(W, "2026-03-01")
    stops, late = act(C, "2029-01-31"), act(A, "2029-02-02")
    life = lifetime(DE, date(2024, 3, 31), [late, nothing, early, stops, counted])
    assert life.counted_from == date(2026, 2, 1)
    assert life.dies_on == date(2029, 2, 1)
    assert life.at_first == date(2027, 12, 31)
    assert life.counted == (counted,)
    assert life.suspending == (stops,)
    assert life.too_late == (late,)
    assert life.without_effect == (early, nothing)


LAWS = st.builds(
    LimitationRule,
    st.integers(1, 30),
    st.sampled_from(LimitationStart),
    st.frozensets(st.sampled_from(Interruption)),
    st.just(WHERE),
)
DAYS = st.dates(date(1996, 1, 1), date(2060, 12, 31))
ACTS = st.lists(st.builds(LifeAct, DAYS, st.sampled_from(Interruption)), max_size=6)


@given(LAWS, DAYS, ACTS, st.builds(LifeAct, DAYS, st.sampled_from(Interruption)))
def test_an_act_never_shortens_a_claims_life(law: LimitationRule, due: date, acts: list[LifeAct], one: LifeAct) -> None:
    assert lifetime(law, due, [*acts, one]).dies_on >= lifetime(law, due, acts).dies_on


@given(LAWS, DAYS, st.lists(st.builds(LifeAct, DAYS, st.sampled_from(Interruption)), max_size=4))
def test_acts_may_become_known_in_any_order(law: LimitationRule, due: date, acts: list[LifeAct]) -> None:
    assert len({lifetime(law, due, order) for order in permutations(acts)}) == 1


@given(LAWS, DAYS, ACTS)
def test_no_claim_lives_longer_than_its_last_act_allows(law: LimitationRule, due: date, acts: list[LifeAct]) -> None:
    life = lifetime(law, due, acts)
    latest = max((due, *(one.on for one in life.counted)))
    assert life.at_first <= life.dies_on <= latest + timedelta(days=366 * (law.years + 1))
    assert all(one.on <= life.dies_on for one in life.counted)


@given(LAWS, DAYS, ACTS)
def test_no_act_is_lost(law: LimitationRule, due: date, acts: list[LifeAct]) -> None:
    life = lifetime(law, due, acts)
    told = (*life.counted, *life.suspending, *life.too_late, *life.without_effect)
    assert sorted(told) == sorted(acts)


@given(LAWS, DAYS, st.integers(0, 2000))
def test_a_claim_due_later_dies_no_sooner(law: LimitationRule, due: date, days: int) -> None:
    assert lifetime(law, due + timedelta(days=days), ()).dies_on >= lifetime(law, due, ()).dies_on


@pytest.mark.parametrize(
    ("law", "years", "why"),
    [
        (FR, 1, ""),
        (FR, 10, ""),
        (FR, 11, "A limitation period that is agreed on has 1 to 10 years (C. com. L110-4)."),
        (FR_CONSUMER, 5, "The law read here lets nobody agree on another limitation period (C. com. L110-4)."),
    ],
)
def test_parties_agree_on_another_period_only_where_the_law_lets_them(
    law: LimitationRule, years: int, why: str
) -> None:
    assert law.why_not_agreed(years) == why
