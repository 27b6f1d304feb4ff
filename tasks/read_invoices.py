"""Invoices and credit notes from a CSV file."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from policies.case import DebtorKind
from policies.discount import DiscountRecord
from policies.records import InvoiceRecord
from policies.stages import Stage
from tasks.cell_values import read_choice
from tasks.instalment_lines import joined
from tasks.invoice_mapping import Mapping, RecordKind
from tasks.party_numbers import account_number
from tasks.read_agreed import read_agreed
from tasks.read_customers import way_to_pay
from tasks.read_records import once_each, read_records
from tasks.reading import Reading, refusal
from tasks.row_amounts import document_amounts
from tasks.row_values import RowValues
from tasks.running_balance import RunningBalance

DATES = ("issued", "due", "reached_on", "instrument_on")


class YesNo(StrEnum):
    """Whether it is a draft."""

    YES = "yes"
    NO = "no"


def read_invoices(path: Path | str, mapping: Mapping) -> Reading[InvoiceRecord]:
    """Every invoice of the file once. Rows with problems are listed with line and reason; the rest are there."""
    path, running = Path(path), RunningBalance()

    def make(row: RowValues) -> InvoiceRecord:
        record = _invoice(row)
        running.note(row, record.currency)
        return record

    reading = read_records(path, mapping, RecordKind.INVOICES, make, DATES)
    layout = mapping.layouts.get(RecordKind.INVOICES)
    if layout and (wrong := running.problem(path.name, layout.columns.get("balance", "balance"))):
        return replace(refusal(wrong, reading.read), is_table=True)
    reading = joined(reading) if layout and layout.lines_are_instalments else reading
    column = layout.columns.get("number", "number") if layout else "number"
    return once_each(
        reading, lambda each: each.number, lambda each: replace(each, line=0), lambda each: each.line, path.name, column
    )


def _invoice(row: RowValues) -> InvoiceRecord:
    currency, country, customer = row.currency(), row.country(), _customer(row)
    kind, total, prepaid = document_amounts(row, currency)
    due = row.day("due", needed=True)
    record = InvoiceRecord(
        number=row.text("number", needed=True),
        kind=kind,
        issued=row.day("issued"),
        due=due,
        currency=currency,
        total=total,
        prepaid=prepaid,
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
        reference=row.reference(),
        seller=row.text("seller"),
        buyer=row.text("buyer"),
        reached_stage=row.read("reached_stage", _stage, None),
        reached_on=row.day("reached_on"),
        document=row.text("document"),
        policy=row.text("policy"),
        line=row.row.line,
        agreed=read_agreed(row, currency),
        discounts=_discount(row, currency),
        **_instruments(row),
    )
    _check(record, row)
    return record


def _discount(row: RowValues, currency: str) -> tuple[DiscountRecord, ...]:
    """A cash discount: its amount, and the last day on which it may be taken."""
    amount, until = row.amount("discount", currency), row.day("discount_until")
    if bool(amount) != (until is not None):
        row.wrong("discount_until", "Say of a discount its amount and its last day, or neither.")
    return (DiscountRecord("", until=until, amount=amount),) if amount and until else ()


def _instruments(row: RowValues) -> dict[str, Any]:
    """How, by whom and to whom it is paid; and of which of these the file has an empty cell."""
    words = ("payer", "recipient", "assignee", "assignment_notice", "einvoice_status")
    fields = (*words, "payment_method", "instrument_on", "assignee_iban")
    emptied = tuple(name for name in fields if name in row.row.columns and not row.row.values.get(name))
    return {name: row.text(name) for name in words} | {
        "emptied": emptied,
        "payment_method": row.read("payment_method", way_to_pay, ""),
        "instrument_on": row.day("instrument_on"),
        "assignee_iban": row.read("assignee_iban", account_number, ""),
        "is_draft": row.read("draft", _yes, False),
    }


def _customer(row: RowValues) -> str:
    """The customer's number; its name where the layout has no numbers."""
    fields = row.layout.columns.keys() | row.layout.constants.keys()
    return row.text("customer_number" if "customer_number" in fields else "customer_name", needed=True)


def _yes(text: str) -> bool:
    return read_choice(text, YesNo, "word for a draft") is YesNo.YES


def _stage(text: str) -> Stage | None:
    return read_choice(text, Stage, "stage")


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
    if record.assignee_iban and not record.assignee:
        row.wrong("assignee", "Say to whom the claim was assigned.")
    if record.reached_stage is not None and record.reached_on is None:
        row.wrong("reached_on", "Say on which day this stage was reached.")
    if record.reached_on is not None and record.reached_stage is None:
        row.wrong("reached_stage", "Say which stage was reached on this day.")
