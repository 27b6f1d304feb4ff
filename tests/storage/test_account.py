"""The account a customer gets on paper is that of the books, and its sums are those of the aged balance."""

from datetime import date
from pathlib import Path

import pytest

from storage.account import CustomerAccount, account_of
from storage.aging import By, aging
from tasks.account_sheet import account_sheet, ages, currencies, sheet_of, totals
from tests.storage.books import bank, bill, credit_note, do, invoice, line, refused

pytestmark = pytest.mark.usefixtures("database_url")
DAY = date(2026, 3, 1)


async def the_books() -> None:
    """C1 owes in two currencies, has paid a part, paid too much once, and has a credit note that settles nothing."""
    await bill(
        invoice("F1", "2026-03-10", 10_000), invoice("F2", "2026-02-20", 20_000), invoice("F3", "2025-11-01", 30_000),
        invoice("F4", "2026-01-15", 5_000, currency="CHF"), invoice("F5", "2026-01-15", 7_000),
        invoice("G1", "2026-01-01", 99_000, customer_number="C2", customer_name="Somebody else"),
        credit_note("AV-1", "", 1_500),
    )  # fmt: skip
    await bank(
        line("F2", 8_000, on="2026-02-25"), line("F5", 7_500, on="2026-02-26"), line("F1", 4_000, on="2026-03-02")
    )


async def account(day: date = DAY) -> CustomerAccount:
    found = await account_of("C1", day)
    assert isinstance(found, CustomerAccount), found
    return found


async def test_an_account_lists_what_is_open_on_the_day_and_nothing_of_anybody_else() -> None:
    await the_books()
    found = [(one.kind, one.number, one.currency, one.amount, one.open) for one in (await account()).lines]
    assert found == [
        ("invoice", "F4", "CHF", 5_000, 5_000),
        ("invoice", "F3", "EUR", 30_000, 30_000),
        ("invoice", "F2", "EUR", 20_000, 12_000),
        ("invoice", "F1", "EUR", 10_000, 10_000),
        ("credit", "AV-1", "EUR", -1_500, -1_500),
        ("payment", "F5", "EUR", -7_500, -500),
    ]


async def test_its_invoices_add_up_to_the_aged_balance_by_currency_and_band() -> None:
    await the_books()
    for day in (DAY, date(2026, 2, 24), date(2026, 3, 20)):
        items = sheet_of(await account(day)).items
        aged = [one for one in await aging(day, by=By.CUSTOMER) if one.key == "C1"]
        for currency in currencies(items):
            mine = [one for one in items if one.currency == currency]
            assert list(ages(mine, day)) == [one.amount for one in aged if one.currency == currency]
            assert totals(mine)["invoice"] == sum(one.amount for one in aged if one.currency == currency)


async def test_the_sheet_is_the_same_bytes_each_time_and_needs_an_address(tmp_path: Path) -> None:
    await the_books()
    await do(
        "UPDATE creditor SET address = '12 rue des Lilas\n75011 Paris', "
        "mentions = 'SARL au capital de 10 000 euros, SIREN 123 456 789, RCS Paris'"
    )
    await do("UPDATE contact SET postal = '14 quai du Port\n69002 Lyon'")
    made = account_sheet(sheet_of(await account()))
    assert made == account_sheet(sheet_of(await account()))
    assert made.startswith(b"%PDF")
    (tmp_path / "account.pdf").write_bytes(made)


async def test_a_customer_nobody_knows_is_refused_in_a_sentence() -> None:
    await the_books()
    assert refused(await account_of("C9", DAY)) == ["There is no customer “C9”."]
