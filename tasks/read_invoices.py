"""Invoices and credit notes from a CSV file."""

from dataclasses import replace
from pathlib import Path

from policies.case import DebtorKind
from policies.records import DocumentKind, InvoiceRecord
from policies.stages import Stage
from tasks.cell_values import read_choice
from tasks.invoice_mapping import Mapping, RecordKind
from tasks.read_agreed import read_agreed
from tasks.read_records import once_each, read_records
from tasks.reading import Reading
from tasks.row_values import RowValues

DATES = ("issued", "due", "reached_on")


def read_invoices(path: Path | str, mapping: Mapping) -> Reading[InvoiceRecord]:
    """Every invoice of the file once. Rows with problems are listed with line and reason; the rest are there."""
    path = Path(path)
    reading = read_records(path, mapping, RecordKind.INVOICES, _invoice, DATES)
    layout = mapping.layouts.get(RecordKind.INVOICES)
    column = layout.columns.get("number", "number") if layout else "number"
    return once_each(
        reading, lambda each: each.number, lambda each: replace(each, line=0), lambda each: each.line, path.name, column
    )


def _invoice(row: RowValues) -> InvoiceRecord:
    currency, country, customer = row.currency(), row.country(), row.text("customer_number", needed=True)
    kind, total = _kind_and_total(row, currency)
    due = row.day("due", needed=True)
    record = InvoiceRecord(
        number=row.text("number", needed=True),
        kind=kind,
        issued=row.day("issued"),
        due=due,  # type: ignore[arg-type]  # a row without it has a problem and goes nowhere
        currency=currency,
        total=total,
        prepaid=row.amount("prepaid", currency),
        customer_number=customer,
        customer_name=row.text("customer_name") or customer,
        email=row.email(),
        phone=row.phone(country),
        country=country,
        language=row.language(),
        owner=row.text("owner"),
        salesperson=row.text("salesperson"),
        customer_kind=row.read(
            "customer_kind", lambda text: read_choice(text, DebtorKind, "kind of customer"), DebtorKind.BUSINESS
        ),
        iban=row.iban(),
        reference=row.text("reference"),
        seller=row.text("seller"),
        buyer=row.text("buyer"),
        reached_stage=row.read("reached_stage", _stage, None),
        reached_on=row.day("reached_on"),
        document=row.text("document"),
        policy=row.text("policy"),
        line=row.row.line,
        agreed=read_agreed(row, currency),
    )
    _check(record, row)
    return record


def _stage(text: str) -> Stage | None:
    return read_choice(text, Stage, "stage")


def _kind_and_total(row: RowValues, currency: str) -> tuple[DocumentKind, int]:
    """What the document is and its total, which is positive for both kinds."""
    kind = row.read("kind", lambda text: read_choice(text, DocumentKind, "kind of document"), DocumentKind.INVOICE)
    amount = row.amount("amount", currency, needed=True)
    if amount < 0 and row.layout.negative_is_credit_note:
        return DocumentKind.CREDIT_NOTE, -amount
    return kind, amount


def _check(record: InvoiceRecord, row: RowValues) -> None:
    """What no single cell can show."""
    if row.problems:
        return
    if record.total < 0:
        row.wrong("amount", "The amount is negative; write a credit note with kind credit_note and a positive amount.")
    elif record.total == 0:
        row.wrong("amount", "The amount is zero: there is nothing to collect.")
    elif not 0 <= record.prepaid <= record.total:
        row.wrong("prepaid", "What was paid before must lie between zero and the amount.")
    if record.reached_stage is not None and record.reached_on is None:
        row.wrong("reached_on", "Say on which day this stage was reached.")
    if record.reached_on is not None and record.reached_stage is None:
        row.wrong("reached_stage", "Say which stage was reached on this day.")
