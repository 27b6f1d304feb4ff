"""The aged balance, divided by currency, customer and country."""

from datetime import date

import pytest

from storage.aging import By, aging
from storage.creditor import ensure_creditor
from storage.customers import import_customers
from tests.storage.books import NOON, bill, customer, invoice

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
