"""Instalments of an invoice are due items: chased each from its own day, paid by the invoice's number or their own."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from policies.records import InstalmentRecord, InvoiceRecord
from storage.case_views import find_case
from storage.creditor import ensure_creditor
from storage.invoices import attach
from storage.session import reading
from storage.unmatched import unmatched
from storage.whom import find
from tests.storage.books import balance, bank, bill, credit_note, invoice, line, open_cases, refused, rows

pytestmark = pytest.mark.usefixtures("database_url")

DAYS = (date(2026, 2, 28), date(2026, 3, 31), date(2026, 9, 30))


def in_parts(*amounts: int, number: str = "FA-2026-0142") -> InvoiceRecord:
    parts = tuple(InstalmentRecord(day, amount) for day, amount in zip(DAYS, amounts, strict=False))
    return replace(invoice(number, "2026-09-30", sum(amounts)), instalments=parts, document_type="380")


THIRDS = in_parts(40_000, 40_000, 40_000)
RETENTION = in_parts(57_000, 38_000, 5_000)


async def cases() -> list[str]:
    found = await rows("SELECT i.number FROM cases c JOIN invoice i ON i.id = c.invoice_id ORDER BY i.number")
    return [row[0] for row in found]


async def test_only_the_instalment_whose_day_has_come_gets_a_case() -> None:
    await bill(RETENTION)
    await open_cases(datetime(2026, 3, 4, 9, tzinfo=UTC))
    assert await cases() == ["FA-2026-0142/1"]
    await open_cases(datetime(2026, 4, 10, 9, tzinfo=UTC))
    assert await cases() == ["FA-2026-0142/1", "FA-2026-0142/2"]


async def test_importing_the_same_invoice_again_changes_nothing() -> None:
    counts = [await bill(RETENTION) for _ in range(2)]
    assert [(one.read, one.new, one.changed, one.unchanged) for one in counts] == [(1, 3, 0, 0), (1, 0, 0, 3)]


@pytest.mark.parametrize(
    ("record", "paid", "open_"),
    [
        (RETENTION, 100_000, [0, 0, 0]),
        (RETENTION, 57_000, [0, 38_000, 5_000]),
        (RETENTION, 95_000, [0, 0, 5_000]),
        (RETENTION, 38_000, [57_000, 0, 5_000]),
        (THIRDS, 40_000, [0, 40_000, 40_000]),
        (THIRDS, 80_000, [0, 0, 40_000]),
    ],
)
async def test_money_that_names_the_invoice_pays_the_instalments_it_makes_up_oldest_first(
    record: InvoiceRecord, paid: int, open_: list[int]
) -> None:
    await bill(record)
    await bank(line("VIR FA-2026-0142", paid, counterparty="Dupont SARL"))
    assert [left for _, _, _, left in await balance()] == open_
    assert await unmatched() == ()


async def test_a_sum_that_makes_up_no_instalments_is_asked() -> None:
    await bill(RETENTION)
    await bank(line("VIR FA-2026-0142", 30_000, counterparty="Dupont SARL"))
    assert ([one.sureness for one in await unmatched()], [left for _, _, _, left in await balance()]) == (
        ["likely"], [57_000, 38_000, 5_000],
    )  # fmt: skip


async def test_one_instalment_is_named_by_its_own_number() -> None:
    await bill(THIRDS)
    await bank(line("VIR FA-2026-0142/2", 40_000, counterparty="Dupont SARL"))
    assert [left for _, _, _, left in await balance()] == [40_000, 0, 40_000]


async def test_a_ledger_that_names_the_invoice_settles_its_instalments_and_a_credit_note_the_oldest() -> None:
    await bill(in_parts(57_000, 38_000, 5_000, number="FA-1"), credit_note("AV-1", "FA-1", 5_000))
    await bank(line("FA-1", 52_000))
    assert await balance() == [("FA-1/1", 52_000, 5_000, 0), ("FA-1/2", 0, 0, 38_000), ("FA-1/3", 0, 0, 5_000)]


async def test_other_instalments_than_those_known_change_nothing_and_are_told() -> None:
    await bill(RETENTION)
    counts = await bill(in_parts(50_000, 50_000))
    moved = await bill(in_parts(57_000, 37_000, 6_000))
    assert [one.reason for one in (*counts.problems, *moved.problems)] == [
        (
            "FA-2026-0142 is known in 3 instalments that come to 1000.00 EUR, the file says 1000.00 EUR otherwise: nothing of it was "
            "changed. Credit it and issue it anew."
        )
    ] * 2
    assert [left for *_, left in await balance()] == [57_000, 38_000, 5_000]


async def test_the_lines_of_a_list_of_open_items_stay_one_due_item_that_follows_what_is_left() -> None:
    await bill(replace(RETENTION, document_type=""))
    await bill(replace(in_parts(38_000, 5_000), document_type=""))
    assert await balance() == [("FA-2026-0142", 0, 0, 43_000)]


async def test_one_invoice_is_not_collected_whole_and_in_parts_whatever_file_or_source_it_comes_from() -> None:
    await bill(replace(RETENTION, instalments=()), RETENTION)
    other = await bill(RETENTION, source="platform")
    assert [one.field for one in other.problems] == ["number"] * 3
    await bill(in_parts(10_000, 20_000, number="FA-3"))
    again = await bill(replace(in_parts(10_000, 20_000, number="FA-3"), instalments=()), source="platform")
    assert [one.reason for one in again.problems] == [
        "FA-3 of this customer was imported before under the source “erp”: use --source erp."
    ]
    assert [left for *_, left in await balance()] == [100_000, 10_000, 20_000]


async def test_an_invoice_called_like_an_instalment_is_refused() -> None:
    await bill(RETENTION)
    counts = await bill(invoice("FA-2026-0142/2", "2026-05-01", 70_000))
    assert [one.reason for one in counts.problems] == [
        "FA-2026-0142/2 is known as an instalment of FA-2026-0142: import it under another number."
    ]
    assert [left for *_, left in await balance()] == [57_000, 38_000, 5_000]


async def test_an_invoice_known_whole_stays_whole_and_one_known_in_parts_needs_no_days_again() -> None:
    await bill(replace(RETENTION, instalments=()))
    await bill(RETENTION, THIRDS)
    await bill(replace(in_parts(10_000, 20_000, number="FA-3"), instalments=()))
    assert [number for number, *_ in await balance()] == ["FA-2026-0142", "FA-3"]


async def test_every_instalment_goes_out_with_the_invoices_own_document() -> None:
    await bill(RETENTION)
    creditor = await ensure_creditor()
    assert await attach(creditor.id, "erp", "FA-2026-0142", "FA-2026-0142.pdf", "application/pdf", b"%PDF-1.7")
    assert await rows("SELECT DISTINCT document_name FROM invoice") == [("FA-2026-0142.pdf",)]


@pytest.mark.parametrize("together", [True, False])
async def test_an_invoice_of_which_an_instalment_would_be_called_like_another_stays_whole(together: bool) -> None:
    other, parted = invoice("2026/1", "2026-02-01", 7_000), in_parts(40_000, 60_000, number="2026")
    for file in [(parted, other)] if together else [(other,), (parted,)]:
        assert (await bill(*file)).problems == ()
    assert await balance() == [("2026", 0, 0, 100_000), ("2026/1", 0, 0, 7_000)]


async def test_whoever_names_the_invoice_is_told_what_its_instalments_are_called() -> None:
    await bill(RETENTION)
    await open_cases()
    sentence = (
        "FA-2026-0142 is payable in instalments: name one of them, FA-2026-0142/1, FA-2026-0142/2, FA-2026-0142/3."
    )
    async with reading() as connection:
        by_customer, alone = await find(connection, "C1", "FA-2026-0142"), await find(connection, "", "FA-2026-0142")
    assert [refused(one) for one in (await find_case("FA-2026-0142"), by_customer, alone)] == [[sentence]] * 3
