"""When an invoice is due: one day, instalments that add up, and never the end of a discount or a guess."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from policies.discount import DiscountRecord, discounts_in
from policies.due_days import DueDays, StatedTerms, due_days
from policies.records import InstalmentRecord

APRIL, MAY, MARCH = date(2026, 4, 1), date(2026, 5, 1), date(2026, 3, 16)
TWO_PERCENT = DiscountRecord("2.00", days=14)


def test_one_day_is_the_due_date_however_often_it_is_said() -> None:
    assert due_days([StatedTerms(APRIL), StatedTerms(APRIL)], 1000, "EUR") == DueDays(APRIL)


def test_no_day_is_no_due_date() -> None:
    assert due_days([StatedTerms(label="sofort")], 1000, "EUR") == DueDays()


def test_instalments_that_add_up_are_due_one_by_one_and_the_last_day_is_the_invoices() -> None:
    terms = [StatedTerms(MAY, 400, "retention"), StatedTerms(APRIL, 600)]
    parts = (InstalmentRecord(APRIL, 600), InstalmentRecord(MAY, 400, "retention"))
    assert due_days(terms, 1000, "EUR") == DueDays(MAY, parts)


def test_instalments_that_do_not_add_up_are_told_with_the_figures() -> None:
    found = due_days([StatedTerms(MAY, 400), StatedTerms(APRIL, 500)], 1000, "EUR")
    assert (found.due, found.wrong) == (None, "The instalments add up to 9.00 EUR, but 10.00 is due.")


def test_a_single_part_that_is_not_the_whole_is_told() -> None:
    found = due_days([StatedTerms(APRIL, 500)], 1000, "EUR")
    assert found.wrong == "The instalments add up to 5.00 EUR, but 10.00 is due."
    assert due_days([StatedTerms(APRIL, 1000)], 1000, "EUR") == DueDays(APRIL)


def test_two_days_without_amounts_are_a_question() -> None:
    found = due_days([StatedTerms(APRIL), StatedTerms(MAY)], 1000, "EUR")
    assert (found.due, found.wrong) == (None, "The terms state 2 due dates, not all with the amount due then.")


def test_the_day_beside_a_discount_ends_the_discount_where_another_day_is_stated() -> None:
    terms = [StatedTerms(MARCH, discounts=(TWO_PERCENT,)), StatedTerms(APRIL)]
    assert due_days(terms, 1000, "EUR") == DueDays(APRIL, (), (DiscountRecord("2.00", MARCH, 14),))


def test_one_day_with_a_discount_that_ends_before_it_is_the_due_date() -> None:
    terms = [StatedTerms(APRIL, discounts=(TWO_PERCENT,))]
    assert due_days(terms, 1000, "EUR") == DueDays(APRIL, (), (TWO_PERCENT,))


def test_a_single_day_on_which_a_discount_of_so_many_days_ends_is_no_due_date() -> None:
    terms = [StatedTerms(MARCH, discounts=(TWO_PERCENT,))]
    found = due_days(terms, 1000, "EUR", issued=date(2026, 3, 2))
    assert (found.due, found.discounts) == (None, (TWO_PERCENT,))
    assert found.wrong.startswith("The only date of the terms, 2026-03-16, is the last day of a cash discount")
    assert due_days(terms, 1000, "EUR", issued=date(2026, 3, 1)).due == MARCH


def test_a_discounts_day_counts_for_nothing_beside_the_day_that_states_its_amount() -> None:
    terms = [StatedTerms(MARCH, discounts=(TWO_PERCENT,)), StatedTerms(APRIL, 1000)]
    assert due_days(terms, 1000, "EUR") == DueDays(APRIL, (), (DiscountRecord("2.00", MARCH, 14),))


def test_the_last_day_of_a_discount_alone_is_no_due_date() -> None:
    found = due_days([StatedTerms(MARCH, discounts=(DiscountRecord("2.00", MARCH),))], 1000, "EUR")
    assert found.due is None
    assert found.wrong.startswith("The only date of the terms, 2026-03-16, is the last day of a cash discount")


@given(some.lists(some.tuples(some.dates(APRIL, MAY), some.integers(1, 10**9)), min_size=1, max_size=6))
def test_instalments_neither_lose_nor_invent_money(parts: list[tuple[date, int]]) -> None:
    payable = sum(amount for _, amount in parts)
    found = due_days([StatedTerms(day, amount) for day, amount in parts], payable, "EUR")
    assert found.due == max(day for day, _ in parts)
    assert sum(one.amount for one in found.instalments) == (payable if len(parts) > 1 else 0)


def test_discounts_written_into_the_terms_are_taken_out_of_them() -> None:
    words = "Zahlbar bis 1.4. #SKONTO#TAGE=14#PROZENT=2.25# #SKONTO#TAGE=28#PROZENT=1.00#BASISBETRAG=357.93# Danke"
    assert discounts_in(words, "EUR") == (
        "Zahlbar bis 1.4. Danke",
        (DiscountRecord("2.25", days=14), DiscountRecord("1.00", days=28, basis=35793)),
    )
    doubtful = "#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=1.005#"
    assert discounts_in(doubtful, "EUR") == (doubtful, ())
    assert discounts_in("3% Skonto innerhalb 10 Tagen", "EUR") == ("3% Skonto innerhalb 10 Tagen", ())
