"""Customers from a plain CSV file."""

from dataclasses import replace
from pathlib import Path

from policies.case import DebtorKind
from policies.customer_record import CustomerRecord
from tasks.cell_values import Unreadable, read_choice, read_code, read_zone
from tasks.invoice_mapping import Mapping, RecordKind
from tasks.read_agreed import read_agreed
from tasks.read_records import once_each, read_records
from tasks.reading import Reading
from tasks.row_values import RowValues


def read_customers(path: Path | str, mapping: Mapping) -> Reading[CustomerRecord]:
    """Every customer of the file once. Rows with problems are listed with line and reason; the rest are there."""
    path = Path(path)
    reading = read_records(path, mapping, RecordKind.CUSTOMERS, _customer)
    layout = mapping.layouts.get(RecordKind.CUSTOMERS)
    column = layout.columns.get("number", "number") if layout else "number"
    return once_each(
        reading, lambda each: each.number, lambda each: replace(each, line=0), lambda each: each.line, path.name, column
    )


def _customer(row: RowValues) -> CustomerRecord:
    country = row.country()
    currency = row.read("credit_currency", lambda text: read_code(text, 3, "currency"), "")
    return CustomerRecord(
        number=row.text("number", needed=True),
        name=row.text("name", needed=True),
        email=row.email(),
        phone=row.phone(country),
        country=country,
        language=row.language(),
        time_zone=row.read("time_zone", read_zone, ""),
        contact=row.text("contact"),
        owner=row.text("owner"),
        salesperson=row.text("salesperson"),
        kind=row.read("kind", lambda text: read_choice(text, DebtorKind, "kind of customer"), DebtorKind.BUSINESS),
        policy=row.text("policy"),
        segment=row.text("segment"),
        region=row.read("region", lambda text: _region(text, country), ""),
        line=row.row.line,
        credit_limit=_credit_limit(row, currency),
        credit_currency=currency,
        terms=read_agreed(row, row.read("contract_currency", lambda text: read_code(text, 3, "currency"), "")),
    )


def _credit_limit(row: RowValues, currency: str) -> int | None:
    """How much may be open at most; a limit without its currency means nothing."""
    if "credit_limit" not in row.row.values:
        return None
    if not currency:
        row.wrong("credit_currency", "A credit limit needs its currency, such as EUR.")
        return None
    limit = row.amount("credit_limit", currency)
    if limit < 0:
        row.wrong("credit_limit", "A credit limit cannot be negative.")
    return limit


def _region(text: str, country: str) -> str:
    """The part of the country, with or without the country before it: `57`, `DE-BY`, `GB-SCT`."""
    part = text.upper().removeprefix(f"{country}-" if country else "")
    if not (part.isascii() and part.isalnum() and len(part) <= 3):
        raise Unreadable(f"“{text}” is not a part of a country; write its ISO 3166-2 code, such as BY, SCT or 57.")
    return part
