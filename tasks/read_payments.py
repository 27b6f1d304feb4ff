"""Payments from a plain CSV file: an export of a bank account or of the payments of a ledger."""

from dataclasses import replace
from pathlib import Path

from policies.payment_record import PaymentRecord
from tasks.camt_entry import NOTHING
from tasks.debit_signs import DebitSigns
from tasks.invoice_mapping import Mapping, RecordKind
from tasks.party_numbers import account_number
from tasks.read_records import read_records
from tasks.reading import Reading, refusal
from tasks.row_amounts import moved
from tasks.row_values import RowValues


def read_payments(path: Path | str, mapping: Mapping) -> Reading[PaymentRecord]:
    """Every movement of the file; two equal rows are two movements. Rows with problems are listed."""
    signs = DebitSigns()

    def make(row: RowValues) -> PaymentRecord:
        record = _payment(row)
        signs.note(row, record.currency)
        return record

    reading = read_records(Path(path), mapping, RecordKind.PAYMENTS, make, ("booked", "value_date"))
    doubts = [] if reading.refused else signs.doubts(Path(path).name)
    return replace(refusal(doubts, reading.read), is_table=True) if doubts else reading


def _payment(row: RowValues) -> PaymentRecord:
    currency = row.currency()
    booked, value_date = row.day("booked"), row.day("value_date")
    amount = moved(row, currency)
    if not row.problems and booked is None and value_date is None:
        row.wrong("value_date", "A movement needs the day it was booked or its value date.")
    if not row.problems and amount == 0:
        row.wrong("amount", "The amount is zero: nothing was paid.")
    return PaymentRecord(
        account=row.text("account"),
        booked=booked or value_date,  # type: ignore[arg-type]  # without either the row has a problem and goes nowhere
        value_date=value_date or booked,  # type: ignore[arg-type]
        amount=amount,
        currency=currency,
        reference=_said(row.text("reference")),
        end_to_end_id=_said(row.text("end_to_end_id")),
        counterparty=row.text("counterparty"),
        iban=row.reach("iban", account_number),  # the money came, whatever its payer's number looks like
        text=row.text("text"),
        return_reason=row.text("return_reason"),
        invoices=tuple(part for part in (each.strip() for each in _named(row)) if part),
        line=row.row.line,
        bank_reference=row.text("bank_reference"),
        mandate=row.text("mandate"),
    )


def _said(reference: str) -> str:
    """The reference; empty where the bank's word for *none* stands in its place."""
    return "" if reference.upper() in NOTHING else reference


def _named(row: RowValues) -> list[str]:
    return row.text("invoices").split(row.mapping.list_separator)
