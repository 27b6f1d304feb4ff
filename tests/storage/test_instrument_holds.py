"""Holds that follow from what an invoice says: placed with the case, ended by a later file."""

from datetime import date

import pytest

from policies.decide import decide
from policies.decisions import Wait
from policies.hold_form import HoldWords
from policies.stages import Channel
from storage.dossier import load
from storage.hold_deeds import hold_customer
from storage.importing import Counts
from storage.session import reading
from tests.storage.books import NOON, bill, do, invoice, open_cases, rows, woken

pytestmark = pytest.mark.usefixtures("database_url")

HELD = "SELECT origin, kind, until, ended_at IS NULL FROM hold ORDER BY id"


async def test_a_refusal_holds_the_case_until_a_later_file_says_another_status() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000, einvoice_status="210"))
    await open_cases()
    assert await rows(HELD) == [("einvoice:210", "manual", None, True)]
    assert await bill(invoice("FA-1", "2026-02-01", 10_000, einvoice_status="205")) == Counts(1, 0, 1, 0)
    assert await rows(HELD) == [("einvoice:210", "manual", None, False)]


async def test_an_invoice_refused_a_second_time_is_held_a_second_time_and_the_same_file_changes_nothing() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000, einvoice_status="210"))
    await open_cases()
    for status in ("205", "210", "210"):
        await bill(invoice("FA-1", "2026-02-01", 10_000, einvoice_status=status))
    assert await rows(HELD) == [("einvoice:210", "manual", None, False), ("einvoice:210", "manual", None, True)]


async def test_an_instrument_told_later_holds_once_and_a_new_day_takes_its_place() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    await open_cases()
    for day in (2, 2, 3):
        record = invoice("FA-1", "2026-02-01", 10_000, payment_method="cheque", instrument_on=date(2026, 3, day))
        await bill(record)
    assert await rows(HELD) == [
        ("instrument:cheque:2026-03-02", "in_flight", date(2026, 3, 9), False),
        ("instrument:cheque:2026-03-03", "in_flight", date(2026, 3, 10), True),
    ]


async def test_a_hold_a_person_released_is_not_placed_again_while_the_file_says_the_same() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000, einvoice_status="207"))
    await open_cases()
    await do("UPDATE hold SET ended_at = now(), ended_by = 'marie'")
    await bill(invoice("FA-1", "2026-02-01", 9_000, einvoice_status="207"))
    assert await rows(HELD) == [("einvoice:207", "dispute", None, False)]


async def test_an_assigned_invoice_sends_nothing_that_names_our_own_account_even_when_a_later_file_is_silent() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000, assignee="Facto SA", assignee_iban="FR7630006000011234567890189"))
    await open_cases()
    await bill(invoice("FA-1", "2026-02-01", 9_000))
    ((case,),) = await rows("SELECT id FROM cases")
    async with reading() as connection:
        found = (await load(connection, [case], NOON, frozenset(Channel)))[case]
    decision = decide(found.case, found.ladder, NOON)
    assert isinstance(decision, Wait)
    assert dict(decision.because.facts)["reason"].startswith("assigned to Facto SA")


async def test_banks_settle_on_the_days_of_t2() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000, payment_method="bill", instrument_on=date(2026, 4, 1)))
    await open_cases()
    assert await rows("SELECT until FROM hold") == [(date(2026, 4, 10),)]  # past Good Friday and Easter Monday


async def test_a_claim_given_back_by_its_assignee_is_collected_again_once_its_own_file_says_so() -> None:
    assigned = {"assignee": "Facto SA", "assignee_iban": "FR7630006000011234567890189"}
    await bill(invoice("FA-1", "2026-02-01", 10_000, **assigned))
    await open_cases()
    assert await bill(invoice("FA-1", "2026-02-01", 10_000, emptied=("assignee",))) == Counts(1, 0, 1, 0)
    assert await rows("SELECT assignee, assignee_iban FROM invoice") == [("", "")]
    assert await woken() == ["FA-1"]


async def test_an_emptied_status_ends_its_own_hold_alone_and_a_file_without_the_column_ends_none() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000, einvoice_status="210"))
    await open_cases()
    await hold_customer("C1", "FA-1", HoldWords("the buyer called"), "marie", NOON)
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    assert await rows(HELD) == [("einvoice:210", "manual", None, True), ("", "manual", None, True)]
    await bill(invoice("FA-1", "2026-02-01", 10_000, emptied=("einvoice_status",)))
    assert await rows(HELD) == [("einvoice:210", "manual", None, False), ("", "manual", None, True)]
