"""Importing invoices: once, followed when they change, refused where one debt would become two."""

import pytest

from policies.problems import Problem
from policies.stages import Stage
from storage import journal
from storage.importing import Counts
from storage.session import transaction
from tests.storage.books import NOON, bill, credit_note, do, invoice, open_cases, rows, told, woken

pytestmark = pytest.mark.usefixtures("database_url")


async def test_importing_the_same_file_again_changes_nothing() -> None:
    file = [invoice("FA-1", "2026-02-01", 10_000), invoice("FA-2", "2026-02-15", 20_000, customer_number="C2")]
    first, second = await bill(*file), await bill(*file)
    assert (first, second) == (Counts(2, 2, 0, 0), Counts(2, 0, 0, 2))
    assert await rows("SELECT count(*) FROM customer") == [(2,)]


async def test_a_dry_run_counts_and_keeps_nothing() -> None:
    assert await bill(invoice("FA-1", "2026-02-01", 10_000), dry_run=True) == Counts(1, 1, 0, 0)
    assert await rows("SELECT number FROM invoice") == []


async def test_a_changed_amount_is_followed_journalled_and_wakes_its_case_alone() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000), invoice("FA-2", "2026-02-02", 5_000))
    await open_cases()
    counts = await bill(invoice("FA-1", "2026-02-01", 9_000), invoice("FA-2", "2026-02-02", 5_000))
    assert counts == Counts(2, 0, 1, 1)
    assert (await told("FA-1"), await told("FA-2")) == (["opened", "changed"], ["opened"])
    assert await woken() == ["FA-1"]
    assert await rows("SELECT facts FROM journal WHERE kind = 'changed'") == [({"total": [10_000, 9_000]},)]


async def test_a_changed_due_date_is_followed() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    await open_cases()
    assert await bill(invoice("FA-1", "2026-03-01", 10_000)) == Counts(1, 0, 1, 0)
    assert await told("FA-1") == ["opened", "changed"]


async def test_entries_written_for_many_cases_at_once_keep_every_chain_whole() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000), invoice("FA-2", "2026-02-02", 5_000))
    await open_cases()
    await bill(invoice("FA-1", "2026-02-03", 9_000), invoice("FA-2", "2026-02-04", 4_000))
    chains = [await journal.entries("case", row[0]) for row in await rows("SELECT id FROM cases ORDER BY id")]
    assert [len(chain) for chain in chains] == [2, 2]
    assert [journal.first_broken(chain) for chain in chains] == [None, None]
    heads = await rows("SELECT chain_head FROM cases ORDER BY id")
    assert heads == [(chain[-1].hash,) for chain in chains]


async def test_a_known_number_with_another_currency_is_a_problem() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    counts = await bill(invoice("FA-1", "2026-02-01", 10_000, currency="USD", line=7))
    reason = "FA-1 is known with another currency: withdraw it, and import it under a new number."
    assert counts == Counts(1, 0, 0, 0, (Problem("erp", 7, "currency", reason),))


async def test_a_number_known_from_another_source_is_not_collected_twice() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    counts = await bill(invoice("FA-1", "2026-02-01", 10_000), source="other")
    assert [problem.field for problem in counts.problems] == ["number"]
    assert await rows("SELECT count(*) FROM invoice") == [(1,)]


async def test_the_same_number_of_another_customer_in_another_source_is_another_invoice() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    assert await bill(invoice("FA-1", "2026-02-01", 10_000, customer_number="C9"), source="other") == Counts(1, 1, 0, 0)


async def test_what_the_old_system_reached_is_kept_with_the_invoice() -> None:
    on = NOON.date()
    await bill(invoice("FA-1", "2026-02-01", 10_000, reached_stage=Stage.FORMAL_NOTICE, reached_on=on))
    assert await rows("SELECT reached_stage, reached_on FROM invoice") == [("formal_notice", on)]


async def test_a_later_file_that_does_not_say_what_the_old_system_reached_does_not_undo_it() -> None:
    on = NOON.date()
    await bill(invoice("FA-1", "2026-02-01", 10_000, reached_stage=Stage.FORMAL_NOTICE, reached_on=on))
    assert await bill(invoice("FA-1", "2026-02-01", 10_000)) == Counts(1, 0, 0, 1)
    assert await bill(invoice("FA-1", "2026-02-01", 9_000)) == Counts(1, 0, 1, 0)
    assert await rows("SELECT reached_stage, reached_on, total FROM invoice") == [("formal_notice", on, 9_000)]


async def test_a_credit_note_reduces_the_invoice_it_names_and_opens_no_case() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000), credit_note("AV-1", "FA-1", 4_000))
    await open_cases()
    assert await rows("SELECT number, credited FROM invoice WHERE kind = 'invoice'") == [("FA-1", 4_000)]
    assert await rows("SELECT i.number FROM cases c JOIN invoice i ON i.id = c.invoice_id") == [("FA-1",)]


async def test_an_address_a_person_corrected_survives_the_next_import() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    await do("UPDATE contact SET email = 'neu@dupont.example'")
    async with transaction() as connection:
        await journal.append(connection, "customer", 1, "email_corrected", {"actor": "marie"}, NOON)
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    assert await rows("SELECT email FROM contact") == [("neu@dupont.example",)]
