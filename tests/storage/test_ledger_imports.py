"""A FEC taken in: paid by the bank alone, written off by a loss, held by a bill; again it changes nothing."""

from pathlib import Path

import pytest

from policies.hold_form import HoldWords
from policies.payment_terms import PaymentTerms
from storage.creditor import ensure_creditor
from storage.customers import import_customers
from storage.hold_deeds import hold_customer
from tasks.invoice_mapping import RecordKind
from tasks.take_in import TakenIn, take_in
from tests.storage.books import NOON, customer, do, open_cases, rows, told
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


SOLD = sale("1", "20250115", "FA-1", "120,00", "AA")
LOST = (*SOLD, *closing("654000", "AA"))
"""A ledger up to 1 March 2025 in which FA-1 is a loss."""
OPEN_AGAIN = (*sale("1", "20250115", "FA-1", "120,00"), *sale("2", "20250601", "FA-9", "10,00"))
"""The same ledger up to 1 June, the loss taken back."""


async def state(number: str) -> tuple[object, ...]:
    """Written off and by whom, outcome, holds that stand, and the day of opening, of the case of an invoice."""
    (found,) = await rows(
        "SELECT c.written_off IS NOT NULL, c.written_off_by, c.outcome, c.opened_on::text, (SELECT count(*) FROM hold h "
        "WHERE h.case_id = c.id AND h.ended_at IS NULL) FROM cases c JOIN invoice i ON i.id = c.invoice_id "
        "WHERE i.number = :number",
        number=number,
    )
    return found


async def close_written_off() -> None:
    """What the run of the case does once it looks."""
    await do("UPDATE cases SET closed_at = now(), outcome = 'written_off' WHERE written_off IS NOT NULL")


async def test_a_loss_taken_back_in_a_later_ledger_reopens_the_same_case_at_its_age(tmp_path: Path) -> None:
    path = tmp_path / "fec.txt"
    await taken(path, *SOLD)
    await open_cases()
    await taken(path, *LOST)
    await close_written_off()
    assert await state("FA-1") == (True, "ledger", "written_off", "2026-03-02", 0)
    await taken(path, *OPEN_AGAIN)
    assert await state("FA-1") == (False, "", None, "2026-03-02", 0)
    for older in (LOST, SOLD):  # imported again, they tell of days before
        await taken(path, *older)
    assert await state("FA-1") == (False, "", None, "2026-03-02", 0)
    assert await told("FA-1") == ["opened", "written_off", "reopened"]


async def test_what_a_person_wrote_off_no_ledger_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "fec.txt"
    await taken(path, *SOLD)
    await open_cases()
    await do("UPDATE cases SET written_off = 'too small'")
    await close_written_off()
    await taken(path, *LOST)
    await taken(path, *OPEN_AGAIN)
    assert await state("FA-1") == (True, "", "written_off", "2026-03-02", 0)


async def test_a_bill_that_a_later_ledger_takes_back_frees_the_case_and_leaves_a_person_s_hold(tmp_path: Path) -> None:
    path = tmp_path / "fec.txt"
    await taken(path, *SOLD)
    await open_cases()
    await hold_customer("CDUPONT", "FA-1", HoldWords("they called"), "marie", NOON)
    for _ in range(2):
        await taken(path, *SOLD, *closing("413000", "AA"))
    assert await state("FA-1") == (False, "", None, "2026-03-02", 2)
    await taken(path, *OPEN_AGAIN)
    assert await state("FA-1") == (False, "", None, "2026-03-02", 1)


async def test_a_loss_that_is_known_before_the_case_opens_writes_it_off_when_it_opens(tmp_path: Path) -> None:
    path = tmp_path / "fec.txt"
    await taken(path, *SOLD)
    await taken(path, *LOST)
    await open_cases()
    assert await state("FA-1") == (True, "ledger", None, "2026-03-02", 0)
