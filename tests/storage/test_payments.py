"""Booking bank lines: once each, oldest first, undone by returns, the same whatever the order."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from storage.aging import Bucket, aging
from storage.payments import Booked
from storage.unmatched import unmatched
from tests.storage.books import (
    balance,
    bank,
    bill,
    credit_note,
    do,
    invoice,
    line,
    open_cases,
    rows,
    standing,
    told,
    woken,
)

pytestmark = pytest.mark.usefixtures("database_url")

ONE = invoice("FA-2601", "2026-02-01", 10_000)
TWO = invoice("FA-2602", "2026-02-15", 5_000)


def booked(read: int, new: int, matched: int) -> Booked:
    return Booked(read, new, 0, read - new, matched, 0, new - matched)


async def close_as_paid(number: str) -> None:
    await do(
        "UPDATE cases SET closed_at = :at, outcome = 'paid', wake_at = NULL "
        "WHERE invoice_id = (SELECT id FROM invoice WHERE number = :number)",
        number=number,
        at=datetime(2026, 3, 3, tzinfo=UTC),
    )


async def test_a_payment_that_names_its_invoice_pays_it_and_wakes_its_case_alone() -> None:
    await bill(ONE, TWO)
    await open_cases()
    assert await bank(line("VIR DUPONT FA-2601 MERCI", 10_000)) == booked(1, 1, 1)
    assert await balance() == [("FA-2601", 10_000, 0, 0), ("FA-2602", 0, 0, 5_000)]
    assert (await told("FA-2601"), await woken()) == (["opened", "paid"], ["FA-2601"])


async def test_a_payment_has_the_messages_of_the_customers_other_cases_written_anew() -> None:
    await bill(ONE, TWO)
    await open_cases()
    await bank(line("FA-2601", 10_000))
    assert await rows("SELECT version FROM cases ORDER BY id") == [(1,), (1,)]


async def test_the_same_line_in_two_files_books_once() -> None:
    await bill(ONE)
    assert [await bank(line("FA-2601", 4_000)) for _ in range(2)] == [booked(1, 1, 1), booked(1, 0, 0)]
    assert await balance() == [("FA-2601", 4_000, 0, 6_000)]


async def test_two_equal_payments_of_one_day_with_different_references_stay_two() -> None:
    await bill(ONE)
    lines = [line("FA-2601", 4_000, reference="R1"), line("FA-2601", 4_000, reference="R2")]
    assert await bank(*lines) == booked(2, 2, 2)
    assert await balance() == [("FA-2601", 8_000, 0, 2_000)]


async def test_two_identical_lines_of_one_file_without_a_reference_stay_two_and_book_once_again() -> None:
    await bill(ONE)
    file = [line("VIR FA-2601", 4_000), line("VIR FA-2601", 4_000)]
    assert [await bank(*file), await bank(*file)] == [booked(2, 2, 2), booked(2, 0, 0)]
    assert await balance() == [("FA-2601", 8_000, 0, 2_000)]


async def test_two_identical_lines_with_the_same_end_to_end_id_are_one_payment() -> None:
    await bill(ONE)
    assert await bank(*[line("FA-2601", 4_000, end_to_end_id="E1")] * 2) == booked(2, 1, 1)


async def test_one_payment_for_several_invoices_pays_the_oldest_first_and_never_more_than_is_open() -> None:
    await bill(ONE, TWO)
    await bank(line("FA-2602 / FA-2601", 12_000, counterparty="", invoices=("FA-2602", "FA-2601")))
    assert await balance() == [("FA-2601", 10_000, 0, 0), ("FA-2602", 2_000, 0, 3_000)]
    await bank(line("again", 12_000, on="2026-03-02", counterparty="", invoices=("FA-2602", "FA-2601")))
    assert await balance() == [("FA-2601", 10_000, 0, 0), ("FA-2602", 5_000, 0, 0)]
    assert [(one.left, one.currency) for one in await unmatched()] == [(9_000, "EUR")]


async def test_invoices_named_in_the_file_itself_are_paid() -> None:
    await bill(invoice("12", "2026-02-01", 10_000), invoice("13", "2026-02-15", 5_000))
    await bank(line("", 15_000, invoices=("12", "13")))
    assert await balance() == [("12", 10_000, 0, 0), ("13", 5_000, 0, 0)]


async def test_a_line_in_another_currency_or_naming_nothing_stays_unmatched() -> None:
    await bill(ONE)
    lines = [line("FA-2601", 10_000, currency="USD"), line("LOYER MARS", 700), line("FA-10", 5)]
    assert await bank(*lines) == booked(3, 3, 0)
    assert await balance() == [("FA-2601", 0, 0, 10_000)]


async def test_invoices_and_payments_may_come_in_any_order() -> None:
    facts = [
        lambda: bill(ONE), lambda: bill(TWO), lambda: bank(line("FA-2601 FA-2602", 7_000, on="2026-02-20", counterparty="", invoices=("FA-2601", "FA-2602"))),
        lambda: bank(line("FA-2601", 6_000, on="2026-02-25")),
    ]  # fmt: skip
    states = []
    for order in permutations(facts):
        await _forget()
        for fact in order:
            await fact()
        states.append((await balance(), await standing()))
    day_one, day_two = date(2026, 2, 20), date(2026, 2, 25)
    assert (
        states
        == [
            (
                [("FA-2601", 10_000, 0, 0), ("FA-2602", 0, 0, 5_000)],
                [("FA-2601", "FA-2601", 3_000, day_two), ("FA-2601 FA-2602", "FA-2601", 7_000, day_one)],
            )
        ]
        * 24
    )


async def _forget() -> None:
    for table in ("line_claim", "line_match", "allocation", "payment", "invoice"):
        await do(f"DELETE FROM {table}")


async def test_a_returned_payment_reopens_its_case_at_its_age_with_its_steps() -> None:
    await bill(ONE)
    await open_cases()
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "SELECT id, 'courtesy_reminder', 'courtesy_reminder', '2026-02-04', 'confirmed' FROM cases"
    )
    await bank(line("FA-2601", 10_000, end_to_end_id="E1"))
    await close_as_paid("FA-2601")
    back = line("RETOUR", -10_000, on="2026-03-09", end_to_end_id="E1", return_reason="AC04")
    assert await bank(back) == booked(1, 1, 1)
    assert await balance() == [("FA-2601", 0, 0, 10_000)]
    assert await rows("SELECT closed_at, outcome, opened_at < '2026-03-03' FROM cases") == [(None, None, True)]
    assert await rows("SELECT step FROM step_done") == [("courtesy_reminder",)]
    assert (await told("FA-2601"), await woken()) == (["opened", "paid", "payment_returned", "reopened"], ["FA-2601"])
    assert [one.left for one in await unmatched()] == []


async def test_a_return_that_comes_before_its_payment_undoes_it_all_the_same() -> None:
    await bill(ONE)
    assert await bank(line("RETOUR", -10_000, on="2026-03-09", end_to_end_id="E1")) == booked(1, 1, 0)
    await bank(line("FA-2601", 10_000, end_to_end_id="E1"))
    assert (await balance(), await unmatched()) == ([("FA-2601", 0, 0, 10_000)], ())


async def test_a_return_that_names_the_invoice_undoes_its_payment() -> None:
    await bill(ONE, TWO)
    await bank(line("FA-2601", 10_000), line("FA-2602", 5_000))
    await bank(line("REJET PRLV FA-2602", -5_000, on="2026-03-09"))
    assert await balance() == [("FA-2601", 10_000, 0, 0), ("FA-2602", 0, 0, 5_000)]


async def test_money_paid_out_for_something_else_stays_unmatched() -> None:
    await bill(ONE)
    assert await bank(line("FA-2601", 10_000), line("FOURNISSEUR", -10_000)) == booked(2, 2, 1)
    assert await balance() == [("FA-2601", 10_000, 0, 0)]


async def test_a_written_off_case_is_not_reopened_by_a_return() -> None:
    await bill(ONE)
    await open_cases()
    await bank(line("FA-2601", 10_000, end_to_end_id="E1"))
    await do("UPDATE cases SET closed_at = now(), outcome = 'written_off', written_off = 'small'")
    await bank(line("RETOUR", -10_000, on="2026-03-09", end_to_end_id="E1"))
    assert await rows("SELECT outcome FROM cases") == [("written_off",)]


async def test_an_amount_raised_after_payment_reopens_the_case() -> None:
    await bill(ONE)
    await open_cases()
    await bank(line("FA-2601", 10_000))
    await close_as_paid("FA-2601")
    await bill(invoice("FA-2601", "2026-02-01", 12_000))
    assert (await balance(), await told("FA-2601")) == ([("FA-2601", 10_000, 0, 2_000)], ["opened", "paid", "reopened"])


async def test_an_amount_lowered_below_what_was_paid_gives_the_rest_back_to_the_line() -> None:
    await bill(ONE)
    await bank(line("FA-2601", 10_000))
    await bill(invoice("FA-2601", "2026-02-01", 8_000))
    assert (await balance(), [one.left for one in await unmatched()]) == ([("FA-2601", 8_000, 0, 0)], [2_000])


async def test_a_credit_note_counts_from_its_day_and_the_case_hears_of_it() -> None:
    await bill(ONE)
    await open_cases()
    await bill(ONE, credit_note("AV-1", "FA-2601", 4_000, on="2026-02-20"))
    assert await balance() == [("FA-2601", 0, 4_000, 6_000)]
    assert await told("FA-2601") == ["opened", "credited"]


async def test_aging_counts_what_was_open_on_the_day() -> None:
    await bill(ONE, TWO, invoice("FA-2603", "2026-06-30", 1_500), invoice("US-1", "2025-11-01", 900, currency="USD"))
    await bank(line("FA-2601", 4_000, on="2026-03-01", end_to_end_id="E1"))
    await bank(line("RETOUR", -4_000, on="2026-03-20", end_to_end_id="E1"))
    assert await aging(date(2026, 3, 10)) == (
        Bucket("EUR", "current", 1, 1_500),
        Bucket("EUR", "1-30", 1, 5_000),
        Bucket("EUR", "31-60", 1, 6_000),
        Bucket("EUR", "61-90", 0, 0),
        Bucket("EUR", "90+", 0, 0),
        Bucket("USD", "current", 0, 0),
        Bucket("USD", "1-30", 0, 0),
        Bucket("USD", "31-60", 0, 0),
        Bucket("USD", "61-90", 0, 0),
        Bucket("USD", "90+", 1, 900),
    )
    assert [one.amount for one in await aging(date(2026, 3, 20))][:3] == [1_500, 0, 15_000]


async def test_aging_of_a_day_before_the_invoice_was_issued_is_empty() -> None:
    await bill(ONE)
    assert await aging(date(2025, 12, 31)) == ()
