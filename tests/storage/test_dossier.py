"""What the books hand to the decision: contacts over all invoices, the region's days, the law, what is counted."""

from datetime import UTC, date, datetime

import pytest

from policies.case import Contact, HoldKind
from policies.facts import DebtorKind
from policies.hold_form import HoldWords
from policies.stages import Channel
from storage import customers
from storage.creditor import ensure_creditor
from storage.dossier import Dossier, load
from storage.hold_deeds import hold_customer
from storage.law_store import law_of
from storage.session import reading
from tests.storage.books import NOON, bill, customer, do, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")
MAIL = frozenset({Channel.EMAIL})


async def dossiers(at: datetime = NOON) -> dict[str, Dossier]:
    numbers = dict(await rows("SELECT c.id, i.number FROM cases c JOIN invoice i ON i.id = c.invoice_id"))
    async with reading() as connection:
        return {numbers[id]: one for id, one in (await load(connection, numbers, at, MAIL)).items()}


async def letter(number: str, channel: str, at: str, state: str = "confirmed") -> None:
    """A letter to the customer of the invoice, handed over on a day."""
    await do(
        "INSERT INTO message (creditor_id, customer_id, currency, stage, step, channel, window_on, state, route, raw, "
        "calculated_at, handed_at) SELECT i.creditor_id, i.customer_id, "
        "'EUR', 'courtesy_reminder', 'courtesy_reminder', :channel, :day, :state, 'sink', '', :at, :at FROM invoice i WHERE i.number = :number",
        number=number, channel=channel, day=date.fromisoformat(at[:10]), state=state, at=datetime.fromisoformat(at),
    )  # fmt: skip


async def test_contacts_are_those_of_all_the_customers_invoices_and_of_nobody_else() -> None:
    await bill(
        invoice("FA-1", "2026-02-10", 10_000),
        invoice("FA-2", "2026-02-12", 10_000),
        invoice("FA-3", "2026-02-12", 10_000, customer_number="C2"),
    )
    await open_cases()
    await letter("FA-1", "email", "2026-02-20T23:30:00+00:00")  # the 21st in Paris
    await letter("FA-2", "sms", "2026-02-24T10:00:00+00:00")
    await letter("FA-2", "letter", "2026-02-25T10:00:00+00:00", "refused")
    await letter("FA-3", "email", "2026-02-26T10:00:00+00:00")
    await letter("FA-1", "email", "2025-11-01T10:00:00+00:00")  # no cap looks so far back
    await do(
        "INSERT INTO effect (case_id, step, channel, state, route, case_version, amount, currency, changed_at) "
        "SELECT c.id, 'follow_up_call', 'call', 'confirmed', 'live', 0, 0, 'EUR', '2026-02-27 10:00+00' FROM cases c "
        "JOIN invoice i ON i.id = c.invoice_id WHERE i.number <> 'FA-3'"
    )
    found = await dossiers()
    theirs = (
        Contact(date(2026, 2, 21), Channel.EMAIL),
        Contact(date(2026, 2, 24), Channel.SMS),
        Contact(date(2026, 2, 27), Channel.CALL, conversation=True),
    )
    assert found["FA-1"].case.contacts == theirs
    assert found["FA-2"].case.contacts == theirs
    assert found["FA-3"].case.contacts == (Contact(date(2026, 2, 26), Channel.EMAIL),)


async def test_holidays_and_law_are_those_of_the_region() -> None:
    us = (await ensure_creditor()).id
    await bill(
        invoice("FA-1", "2026-02-10", 10_000, country="DE"),
        invoice("FA-2", "2026-02-10", 10_000, country="DE", customer_number="C2"),
        invoice("FA-3", "2026-02-10", 10_000, country="GB", customer_number="C3"),
        invoice("FA-4", "2026-02-10", 10_000, country="JP", customer_number="C4", policy="key-account"),
    )
    await customers.import_customers([customer("C2", "Bayern GmbH", region="BY")], "erp", "0" * 64, us, NOON)
    await open_cases()
    found = {number: one.case for number, one in (await dossiers()).items()}
    epiphany = date(2027, 1, 6)
    assert [epiphany in found[number].calendar.holidays for number in ("FA-1", "FA-2")] == [False, True]
    assert (found["FA-1"].region, found["FA-2"].region) == ("", "BY")
    assert found["FA-3"].law == law_of("GB", "", DebtorKind.BUSINESS)
    assert found["FA-4"].law is None


async def test_what_is_overdue_is_counted_without_what_is_disputed() -> None:
    await bill(
        invoice("FA-1", "2026-02-10", 10_000),
        invoice("FA-2", "2026-02-12", 20_000),
        invoice("FA-3", "2026-03-06", 40_000),
    )
    await open_cases()
    case = (await dossiers())["FA-1"].case
    assert (case.overdue_invoices, case.customer_overdue) == (2, 30_000)
    assert case.opened_on == date(2026, 3, 2)
    assert case.anchor is None
    await hold_customer("C1", "FA-2", HoldWords("wrong goods", HoldKind.DISPUTE.value), "marie", NOON)
    case = (await dossiers())["FA-1"].case
    assert (case.overdue_invoices, case.customer_overdue) == (1, 10_000)


async def test_a_case_is_opened_on_the_debtors_day() -> None:
    await bill(invoice("FA-1", "2026-02-10", 10_000))
    await open_cases(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    assert (await dossiers())["FA-1"].case.opened_on == date(2026, 3, 3)
