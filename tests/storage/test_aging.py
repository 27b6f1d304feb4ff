"""The aged balance, divided by currency, customer and country."""

from datetime import date

import pytest

from storage.aging import By, aging
from storage.creditor import ensure_creditor
from storage.customers import import_customers
from storage.matching_deeds import book_by_hand
from tests.storage.books import NOON, bank, bill, customer, invoice, line, rows

pytestmark = pytest.mark.usefixtures("database_url")
DAY = date(2026, 3, 1)


async def found(by: By) -> list[tuple[str, str, str, int, int]]:
    return [(one.key, one.currency, one.bucket, one.count, one.amount) for one in await aging(DAY, by=by) if one.count]


async def test_what_is_open_is_divided_and_no_sum_crosses_currencies() -> None:
    us = (await ensure_creditor()).id
    people = [
        customer("C1", "Dupont", country="FR"),
        customer("C2", "Meier", country="DE"),
        customer("C3", "Durand", country="FR"),
    ]
    await import_customers(people, "crm", "0" * 64, us, NOON)
    await bill(
        invoice("F1", "2026-03-10", 10_000, customer_number="C1"), invoice("F2", "2026-02-20", 20_000, customer_number="C1"),
        invoice("F3", "2026-02-20", 30_000, customer_number="C3"), invoice("F4", "2025-11-01", 40_000, customer_number="C2", currency="CHF", country="DE"),
    )  # fmt: skip
    assert await found(By.CURRENCY) == [
        ("", "CHF", "90+", 1, 40_000), ("", "EUR", "current", 1, 10_000), ("", "EUR", "1-30", 2, 50_000),
    ]  # fmt: skip
    assert await found(By.CUSTOMER) == [
        ("C1", "EUR", "current", 1, 10_000), ("C1", "EUR", "1-30", 1, 20_000), ("C2", "CHF", "90+", 1, 40_000),
        ("C3", "EUR", "1-30", 1, 30_000),
    ]  # fmt: skip
    assert await found(By.COUNTRY) == [
        ("DE", "CHF", "90+", 1, 40_000), ("FR", "EUR", "current", 1, 10_000), ("FR", "EUR", "1-30", 2, 50_000),
    ]  # fmt: skip


ONE = invoice("FA-2026-0142", "2026-02-01", 125_000)
OTHER = invoice("FA-2026-0143", "2026-02-15", 125_000)


async def open_on(*days: str) -> list[tuple[str, int, int]]:
    """The day, how many items are open on it, and their sum."""
    found = [(day, await aging(date.fromisoformat(day))) for day in days]
    return [(day, sum(one.count for one in bands), sum(one.amount for one in bands)) for day, bands in found]


async def test_money_counts_from_its_value_date_to_the_day_it_came_back_and_cents_let_go_with_it() -> None:
    await bill(ONE)
    await bank(line("PRLV FA-2026-0142", 124_997, on="2026-02-20", end_to_end_id="E1"))
    await bank(line("REJET", -124_997, on="2026-02-26", end_to_end_id="E1", return_reason="AM04"))
    assert await open_on("2026-02-19", "2026-02-20", "2026-02-25", "2026-02-26") == [
        ("2026-02-19", 1, 125_000), ("2026-02-20", 0, 0), ("2026-02-25", 0, 0), ("2026-02-26", 1, 125_000),
    ]  # fmt: skip


async def test_money_moved_to_another_invoice_later_is_not_counted_twice_for_the_days_before() -> None:
    await bill(ONE, OTHER)
    await bank(line("VIR FA-2026-0142", 125_000, on="2026-02-20"))
    ((payment,),) = await rows("SELECT id FROM payment")
    await book_by_hand(payment, ["FA-2026-0143"], "they called", "marie", NOON)
    assert await open_on("2026-02-19", "2026-02-25", "2026-03-05") == [
        ("2026-02-19", 2, 250_000), ("2026-02-25", 1, 125_000), ("2026-03-05", 1, 125_000),
    ]  # fmt: skip
