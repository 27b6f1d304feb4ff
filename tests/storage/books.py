"""Invoices and bank lines as files say them, and a look at what became of them."""

import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import text

from policies.case import DebtorKind
from policies.customer_record import CustomerRecord
from policies.payment_record import PaymentRecord
from policies.records import DocumentKind, InvoiceRecord
from storage import invoices, payments
from storage.creditor import ensure_creditor
from storage.importing import Counts
from storage.opening import open_due
from storage.payments import Booked
from storage.session import reading, transaction

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""When tests import, unless they say otherwise."""


def invoice(number: str, due: str, total: int, **more: Any) -> InvoiceRecord:
    """An invoice of customer C1, `total` in cents."""
    values: dict[str, Any] = {
        "kind": DocumentKind.INVOICE, "issued": date(2026, 1, 1), "currency": "EUR", "prepaid": 0,
        "customer_number": "C1", "customer_name": "Dupont SARL", "email": "compta@dupont.example", "phone": "",
        "country": "FR", "language": "fr", "owner": "", "salesperson": "", "customer_kind": DebtorKind.BUSINESS,
        "iban": "", "reference": "", "seller": "", "buyer": "", "reached_stage": None, "reached_on": None,
        "document": "", "policy": "", "line": 2,
    }  # fmt: skip
    return InvoiceRecord(number=number, due=date.fromisoformat(due), total=total, **(values | more))


def credit_note(number: str, of: str, total: int, on: str = "2026-02-20") -> InvoiceRecord:
    """A credit note that names the invoice `of`."""
    day = date.fromisoformat(on)
    return invoice(number, on, total, kind=DocumentKind.CREDIT_NOTE, reference=of, issued=day)


def line(says: str, amount: int, on: str = "2026-03-01", **more: Any) -> PaymentRecord:
    """A bank line whose text is `says`; where that is a number alone, the file names the invoice in a field of its own, and no payer."""
    day = date.fromisoformat(on)
    stated = (says,) if re.fullmatch(r"[A-Z]+-?\d+", says) else ()
    values: dict[str, Any] = {
        "account": "FR76", "booked": day, "value_date": day, "currency": "EUR", "reference": "", "end_to_end_id": "",
        "counterparty": "" if stated else "DUPONT", "iban": "", "text": says, "return_reason": "", "invoices": stated, "line": 2,
    }  # fmt: skip
    return PaymentRecord(amount=amount, **(values | more))


def customer(number: str, name: str, **more: Any) -> CustomerRecord:
    """A customer as a file of customers says it."""
    values: dict[str, Any] = {
        "email": "", "phone": "", "country": "", "language": "", "time_zone": "", "contact": "", "owner": "",
        "salesperson": "", "kind": DebtorKind.BUSINESS, "policy": "", "segment": "", "region": "", "line": 2,
    }  # fmt: skip
    return CustomerRecord(number=number, name=name, **(values | more))


async def bill(*records: InvoiceRecord, at: datetime = NOON, source: str = "erp", dry_run: bool = False) -> Counts:
    """Import invoices."""
    creditor = await ensure_creditor()
    return await invoices.import_invoices(records, source, "0" * 64, creditor.id, at, dry_run)


async def bank(*records: PaymentRecord, at: datetime = NOON) -> Booked:
    """Import a bank file of these lines."""
    creditor = await ensure_creditor()
    await do("UPDATE creditor SET bank_max_age = NULL, courtesy_max_age = NULL")  # its age is a story of its own
    return await payments.book_payments(records, "bank", "0" * 64, creditor.id, at)


async def open_cases(at: datetime = NOON) -> None:
    """Open every case whose day has come; nothing is to be woken afterwards."""
    await open_due(at)
    await do("UPDATE cases SET wake_at = NULL, version = 0")


async def rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """A look into the database."""
    async with reading() as connection:
        return [tuple(row) for row in (await connection.execute(text(statement), values)).all()]


async def do(statement: str, **values: Any) -> None:
    """A change behind everybody's back."""
    async with transaction() as connection:
        await connection.execute(text(statement), values)


async def balance() -> list[tuple[str, int, int, int]]:
    """Number, paid, credited and open of every invoice."""
    found = await rows(
        "SELECT number, paid, credited, total - prepaid - paid - credited FROM invoice WHERE kind = 'invoice' "
        "ORDER BY number"
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def standing() -> list[tuple[str, str, int, date]]:
    """What stands: the line's text (or the credit note's number), the invoice, the amount, the value date."""
    found = await rows(
        "SELECT coalesce(p.text, n.number), i.number, a.amount, a.value_date FROM allocation a "
        "JOIN invoice i ON i.id = a.invoice_id LEFT JOIN payment p ON p.id = a.payment_id "
        "LEFT JOIN invoice n ON n.id = a.credit_note_id WHERE a.undone_at IS NULL ORDER BY 1, 2"
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def told(number: str) -> list[str]:
    """The kinds of the journal entries of an invoice's case."""
    found = await rows(
        "SELECT j.kind FROM journal j JOIN cases c ON j.chain = 'case:' || c.id JOIN invoice i ON i.id = c.invoice_id "
        "WHERE i.number = :number ORDER BY j.place",
        number=number,
    )
    return [row[0] for row in found]


async def woken() -> list[str]:
    """The invoices whose open cases are to be woken."""
    found = await rows(
        "SELECT i.number FROM cases c JOIN invoice i ON i.id = c.invoice_id "
        "WHERE c.wake_at IS NOT NULL AND c.closed_at IS NULL ORDER BY 1"
    )
    return [row[0] for row in found]


def refused(done: object) -> list[str]:
    """Why a deed was refused, sentence by sentence."""
    assert isinstance(done, list), done
    return [problem.reason for problem in done]
