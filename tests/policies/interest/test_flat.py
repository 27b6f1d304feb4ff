"""Flat sums as each law counts them."""

from dataclasses import replace
from datetime import date

import pytest

from policies.interest.claim import claim
from policies.interest.debt import Terms
from policies.interest.statement import Flag
from policies.law.rules import KindLaw
from tests.policies.interest.laws import (
    BE_CONSUMER,
    DE,
    DE_CONSUMER,
    FR,
    FR_CONSUMER,
    NL,
    NL_CONSUMER,
    RATES,
    UK,
    US,
    a_debt,
)

UNTIL = date(2024, 6, 30)


@pytest.mark.parametrize(
    ("debt", "flat"), [(1, 4000), (99_999, 4000), (100_000, 7000), (999_999, 7000), (1_000_000, 10_000)]
)
def test_british_debts_owe_forty_seventy_or_a_hundred_pounds(debt: int, flat: int) -> None:
    assert claim(a_debt(debt, "2024-05-31", currency="GBP"), UK, RATES, UNTIL).flat == flat


@pytest.mark.parametrize(
    ("debt", "flat"),
    [
        (10_000, 4000), (100_000, 15_000), (500_000, 62_500), (1_000_000, 87_500), (5_000_000, 127_500),
        (100_000_000, 677_500),
    ],
)  # fmt: skip
def test_dutch_costs_follow_the_scale_within_forty_and_6775_euros(debt: int, flat: int) -> None:
    assert claim(a_debt(debt, "2024-05-31"), NL, RATES, UNTIL).flat == flat


def test_a_dutch_consumer_owes_costs_only_after_the_letter_of_fourteen_days() -> None:
    before = claim(a_debt(100_000, "2024-03-31"), NL_CONSUMER, RATES, UNTIL)
    assert (before.flat, before.flags) == (None, (Flag.NEEDS_NOTICE,))
    assert claim(a_debt(100_000, "2024-03-31", notice="2024-06-29"), NL_CONSUMER, RATES, UNTIL).flat == 15_000
    assert claim(a_debt(100_000, "2024-03-31", notice="2024-06-30"), NL_CONSUMER, RATES, UNTIL).flat is None


@pytest.mark.parametrize(
    ("debt", "cap"),
    [
        (15_000, 2000), (30_000, 4500), (50_000, 6500), (100_000, 9000), (1_000_000, 54_000), (3_920_000, 200_000),
        (9_000_000, 200_000),
    ],
)  # fmt: skip
def test_a_belgian_consumer_owes_the_agreed_indemnity_up_to_the_cap(debt: int, cap: int) -> None:
    late, agreed = a_debt(debt, "2024-03-31", notice="2024-05-31"), Terms(flat=500_000, record="CGV")
    assert claim(late, BE_CONSUMER, RATES, UNTIL, terms=agreed).flat == cap
    assert claim(late, BE_CONSUMER, RATES, UNTIL, terms=Terms(flat=1500, record="CGV")).flat == 1500
    without = claim(late, BE_CONSUMER, RATES, UNTIL)
    assert (without.flat, without.flags) == (None, (Flag.NEEDS_TERMS,))


def test_each_late_instalment_of_a_german_debt_owes_forty_euros_and_a_french_invoice_once() -> None:
    debt = replace(a_debt(100_000, "2024-05-31"), instalments=3)
    assert [claim(debt, law, RATES, UNTIL).flat for law in (DE, FR)] == [12_000, 4000]


def test_the_size_of_the_debt_is_what_was_late_not_what_is_left() -> None:
    debt = a_debt(1_500_000, "2024-05-31", ("2024-05-20", 600_000), ("2024-06-10", 850_000), currency="GBP")
    assert claim(debt, UK, RATES, UNTIL).flat == 7000


@pytest.mark.parametrize("law", [FR_CONSUMER, DE_CONSUMER])
def test_forty_euros_asked_of_a_consumer_are_refused(law: KindLaw) -> None:
    debt = a_debt(100_000, "2024-03-31", notice="2024-04-30")
    statement = claim(debt, law, RATES, UNTIL, terms=Terms(flat=4000, record="CGV"))
    assert (statement.flat, statement.flags) == (None, (Flag.NOT_CLAIMABLE,))
    assert statement.notes == ("The law allows no flat sum from this kind of debtor: the agreed sum is not claimed.",)


def test_an_agreed_sum_takes_the_place_of_the_legal_one_and_never_adds_to_it() -> None:
    assert claim(a_debt(100_000, "2024-05-31"), FR, RATES, UNTIL, terms=Terms(flat=9000, record="CGV")).flat == 9000
    agreed = Terms(flat=2500, record="contract")
    assert claim(a_debt(100_000, "2024-05-31", currency="USD"), US, RATES, UNTIL, terms=agreed).flat == 2500


def test_no_flat_sum_is_due_where_payment_was_forbidden_before_the_due_date() -> None:
    debt = replace(a_debt(100_000, "2024-05-31"), stopped_on=date(2024, 5, 15))
    statement = claim(debt, FR, RATES, UNTIL)
    assert (statement.interest, statement.flat, statement.flags) == (0, None, (Flag.STOPPED,))


def test_a_flat_sum_bears_no_interest_and_does_not_grow() -> None:
    debt = a_debt(100_000, "2024-01-31", ("2024-02-01", 100_000))
    flats = [claim(debt, FR, RATES, until) for until in (date(2024, 2, 2), date(2026, 6, 30))]
    assert [(one.interest, one.flat) for one in flats] == [(40, 4000), (40, 4000)]
