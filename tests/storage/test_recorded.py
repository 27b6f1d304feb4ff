"""The history of the database: what was owed and paid and what held it, known from the moment it was recorded."""

from datetime import UTC, date, datetime

import pytest

from policies.facts import DebtorKind, Hold, HoldKind
from policies.hold_form import HoldWords
from policies.replay.past import PastCustomer, PastHold, PastInvoice, PastMoney
from storage import clock
from storage.clock import Mode
from storage.hold_deeds import hold_customer, release_customer
from storage.recorded import recorded
from tests.storage.books import bank, bill, credit_note, do, invoice, line, open_cases

pytestmark = pytest.mark.usefixtures("database_url")
ISSUED, DUE = date(2026, 1, 1), date(2026, 2, 2)
MARCH_2 = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def written_down(table: str, at: str) -> None:
    """Everything in the table was recorded at this moment."""
    await do(f"UPDATE {table} SET recorded_at = CAST('{at}' AS timestamptz)")  # both are ours


async def books() -> None:
    """An invoice of 100,00 € with a payment and a credit note, and one that was disputed for four days."""
    await bill(invoice("FA-1", "2026-02-02", 100_00), invoice("FA-2", "2026-02-02", 50_00))
    await open_cases()
    await bank(line("FA-1", 60_00, on="2026-03-01"))
    await bill(credit_note("AV-1", "FA-1", 40_00))
    await hold_customer("C1", "FA-2", HoldWords("wrong goods", "dispute", "2026-08-01"), "marie", MARCH_2)
    await release_customer("C1", "FA-2", "marie", datetime(2026, 3, 6, 9, 30, 15, tzinfo=UTC))
    await written_down("invoice", "2026-01-05T08:00:30Z")
    await written_down("allocation", "2026-03-03T10:15:00Z")
    await written_down("hold", "2026-03-02T12:00:00Z")


def told(known: tuple[datetime | None, ...]) -> list[PastCustomer]:
    """The history of `books`; `known`: when the invoices, the money and the hold were learnt."""
    billed, booked, held = known
    disputed = PastHold(
        Hold(HoldKind.DISPUTE, "wrong goods", MARCH_2.date(), date(2026, 8, 1), "marie"), held,
        ended=datetime(2026, 3, 6, 9, 31, tzinfo=UTC),
    )  # fmt: skip
    money = (
        PastMoney(date(2026, 3, 1), 60_00, booked),
        PastMoney(date(2026, 2, 20), 40_00, booked, credit=True),
    )
    return [
        PastCustomer(
            "C1", DebtorKind.BUSINESS, "FR", "", "Europe/Paris",
            (
                PastInvoice("FA-1", DUE, 100_00, "EUR", ISSUED, billed, money),
                PastInvoice("FA-2", DUE, 50_00, "EUR", ISSUED, billed, (), (disputed,)),
            ),
        )
    ]  # fmt: skip


async def test_a_fact_is_known_from_the_minute_in_which_it_was_recorded() -> None:
    await books()
    assert await recorded() == told(
        (
            datetime(2026, 1, 5, 8, 1, tzinfo=UTC),
            datetime(2026, 3, 3, 10, 16, tzinfo=UTC),
            datetime(2026, 3, 2, 12, 1, tzinfo=UTC),
        )
    )


async def test_by_its_date_a_fact_is_known_the_day_after() -> None:
    await books()
    assert await recorded(dated=True) == told((None, None, None))


async def test_the_moments_of_rows_say_nothing_where_the_clock_is_stepped() -> None:
    await clock.start(Mode.STEPPED, MARCH_2)
    await books()
    assert await recorded() == told((None, None, None))


async def test_money_that_came_back_is_gone_from_the_day_after_its_return() -> None:
    await bill(invoice("FA-1", "2026-02-02", 100_00))
    await bank(line("FA-1", 100_00, on="2026-03-01"))
    await written_down("allocation", "2026-03-03T10:15:00Z")
    await bank(line("FA-1", -100_00, on="2026-03-09", return_reason="AM04"))
    for dated, known in ((False, datetime(2026, 3, 3, 10, 16, tzinfo=UTC)), (True, None)):
        [customer] = await recorded(dated=dated)
        assert customer.invoices[0].money == (
            PastMoney(date(2026, 3, 1), 100_00, known), PastMoney(date(2026, 3, 9), -100_00),
        )  # fmt: skip


async def test_what_was_set_against_an_invoice_by_mistake_counts_until_it_was_put_right() -> None:
    await bill(invoice("FA-1", "2026-02-02", 100_00))
    await bank(line("FA-1", 100_00, on="2026-03-01"))
    await written_down("allocation", "2026-03-03T10:15:00Z")
    await do("UPDATE allocation SET undone_at = '2026-03-10T12:00:20Z'")
    [customer] = await recorded()
    assert customer.invoices[0].money == (
        PastMoney(date(2026, 3, 1), 100_00, datetime(2026, 3, 3, 10, 16, tzinfo=UTC)),
        PastMoney(date(2026, 3, 1), -100_00, datetime(2026, 3, 10, 12, 1, tzinfo=UTC)),
    )
    [customer] = await recorded(dated=True)
    assert customer.invoices[0].money == ()


async def test_what_was_given_up_is_over_from_then_on() -> None:
    await bill(invoice("FA-1", "2026-02-02", 100_00))
    await open_cases()
    await do("UPDATE cases SET withdrawn = 'ours', closed_at = '2026-03-05T09:00:00Z', outcome = 'withdrawn'")
    [customer] = await recorded()
    assert [one.given_up for one in customer.invoices] == [datetime(2026, 3, 5, 9, 1, tzinfo=UTC)]
