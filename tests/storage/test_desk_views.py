"""What the desk's pages read stays small and is found by indexes, however long the house has been at work."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext

from policies.searched import Searched, read_search
from storage.desk_views import correspondence, found, house_day, of_customer, of_invoice, sent, troubles, waiting
from storage.desk_views.waiting import Order, Wanted
from storage.session import engine, reading
from tests.storage.books import bill, do, invoice, open_cases

pytestmark = pytest.mark.usefixtures("database_url")

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
GROWS = ("cases", "invoice", "message", "payment", "question", "question_case", "allocation")
"""Tables that grow with every day."""
PLANNED: Mapping[str, tuple[Any, Mapping[str, Any]]] = {
    **{
        f"inbox by {order}": (
            waiting._PAGES[order],
            {"todos": None, "matters": [], "kind": "", "stage": "", "customer": "", "limit": 50, "offset": 0},
        )
        for order in Order
    },
    "heaps": (waiting._HEAPS, {"me": "marie"}),
    "troubles": (troubles._COUNTS, {"at": NOON}),
    "sent": (sent._COUNTS, {"since": NOON, "until": NOON}),
    "messages of a day": (sent._MESSAGES, {"since": NOON, "until": NOON, "stage": "", "channel": "", "limit": 5, "offset": 0}),
    "the last day": (sent._LAST, {"before": NOON}),
    "invoices by number": (found._BEGIN, {"like": "FA-1", "limit": 50}),
    "invoices by amount": (found._AMOUNT, {"minors": [125000], "limit": 50}),
    "invoices found": (found._INVOICES, {"ids": [1], "words": "FA-1"}),
    "payments": (found._PAYMENTS, {"minors": [125000], "limit": 50}),
    "questions of a customer": (of_customer._QUESTIONS, {"number": "C1"}),
    "cases of a customer": (of_customer._CASES, {"number": "C1"}),
    "messages of a customer": (correspondence._OURS, {"number": "C1", "most": 100}),
    "an invoice": (of_invoice._OF_CASE, {"case": 1}),
    "sums on an invoice": (of_invoice._SETTLED, {"id": 1}),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANNED)
async def test_no_page_reads_a_whole_table_that_grows(name: str) -> None:
    statement, values = PLANNED[name]
    async with reading() as connection:
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = await connection.scalars(text(f"EXPLAIN {statement.text}"), values)
        read_whole = [one for line in plan for one in re.findall(r"Seq Scan on (\w+)", line)]
    assert [one for one in read_whole if one in GROWS] == []


async def a_house(customers: int) -> None:
    """So many customers, each asked about."""
    await bill(*(
        invoice(f"FA-{n}", "2026-02-02", 100_000 + n, customer_number=f"C{n}", customer_name=f"Firm {n}")
        for n in range(customers)
    ))  # fmt: skip
    await open_cases(NOON)
    await do(
        "INSERT INTO question (creditor_id, customer_id, currency, kind, stage, lead_id, state, todo, title, amount, asked_at, due_at) "
        "SELECT c.creditor_id, c.customer_id, 'EUR', 'approve', 'formal_notice', c.id, 'open', 'marie', 'Q', i.total, "
        "CAST(:at AS timestamptz) - make_interval(hours => c.id::int), CAST(:at AS timestamptz) + make_interval(hours => c.id::int) "
        "FROM cases c JOIN invoice i ON i.id = c.invoice_id",
        at=NOON,
    )


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database in the block."""
    sent_to: list[str] = []

    def note(
        _connection: Connection,
        _cursor: DBAPICursor,
        statement: str,
        _values: Any,
        _context: ExecutionContext,
        _many: bool,
    ) -> None:
        sent_to.append(statement)

    event.listen(engine().sync_engine, "before_cursor_execute", note)
    try:
        yield sent_to
    finally:
        event.remove(engine().sync_engine, "before_cursor_execute", note)


async def home() -> int:
    """How many statements the home page needs."""
    with counted() as statements:
        await waiting.page(Wanted(("marie",)), limit=8)
        await waiting.heaps("marie")
        await troubles.troubles(NOON)
        await troubles.sources(NOON)
        await sent.last_day_before(NOON.date(), PARIS)
        await house_day.house_at(NOON)
    return len(statements)


async def test_a_page_of_the_inbox_is_as_long_as_a_page_and_home_asks_as_often_whatever_the_house_holds() -> None:
    await a_house(3)
    few = await home()
    await do("DELETE FROM question")
    await a_house(120)
    assert await home() == few
    first, last = [await waiting.page(Wanted(), offset=offset, limit=50) for offset in (0, 100)]
    assert (first.total, len(first.rows), last.total, len(last.rows)) == (120, 50, 120, 20)
    assert (await waiting.page(Wanted(), offset=500)).total == 120


@pytest.mark.parametrize(
    ("order", "first"), [(Order.AMOUNT, "Firm 3"), (Order.ASKED, "Firm 3"), (Order.DEADLINE, "Firm 0"), (Order.AGE, "Firm 3")]
)  # fmt: skip
async def test_each_order_of_the_inbox_puts_its_own_first(order: Order, first: str) -> None:
    await a_house(4)
    page = await waiting.page(Wanted(order=order))
    assert (len(page.rows), page.rows[0].customer_name) == (4, first)


async def test_the_oldest_debt_comes_first_whichever_amount_it_has() -> None:
    await a_house(3)
    await do("UPDATE invoice SET due = '2026-01-02' WHERE number = 'FA-1'")
    page = await waiting.page(Wanted(order=Order.AGE))
    assert [one.customer_name for one in page.rows] == ["Firm 1", "Firm 2", "Firm 0"]


async def test_what_somebody_of_a_role_is_needed_for_is_found_whoever_is_asked() -> None:
    await a_house(2)
    await do("UPDATE question SET stage = 'agency' WHERE amount = 100001")
    wanted = Wanted(("",), ("approve:agency",))
    assert [one.customer_name for one in (await waiting.page(wanted)).rows] == ["Firm 1"]
    assert await waiting.count(wanted) == 1


async def test_an_amount_is_found_only_in_a_currency_with_these_decimals() -> None:
    await bill(
        invoice("YEN", "2026-02-02", 125_000, currency="JPY"), invoice("EUR", "2026-02-02", 125_000),
        invoice("REST", "2026-02-02", 999_999),
    )  # fmt: skip
    await do("UPDATE invoice SET paid = 874999 WHERE number = 'REST'")
    names = {}
    for typed in ("1250.00", "125000"):
        wanted = read_search(typed)
        assert isinstance(wanted, Searched)
        names[typed] = sorted(one.number for one in (await found.search(wanted)).invoices)
    assert names == {"1250.00": ["EUR", "REST"], "125000": ["YEN"]}
