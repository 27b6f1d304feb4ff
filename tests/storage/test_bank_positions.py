"""How far each bank account is known."""

from datetime import UTC, date, datetime

import pytest

from policies.payment_record import PaymentRecord
from storage import bank_positions, creditor, payments
from storage.session import reading

pytestmark = pytest.mark.usefixtures("database_url")
AT = datetime(2026, 3, 12, 9, tzinfo=UTC)


def line(account: str, day: str, amount: int = 100) -> PaymentRecord:
    on = date.fromisoformat(day)
    return PaymentRecord(
        account=account, booked=on, value_date=on, amount=amount, currency="EUR", reference=f"{account} {day}",
        end_to_end_id="", counterparty="Somebody", iban="", text="", return_reason="", invoices=(), line=1,
    )  # fmt: skip


async def book(whose: int, *records: PaymentRecord, through: date | None = None) -> None:
    await payments.book_payments(list(records), "bank", "0" * 64, whose, AT, through=through)


async def known(whose: int) -> list[tuple[str, str, bool, int]]:
    return [(one.account, f"{one.through}", one.closed, one.age) for one in await bank_positions.accounts(AT, whose)]


async def position(whose: int) -> str:
    async with reading() as connection:
        found = await bank_positions.positions(connection, [whose], AT)
    return f"{found[whose].through}" if whose in found else "none"


async def test_what_is_known_is_what_is_known_of_the_account_that_is_furthest_behind() -> None:
    whose = (await creditor.ensure_creditor("Two accounts")).id
    assert await position(whose) == "none"
    await book(whose, line("FR76A", "2026-03-10"), line("FR76A", "2026-03-11"), line("FR76B", "2026-03-06"))
    assert await known(whose) == [("FR76B", "2026-03-06", False, 4), ("FR76A", "2026-03-11", False, 1)]
    assert await position(whose) == "2026-03-06"


async def test_an_older_file_takes_nothing_back() -> None:
    whose = (await creditor.ensure_creditor("Late file")).id
    await book(whose, line("FR76A", "2026-03-11"))
    await book(whose, line("FR76A", "2026-03-02"))
    assert await known(whose) == [("FR76A", "2026-03-11", False, 1)]


async def test_a_quiet_day_is_a_file_without_lines_that_says_how_far_it_reaches() -> None:
    whose = (await creditor.ensure_creditor("Quiet")).id
    await book(whose, line("FR76A", "2026-03-02"))
    await book(whose, through=date(2026, 3, 11))
    assert await known(whose) == [("FR76A", "2026-03-11", False, 1)]


async def test_a_closed_account_is_not_waited_for_until_a_newer_file_of_it_comes() -> None:
    whose = (await creditor.ensure_creditor("Closed")).id
    await book(whose, line("FR76A", "2026-03-11"), line("FR76B", "2026-01-05"))
    assert await bank_positions.close_account(whose, "FR76B", "marie", "moved", AT)
    assert not await bank_positions.close_account(whose, "FR76C", "marie", "a slip", AT)
    assert await position(whose) == "2026-03-11"
    await book(whose, line("FR76B", "2026-03-04"))
    assert await position(whose) == "2026-03-04"


async def test_an_age_that_is_no_number_of_days_is_refused_with_a_sentence() -> None:
    whose = (await creditor.ensure_creditor("Ages")).id
    problems = await creditor.update(whose, {"bank_max_age": "two", "courtesy_max_age": "99"}, "marie", AT)
    reason = "Write a number of bank days from 0 to 60, or none for no limit."
    assert [(one.field, one.reason) for one in problems] == [("bank_max_age", reason), ("courtesy_max_age", reason)]
    assert await creditor.update(whose, {"bank_max_age": "none", "courtesy_max_age": "7"}, "marie", AT) == []
    found = await creditor.ensure_creditor("Ages")
    assert (found.bank_max_age, found.courtesy_max_age) == (None, 7)


async def test_an_empty_file_speaks_of_no_account_before_one_is_known() -> None:
    whose = (await creditor.ensure_creditor("First day")).id
    await book(whose, through=date(2026, 3, 11))
    assert await position(whose) == "none"
