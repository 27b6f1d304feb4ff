"""A FEC taken in: paid by the bank alone, written off by a loss, held by a bill; again it changes nothing."""

from pathlib import Path

import pytest

from policies.payment_terms import PaymentTerms
from storage.creditor import ensure_creditor
from storage.customers import import_customers
from tasks.invoice_mapping import RecordKind
from tasks.take_in import TakenIn, take_in
from tests.storage.books import NOON, customer, open_cases, rows
from tests.tasks.test_read_fec import HEAD, closing, sale, sold_and_paid

pytestmark = pytest.mark.usefixtures("database_url")


async def taken(path: Path, *lines: str) -> TakenIn:
    path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    creditor = await ensure_creditor()
    await import_customers(
        [customer("CDUPONT", "Dupont", payment_terms=PaymentTerms(30))], "crm", "0" * 64, creditor.id, NOON
    )
    return await take_in(RecordKind.INVOICES, path, creditor.id, NOON, source="fec")


async def test_money_in_the_ledger_pays_its_invoice_and_the_same_file_changes_nothing(tmp_path: Path) -> None:
    lines = [*sale("1", "20250115", "FA-1", "120,00", "AA"), *closing("512000", "AA", "100,00")]
    first = await taken(tmp_path / "fec.txt", *lines)
    again = await taken(tmp_path / "fec.txt", *lines)
    assert [(one.read, one.new, one.unchanged, one.problems) for one in (first, again)] == [
        (1, 1, 0, ()),
        (1, 0, 1, ()),
    ]
    assert await rows("SELECT number, total, paid, due::text FROM invoice") == [("FA-1", 12000, 10000, "2025-02-14")]
    assert await rows("SELECT count(*) FROM payment") == [(1,)]


async def test_an_open_case_is_written_off_by_a_loss_and_held_by_a_bill_once(tmp_path: Path) -> None:
    path = tmp_path / "fec.txt"
    lost, billed = sale("1", "20250115", "FA-1", "120,00", "AA"), sale("2", "20250115", "FA-2", "50,00", "BB")
    await taken(path, *lost, *billed)
    await open_cases()
    bill = [line.replace("OD\t", "EF\t", 1) for line in closing("413000", "BB", "50,00")]
    for _ in range(2):
        later = await taken(path, *lost, *billed, *closing("654000", "AA"), *bill)
    assert [one.reason.partition(" on ")[0] for one in later.problems] == [
        "FA-1 was written off (654)", "FA-2 was settled by a bill of exchange (413)",
    ]  # fmt: skip
    found = await rows(
        "SELECT i.number, c.written_off, h.reason FROM cases c JOIN invoice i ON i.id = c.invoice_id "
        "LEFT JOIN hold h ON h.case_id = c.id ORDER BY i.number"
    )
    assert found == [
        ("FA-1", "written off (654) in the ledger on 2025-03-01", None),
        ("FA-2", None, "settled by a bill of exchange (413) in the ledger on 2025-03-01"),
    ]


async def test_of_a_sale_partly_paid_in_its_own_entry_the_rest_stays_open_and_pays_nothing_else(tmp_path: Path) -> None:
    other = sale("1", "20250110", "FA-1", "120,00")
    await taken(tmp_path / "fec.txt", *other, *sold_and_paid("40,00", "40,00"))
    found = await rows("SELECT number, total, paid FROM invoice ORDER BY number")
    assert found == [("F1", 10000, 4000), ("FA-1", 12000, 0)]
