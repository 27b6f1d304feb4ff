"""Interest to the cent, by country, as the law counts it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from policies.interest.claim import claim
from policies.interest.debt import Debt, Terms
from policies.interest.rate_plan import Turn
from policies.interest.rounding import Rounding
from policies.interest.statement import Flag, Statement
from policies.law.rules import KindLaw
from tests.policies.interest.laws import (
    BE,
    BE_CONSUMER,
    CH,
    DE,
    DE_CONSUMER,
    EIGHT,
    FR,
    FR_CONSUMER,
    FR_PUBLIC,
    LU_CONSUMER,
    NINE,
    NL,
    NL_CONSUMER,
    RATES,
    UK,
    US,
    a_debt,
    a_flat,
    a_law,
    a_rule,
    lines,
)


def stated(law: KindLaw, debt: Debt, until: str, *, agreed: str = "", rounding: Rounding = Rounding.ONCE) -> Statement:
    terms = Terms(rate=Decimal(agreed), record="CGV 2024") if agreed else None
    return claim(debt, law, RATES, date.fromisoformat(until), terms=terms, rounding=rounding)


def test_a_french_debt_over_two_half_years_uses_both_rates_from_the_day_after_it_was_due() -> None:
    statement = stated(FR, a_debt(100_000, "2025-05-31"), "2025-08-31")
    assert lines(statement) == [
        ("2025-06-01", "2025-06-30", 30, "13.15", 100_000, 1081),
        ("2025-07-01", "2025-08-31", 62, "12.15", 100_000, 2064),
    ]
    assert (statement.interest, statement.flat, statement.flags, statement.open) == (3145, 4000, (), 100_000)


def test_paid_on_the_last_day_it_bears_interest_on_that_day_and_not_after() -> None:
    paid = a_debt(100_000, "2025-05-31", ("2025-08-31", 100_000))
    statement = stated(FR, paid, "2026-05-31")
    assert (statement.interest, statement.flat, statement.open) == (3145, 4000, 0)


def test_a_thousand_euros_paid_in_full_twenty_days_late_still_show_what_could_be_claimed() -> None:
    statement = stated(FR, a_debt(100_000, "2026-03-02", ("2026-03-22", 100_000)), "2026-06-30")
    assert lines(statement) == [("2026-03-03", "2026-03-22", 20, "12.15", 100_000, 666)]
    assert (statement.interest, statement.flat, statement.open) == (666, 4000, 0)


@pytest.mark.parametrize("paid", ["2026-03-02", "2026-02-10"])
@pytest.mark.parametrize(("law", "currency"), [(FR, "EUR"), (UK, "GBP"), (DE, "EUR"), (NL, "EUR")])
def test_what_was_paid_by_the_due_date_owes_no_interest_and_no_flat_sum(law: KindLaw, currency: str, paid: str) -> None:
    statement = stated(law, a_debt(100_000, "2026-03-02", (paid, 100_000), currency=currency), "2026-06-30")
    assert (statement.interest, statement.flat, statement.segments, statement.flags) == (0, None, (), ())


def test_nothing_is_late_before_and_on_the_due_date() -> None:
    statement = stated(FR, a_debt(100_000, "2026-03-02"), "2026-03-02")
    assert (statement.interest, statement.flat) == (0, None)
    assert stated(FR, a_debt(100_000, "2026-03-02"), "2026-03-03").flat == 4000


def test_a_british_debt_keeps_the_rate_it_started_with() -> None:
    statement = stated(UK, a_debt(100_000, "2025-07-09", currency="GBP"), "2026-01-31")
    assert lines(statement) == [("2025-07-10", "2026-01-31", 206, "12.25", 100_000, 6914)]


def test_a_british_debt_counts_the_bank_rate_of_the_eve_of_the_half_year() -> None:
    # Bank Rate went to 5.00 on 1 August 2024: debts late in that half-year still have 5.25 + 8.
    statement = stated(UK, a_debt(100_000, "2024-09-30", currency="GBP"), "2024-10-01")
    assert [line[3] for line in lines(statement)] == ["13.25"]


def test_ten_thousand_pounds_for_sixty_days() -> None:
    statement = stated(UK, a_debt(1_000_000, "2026-01-31", currency="GBP"), "2026-04-01")
    assert lines(statement) == [("2026-02-01", "2026-04-01", 60, "11.75", 1_000_000, 19_315)]
    assert statement.flat == 10_000
    assert statement.open + 19_315 + 10_000 == 1_029_315


def test_the_british_example_is_reached_by_rounding_the_day_and_exact_without() -> None:
    debt = a_debt(100_000, "2016-01-31", currency="GBP")
    assert stated(UK, debt, "2016-03-21").interest == 1164
    assert stated(UK, debt, "2016-03-21", rounding=Rounding.DAILY).interest == 1150
    assert "the interest of a day is rounded" in stated(UK, debt, "2016-03-21", rounding=Rounding.DAILY).basis


def test_a_german_debt_of_thirty_days() -> None:
    statement = stated(DE, a_debt(1_000_000, "2024-01-31"), "2024-03-01")
    assert lines(statement) == [("2024-02-01", "2024-03-01", 30, "12.62", 1_000_000, 10_373)]


def test_a_german_consumer_pays_five_points_and_no_flat_sum() -> None:
    statement = stated(DE_CONSUMER, a_debt(1_000_000, "2024-01-31"), "2024-03-01")
    assert [line[3] for line in lines(statement)] == ["8.62"]
    assert (statement.flat, statement.flags) == (None, ())


def test_a_belgian_rate_is_rounded_up_to_the_next_half_point() -> None:
    statement = stated(BE, a_debt(100_000, "2024-05-31"), "2025-01-31")
    assert [line[3] for line in lines(statement)] == ["12.5", "12.5", "11.5"]


def test_a_french_consumer_owes_the_legal_rate_of_a_business_creditor_from_the_formal_notice() -> None:
    statement = stated(FR_CONSUMER, a_debt(100_000, "2025-03-31", notice="2025-06-15"), "2025-07-10")
    assert lines(statement) == [
        ("2025-06-16", "2025-06-30", 15, "3.71", 100_000, 152),
        ("2025-07-01", "2025-07-10", 10, "2.76", 100_000, 76),
    ]
    assert (statement.interest, statement.flat) == (228, None)


def test_before_the_formal_notice_nothing_is_stated_and_said_so() -> None:
    statement = stated(FR_CONSUMER, a_debt(100_000, "2025-03-31"), "2025-07-10")
    assert (statement.interest, statement.segments, statement.flags) == (None, (), (Flag.NEEDS_NOTICE,))
    assert statement.notes == (
        "Interest runs from the formal notice, and none was received yet: nothing is due so far.",
    )


def test_a_notice_that_came_before_the_debt_was_late_is_no_notice() -> None:
    for early in ("2025-01-15", "2025-03-31"):
        statement = stated(FR_CONSUMER, a_debt(100_000, "2025-03-31", notice=early), "2025-12-31")
        assert (statement.interest, statement.segments, statement.flags) == (None, (), (Flag.NEEDS_NOTICE,))
        assert statement.notes[0].startswith(f"What was sent by {early}, before the debt was late, is no notice.")
    assert stated(FR_CONSUMER, a_debt(100_000, "2025-03-31", notice="2025-04-01"), "2025-12-31").interest is not None


def test_a_belgian_consumer_owes_nothing_before_the_free_reminder_ran_out() -> None:
    statement = stated(BE_CONSUMER, a_debt(100_000, "2025-03-31"), "2025-07-10", agreed="10")
    assert (statement.interest, statement.flat, statement.flags) == (None, None, (Flag.NEEDS_NOTICE,))


def test_a_belgian_consumer_owes_the_civil_rate_or_the_agreed_one_up_to_that_of_businesses() -> None:
    debt = a_debt(100_000, "2025-03-31", notice="2025-06-15")
    assert [line[3] for line in lines(stated(BE_CONSUMER, debt, "2025-07-10"))] == ["4.5", "4.5"]
    assert [line[3] for line in lines(stated(BE_CONSUMER, debt, "2025-07-10", agreed="15"))] == ["11.5", "10.5"]
    assert [line[3] for line in lines(stated(BE_CONSUMER, debt, "2025-07-10", agreed="9"))] == ["9", "9"]


def test_a_french_public_body_keeps_the_rate_of_the_half_year_in_which_interest_began() -> None:
    statement = stated(FR_PUBLIC, a_debt(100_000, "2024-06-30"), "2025-12-31")
    assert lines(statement) == [("2024-07-01", "2025-12-31", 549, "12.25", 100_000, 18_425)]
    assert statement.flat == 4000


def test_a_luxembourg_consumer_owes_from_the_end_of_the_third_month_after_delivery() -> None:
    debt = replace(a_debt(100_000, "2024-04-15"), delivered_on=date(2024, 3, 15))
    assert [line[0] for line in lines(stated(LU_CONSUMER, debt, "2024-07-31"))] == ["2024-07-01"]
    assert stated(LU_CONSUMER, a_debt(100_000, "2024-04-15"), "2024-07-31").flags == (Flag.NEEDS_NOTICE,)


def test_a_fixed_rate_is_one_line_for_years() -> None:
    statement = stated(CH, a_debt(100_000, "2019-12-31", currency="CHF"), "2024-12-31")
    assert lines(statement) == [("2020-01-01", "2024-12-31", 1827, "5", 100_000, 25_027)]


def test_a_part_payment_lowers_the_base_from_the_day_after_its_value_date() -> None:
    debt = a_debt(1_500_000, "2024-03-31", ("2024-06-01", 500_000))
    statement = stated(FR, debt, "2025-02-15")
    assert lines(statement) == [
        ("2024-04-01", "2024-06-01", 62, "14.50", 1_500_000, 36_945),
        ("2024-06-02", "2024-06-30", 29, "14.50", 1_000_000, 11_520),
        ("2024-07-01", "2024-12-31", 184, "14.25", 1_000_000, 71_836),
        ("2025-01-01", "2025-02-15", 46, "13.15", 1_000_000, 16_573),
    ]
    assert (statement.interest, statement.open) == (136_874, 1_000_000)


def test_a_returned_payment_bears_interest_again() -> None:
    debt = a_debt(100_000, "2026-01-31", ("2026-02-10", 100_000), ("2026-02-20", -100_000))
    assert [(line[0], line[1]) for line in lines(stated(FR, debt, "2026-03-01"))] == [
        ("2026-02-01", "2026-02-10"),
        ("2026-02-21", "2026-03-01"),
    ]


def test_a_payment_that_came_in_time_and_went_back_makes_the_debt_late() -> None:
    debt = a_debt(100_000, "2026-01-31", ("2026-01-31", 100_000), ("2026-02-05", -100_000))
    statement = stated(FR, debt, "2026-02-15")
    assert (statement.flat, [line[0] for line in lines(statement)]) == (4000, ["2026-02-06"])


def test_what_was_paid_too_much_earns_nothing() -> None:
    statement = stated(FR, a_debt(100_000, "2026-01-31", ("2026-02-10", 150_000)), "2026-03-01")
    assert ([line[1] for line in lines(statement)], statement.open) == (["2026-02-10"], 0)


def test_fifteen_percent_agreed_on_for_thirty_days() -> None:
    statement = stated(FR, a_debt(1_500_000, "2024-03-31"), "2024-04-30", agreed="15")
    assert lines(statement) == [("2024-04-01", "2024-04-30", 30, "15", 1_500_000, 18_493)]
    # 15 % is below three times 5.07 % in that half-year: used as agreed, and said.
    assert statement.flags == (Flag.BELOW_FLOOR,)


def test_a_rate_below_the_floor_is_used_as_agreed_and_flagged() -> None:
    statement = stated(FR, a_debt(100_000, "2025-01-31"), "2025-03-02", agreed="5")
    assert [line[3] for line in lines(statement)] == ["5"]
    assert statement.flags == (Flag.BELOW_FLOOR,)
    (note,) = statement.notes
    assert note == (
        "The agreed 5 % is below the legal floor of 11.13 % (3 times: French legal interest rate, other cases)"
        " from 2025-02-01 to 2025-03-02; it is used as agreed until you decide."
    )


def test_a_floor_that_is_not_known_is_said_and_the_agreed_rate_counts() -> None:
    statement = stated(FR, a_debt(100_000, "2026-06-30"), "2026-07-30", agreed="12")
    assert (statement.interest, statement.flags, len(statement.notes)) == (986, (), 1)
    assert "could not be checked" in statement.notes[0]


def test_past_the_last_known_half_year_nothing_is_guessed_and_the_known_part_stands_apart() -> None:
    statement = stated(FR, a_debt(100_000, "2026-05-31"), "2026-11-22")
    assert (statement.interest, statement.flags) == (None, (Flag.RATE_MISSING,))
    assert (statement.known_until, statement.known_part) == (date(2026, 6, 30), 999)
    assert lines(statement) == [("2026-06-01", "2026-06-30", 30, "12.15", 100_000, 999)]
    (note,) = statement.notes
    assert note == (
        "Interest from 2026-07-01 is reserved. ECB main refinancing rate: no value is known for 2026-07-01 to"
        " 2026-12-31. See the European Central Bank or the Banque de France (key rates), then type:"
        " relance rates set ecb_mro 2026-07-01 PERCENT --source TEXT."
    )
    assert statement.flat == 4000


def test_a_debt_that_starts_after_the_last_known_half_year_has_no_part_at_all() -> None:
    statement = stated(FR, a_debt(100_000, "2026-07-31"), "2026-11-22")
    assert (statement.interest, statement.known_until, statement.known_part) == (None, None, None)


def test_a_missing_rate_does_not_matter_once_the_debt_is_paid() -> None:
    statement = stated(FR, a_debt(100_000, "2026-05-31", ("2026-06-30", 100_000)), "2026-11-22")
    assert (statement.interest, statement.flags) == (999, ())


def test_british_debts_of_the_second_half_of_2026_have_a_rate_and_later_ones_none() -> None:
    assert [line[3] for line in lines(stated(UK, a_debt(100_000, "2026-07-31", currency="GBP"), "2027-03-01"))] == [
        "11.75"
    ]
    late = stated(UK, a_debt(100_000, "2026-12-31", currency="GBP"), "2027-03-01")
    assert (late.interest, late.flags) == (None, (Flag.RATE_MISSING,))


def test_a_gap_in_the_middle_ends_the_known_part() -> None:
    statement = stated(NL_CONSUMER, a_debt(100_000, "2015-11-30"), "2024-03-31")
    assert (statement.interest, statement.known_until) == (None, date(2015, 12, 31))


def test_a_value_that_nobody_confirmed_is_not_used() -> None:
    statement = stated(FR_CONSUMER, a_debt(100_000, "2017-11-30", notice="2017-12-31"), "2018-02-01")
    assert (statement.interest, statement.flags) == (None, (Flag.RATE_MISSING,))
    assert "0.88 %, is not confirmed" in statement.notes[0]


def test_where_only_an_agreement_gives_interest_nothing_is_due_without_one() -> None:
    debt = a_debt(100_000, "2026-01-31", currency="USD")
    without = stated(US, debt, "2026-03-02")
    assert (without.interest, without.flat, without.flags) == (None, None, (Flag.NEEDS_TERMS,))
    assert stated(US, debt, "2026-03-02", agreed="18").interest == 1479


def test_a_rule_that_may_not_be_used_gives_its_reason_instead_of_a_figure() -> None:
    refused = replace(a_law(None), refused={"interest": "Row AT is not confirmed (L)."})
    statement = stated(refused, a_debt(100_000, "2026-01-31"), "2026-03-02", agreed="10")
    assert (statement.interest, statement.flags, statement.notes) == (
        None, (Flag.NOT_CLAIMABLE,), ("Row AT is not confirmed (L).",),
    )  # fmt: skip


def test_interest_stops_on_the_day_of_the_judgment() -> None:
    debt = replace(a_debt(100_000, "2026-01-31"), stopped_on=date(2026, 2, 10))
    statement = stated(FR, debt, "2026-06-30")
    assert ([line[1] for line in lines(statement)], statement.flags) == (["2026-02-10"], (Flag.STOPPED,))
    assert statement.notes == ("Interest stopped on 2026-02-10.",)


def test_a_currency_without_decimals_is_rounded_to_its_own_unit() -> None:
    statement = stated(FR, a_debt(100_000, "2026-01-31", currency="JPY"), "2026-03-02")
    assert (statement.interest, statement.flat) == (999, None)
    assert statement.notes == ("A flat sum of 40.00 EUR may be claimed apart: the debt is in JPY.",)


def test_the_basis_says_formula_days_rate_and_article() -> None:
    assert stated(FR, a_debt(100_000, "2026-01-31"), "2026-03-02").basis == (
        "Simple interest, actual/365, from the day after the due date to the day stated, both included, on the"
        " principal with VAT; a payment counts from the day after its value date; ECB main refinancing rate + 10"
        " points, by half-year, its value on the first day of each half-year; rounded once, at the end; the article;"
        " flat sum per invoice: the article"
    )


GERMAN_BEFORE_2014 = a_law(
    a_rule("de_base", NINE, changed_on=date(2014, 7, 29), points_before=EIGHT),
    a_flat("EUR", amount=4000, per="instalment", since=date(2014, 7, 29)),
)


def test_a_german_debt_of_before_the_change_of_2014_has_eight_points_and_no_flat_sum() -> None:
    statement = stated(GERMAN_BEFORE_2014, a_debt(150_000, "2009-09-14"), "2012-02-17")
    assert [(line[1], line[2], line[3], line[5]) for line in lines(statement)] == [
        ("2009-12-31", 108, "8.12", 3604),
        ("2010-06-30", 181, "8.12", 6040),
        ("2010-12-31", 184, "8.12", 6140),
        ("2011-06-30", 181, "8.12", 6040),
        ("2011-12-31", 184, "8.37", 6329),
        ("2012-02-17", 48, "8.12", 1602),
    ]
    assert (statement.interest, statement.flat, statement.flags) == (29_755, None, ())


def test_a_german_debt_due_on_the_day_of_the_change_has_nine_points_and_the_flat_sum() -> None:
    before = stated(GERMAN_BEFORE_2014, a_debt(100_000, "2014-07-28"), "2014-08-28")
    after = stated(GERMAN_BEFORE_2014, a_debt(100_000, "2014-07-29"), "2014-08-28")
    assert [(line[3], one.flat) for one in (before, after) for line in lines(one)] == [("7.27", None), ("8.27", 4000)]


def test_the_rate_of_a_new_half_year_may_count_from_its_second_day() -> None:
    debt = a_debt(1_000_000, "2023-01-01")
    ours = claim(debt, DE_CONSUMER, RATES, date(2023, 7, 1))
    theirs = claim(debt, DE_CONSUMER, RATES, date(2023, 7, 1), turn=Turn.NEXT_DAY)
    assert (ours.interest, theirs.interest) == (32_869, 32_828)
    assert [line[:4] for line in lines(theirs)] == [("2023-01-02", "2023-07-01", 181, "6.62")]
    assert "a new half-year's rate counts from its second day" in theirs.basis
