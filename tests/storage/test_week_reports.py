"""When a weekly report is due: once per week, on the Monday after it, where something was collected."""

from datetime import UTC, datetime

import pytest

from storage import week_reports
from storage.week_reports import due, next_due, written
from tests.storage.books import bill, do, invoice, open_cases

pytestmark = pytest.mark.usefixtures("database_url")

THURSDAY = datetime(2026, 11, 19, 9, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
"""Seven o'clock in Paris."""


async def one_late_invoice(at: datetime = THURSDAY) -> None:
    await bill(invoice("F1", "2026-11-10", 125_000))
    await open_cases(at)


async def weeks(at: datetime) -> list[str]:
    return [one.key for one in await due(at)]


async def test_a_report_is_due_on_the_monday_after_its_week_until_it_is_written() -> None:
    await one_late_invoice()
    assert await weeks(datetime(2026, 11, 23, 5, 59, tzinfo=UTC)) == []
    assert await weeks(MONDAY) == ["week-1-2026-w47"]
    late = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert await weeks(late) == ["week-1-2026-w47"]
    [report] = await due(late)
    await written(report, late)
    assert await weeks(late) == []
    assert await weeks(datetime(2026, 11, 30, 6, tzinfo=UTC)) == ["week-1-2026-w48"]


async def test_the_first_week_of_a_house_is_the_one_in_which_it_began_to_collect() -> None:
    await one_late_invoice()
    assert await weeks(THURSDAY) == []
    assert await next_due(THURSDAY) == MONDAY


async def test_a_house_that_collects_nothing_gets_no_report() -> None:
    await one_late_invoice()
    await do("UPDATE cases SET closed_at = :at, outcome = 'paid'", at=datetime(2026, 11, 20, tzinfo=UTC))
    assert await weeks(MONDAY) == ["week-1-2026-w47"]
    assert await weeks(datetime(2026, 11, 30, 6, tzinfo=UTC)) == []
    [report] = await due(MONDAY)
    await written(report, MONDAY)
    assert await next_due(MONDAY) is None


async def test_the_clock_is_stepped_to_each_monday_on_which_one_is_due() -> None:
    await one_late_invoice()
    assert await next_due(datetime(2026, 11, 23, 3, tzinfo=UTC)) == MONDAY
    assert await next_due(MONDAY) == MONDAY
    [report] = await due(MONDAY)
    await written(report, MONDAY)
    assert await next_due(MONDAY) == datetime(2026, 11, 30, 6, tzinfo=UTC)


async def test_the_hour_is_the_creditors_own_and_none_means_no_report() -> None:
    await one_late_invoice()
    await do("UPDATE creditor SET zone = 'Pacific/Auckland', digest_hour = 9")
    assert await weeks(datetime(2026, 11, 22, 19, 59, tzinfo=UTC)) == []
    assert await weeks(datetime(2026, 11, 22, 20, tzinfo=UTC)) == ["week-1-2026-w47"]
    await do("UPDATE creditor SET digest_hour = NULL")
    assert await weeks(MONDAY) == []
    assert await next_due(MONDAY) is None


async def test_each_creditor_of_a_house_has_a_report_of_its_own() -> None:
    await one_late_invoice()
    await do("INSERT INTO creditor (name) VALUES ('Other')")
    await do("UPDATE cases SET creditor_id = (SELECT max(id) FROM creditor)")
    [report] = await week_reports.due(MONDAY)
    assert (report.key, report.creditor_name, report.others) == ("week-2-2026-w47", "Other", True)
