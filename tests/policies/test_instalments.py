"""An invoice payable in instalments is as many due items."""

from dataclasses import replace
from datetime import date

from policies.instalments import due_items
from policies.records import InstalmentRecord
from tests.storage.books import credit_note, invoice

PARTS = (InstalmentRecord(date(2026, 4, 30), 20_000, "retention"), InstalmentRecord(date(2026, 2, 28), 80_000))


def test_each_instalment_has_its_own_day_and_they_come_to_what_remains_to_be_paid() -> None:
    whole = replace(invoice("FA-1", "2026-04-30", 120_000), prepaid=20_000, instalments=PARTS, document_type="380")
    found = [(one.number, one.part_of, one.due, one.payable) for one in due_items(whole)]
    assert found == [("FA-1/1", "FA-1", date(2026, 2, 28), 80_000), ("FA-1/2", "FA-1", date(2026, 4, 30), 20_000)]
    assert sum(one.payable for one in due_items(whole)) == whole.payable


def test_one_day_makes_no_instalments_and_a_credit_note_has_none() -> None:
    single = replace(invoice("FA-1", "2026-02-28", 80_000), instalments=PARTS[1:], document_type="380")
    note = replace(credit_note("AV-1", "FA-1", 100_000), instalments=PARTS, document_type="381")
    assert [due_items(single), due_items(note)] == [(single,), (note,)]
