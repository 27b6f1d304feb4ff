"""Whatever the facts are: any order and any duplication of them give the same balances and the same places of money."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from policies.payment_record import PaymentRecord
from policies.records import InvoiceRecord
from storage.creditor import ensure_creditor
from storage.invoices import import_invoices
from storage.payments import book_payments
from tests.storage.books import NOON, credit_note, invoice, line, rows

pytestmark = pytest.mark.usefixtures("database_url")

Fact = InvoiceRecord | PaymentRecord
FIRST = date(2026, 2, 1)
PAYERS = ("FR7630006000011234567890189", "DE89370400440532013000", "")
AMOUNTS = (50_000, 124_997, 125_000, 175_000)
"""Of invoices, and of money: exact, short by cents, bundled, too much."""
_numbers = count(1)

numbers = some.integers(0, 3).map(lambda place: f"FA-2026-014{place}")
days = some.integers(0, 20).map(lambda number: str(FIRST + timedelta(days=number)))


@some.composite
def bills(draw: some.DrawFn) -> list[Fact]:
    """Up to four invoices of two customers in two currencies, each number once."""
    return [
        invoice(
            f"FA-2026-014{place}", draw(days), draw(some.sampled_from(AMOUNTS)), customer_number=("C1", "C2")[place % 2],
            customer_name=("Dupont SARL", "Garage Morel")[place % 2], currency=draw(some.sampled_from(("EUR", "EUR", "CHF"))),
        )
        for place in range(draw(some.integers(1, 4)))
    ]  # fmt: skip


@some.composite
def movements(draw: some.DrawFn) -> list[Fact]:
    """Money that names none, one or two invoices, and some of it back; no two lines alike."""
    found: list[Fact] = []
    for place in range(draw(some.integers(1, 4))):
        says = " ".join(["VIR", *draw(some.lists(numbers, max_size=2, unique=True))])
        mark, iban = f"E{place}", draw(some.sampled_from(PAYERS))
        more: dict[str, Any] = {
            "end_to_end_id": mark,
            "iban": iban,
            "counterparty": draw(some.sampled_from(("DUPONT", "MOREL", ""))),
        }
        amount, on = draw(some.sampled_from(AMOUNTS)), draw(days)
        found.append(line(says, amount, on=on, **more))
        if draw(some.booleans()):
            back = str(date.fromisoformat(on) + timedelta(days=draw(some.integers(0, 9))))
            found.append(line("REJET", -amount, on=back, return_reason="AM04", **more))
    return found


@some.composite
def facts(draw: some.DrawFn) -> tuple[list[Fact], list[Fact]]:
    """The facts once, and the same ones in some order, some of them twice."""
    once = draw(bills()) + draw(movements())
    if draw(some.booleans()):
        once.append(credit_note("AV-2026-9", draw(some.one_of(some.just(""), numbers)), 20_000, on=draw(days)))
    again = draw(some.lists(some.sampled_from(once), max_size=3))
    return once, draw(some.permutations(once + again))


async def books_of(told: Sequence[Fact]) -> tuple[list[tuple[Any, ...]], ...]:
    """What a creditor of its own knows once it was told these facts one by one."""
    creditor = (await ensure_creditor(f"creditor {next(_numbers)}")).id
    for one in told:
        if isinstance(one, InvoiceRecord):
            await import_invoices([one], "erp", "0" * 64, creditor, NOON)
        else:
            await book_payments([one], "bank", "0" * 64, creditor, NOON)
    balances = await rows(
        "SELECT number, kind, paid, credited, total - prepaid - paid - credited FROM invoice WHERE creditor_id = :c ORDER BY 1",
        c=creditor,
    )
    places = await rows(
        "SELECT coalesce(p.end_to_end_id, n.number), i.number, a.kind, a.amount, a.value_date, a.why FROM allocation a "
        "JOIN invoice i ON i.id = a.invoice_id LEFT JOIN payment p ON p.id = a.payment_id "
        "LEFT JOIN invoice n ON n.id = a.credit_note_id WHERE i.creditor_id = :c AND a.undone_at IS NULL ORDER BY 1, 2, 3",
        c=creditor,
    )
    lines = await rows(
        "SELECT p.end_to_end_id, p.amount, p.allocated, m.sureness, m.reason, m.left FROM payment p "
        "LEFT JOIN line_match m ON m.payment_id = p.id WHERE p.creditor_id = :c ORDER BY 1, 2",
        c=creditor,
    )
    return balances, places, lines


@settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(facts())
async def test_any_order_and_any_duplication_of_any_facts_give_the_same_books(
    told: tuple[list[Fact], list[Fact]],
) -> None:
    once, shuffled = told
    assert await books_of(shuffled) == await books_of(once)
