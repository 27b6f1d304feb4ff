"""Recorded history from a CSV file: what was owed, when it was paid, from when to when it was disputed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

from policies.facts import DebtorKind, Hold, HoldKind
from policies.problems import Problem
from policies.record_fields import fields_shown
from policies.replay.past import PastCustomer, PastHold, PastInvoice, PastMoney
from tasks.cell_values import read_choice, read_zone
from tasks.invoice_mapping import Mapping, RecordKind
from tasks.read_records import read_records
from tasks.reading import Reading
from tasks.row_values import RowValues

DATES = ("issued", "due", "paid_on", "disputed_from", "disputed_until")
OF_INVOICE = ("customer_number", "issued", "due", "currency", "amount")
"""What every row of an invoice says alike."""
OF_CUSTOMER = ("country", "region", "time_zone", "customer_kind")
"""What every row of a customer says alike."""


@dataclass(frozen=True, slots=True)
class HistoryRecord:
    """One row: an invoice with at most one payment and one dispute. More of either stand on more rows of its number."""

    number: str
    customer_number: str
    issued: date | None
    due: date
    currency: str
    amount: int
    country: str
    region: str
    time_zone: str
    customer_kind: DebtorKind
    paid_on: date | None
    paid_amount: int
    """In minor units; all of the invoice where the row names a day and no amount."""
    disputed_from: date | None
    disputed_until: date | None
    """Last day of the dispute; None: it never ended."""
    line: int

    def shown(self) -> dict[str, Any]:
        """As other programs read it."""
        return fields_shown(self, ("amount", "paid_amount"))


def read_history(path: Path | str, mapping: Mapping) -> Reading[HistoryRecord]:
    """Every row of the file once; an identical row is the same again. Rows with problems, or that contradict an earlier
    row of their invoice or customer, are listed with line and reason; the rest are there."""
    path = Path(path)
    reading = read_records(path, mapping, RecordKind.HISTORY, _record, DATES)
    layout = mapping.layouts.get(RecordKind.HISTORY)
    columns = layout.columns if layout else {}
    invoices: dict[str, HistoryRecord] = {}
    customers: dict[str, HistoryRecord] = {}
    records, problems, seen = list[HistoryRecord](), list(reading.problems), set[tuple[object, ...]]()
    for record in reading.records:
        said = _SAID(record)
        if said in seen:
            continue
        seen.add(said)
        field, against = _contradiction(record, invoices, customers)
        if against is None:
            records.append(record)
        else:
            reason = f"Line {against.line} says something else of {field}; every row must say the same."
            problems.append(Problem(path.name, record.line, columns.get(field, field), reason))
    problems.sort(key=lambda problem: problem.line or 0)
    return Reading(tuple(records), problems, reading.read, reading.refused)


_INVOICE, _CUSTOMER = attrgetter(*OF_INVOICE), attrgetter(*OF_CUSTOMER)
_SAID = attrgetter(*(one.name for one in fields(HistoryRecord) if one.name != "line"))


def _contradiction(
    record: HistoryRecord, invoices: dict[str, HistoryRecord], customers: dict[str, HistoryRecord]
) -> tuple[str, HistoryRecord | None]:
    """The first field of which an earlier row of the same invoice or customer says something else."""
    invoice = invoices.setdefault(record.number, record)
    if invoice is not record and _INVOICE(invoice) != _INVOICE(record):
        return _differing(record, invoice, OF_INVOICE), invoice
    customer = customers.setdefault(record.customer_number, record)
    if customer is not record and _CUSTOMER(customer) != _CUSTOMER(record):
        return _differing(record, customer, OF_CUSTOMER), customer
    return "", None


def _differing(one: HistoryRecord, other: HistoryRecord, fields: Iterable[str]) -> str:
    return next(field for field in fields if getattr(one, field) != getattr(other, field))


def _record(row: RowValues) -> HistoryRecord:
    currency = row.currency()
    amount = row.amount("amount", currency, needed=True)
    due, paid_on = row.day("due", needed=True), row.day("paid_on")
    says_how_much = "paid_amount" in row.row.values
    record = HistoryRecord(
        number=row.text("number", needed=True),
        customer_number=row.text("customer_number", needed=True),
        issued=row.day("issued"),
        due=due,  # type: ignore[arg-type]  # a row without it has a problem and goes nowhere
        currency=currency,
        amount=amount,
        country=row.country(),
        region=row.text("region"),
        time_zone=row.read("time_zone", read_zone, ""),
        customer_kind=row.read("customer_kind", _kind, DebtorKind.BUSINESS),
        paid_on=paid_on,
        paid_amount=row.amount("paid_amount", currency) if says_how_much else amount if paid_on else 0,
        disputed_from=row.day("disputed_from"),
        disputed_until=row.day("disputed_until"),
        line=row.row.line,
    )
    if not row.problems:
        _check(record, row)
    return record


def _kind(text: str) -> DebtorKind:
    return read_choice(text, DebtorKind, "kind of customer")


def _check(record: HistoryRecord, row: RowValues) -> None:
    """What no single cell can show."""
    if record.amount <= 0:
        row.wrong("amount", "The amount must be above zero: there is nothing to collect.")
    if record.paid_on is not None and record.paid_amount == 0:
        row.wrong(
            "paid_amount", "A payment of nothing is none; leave the cell empty where all of the invoice was paid."
        )
    if record.paid_amount and record.paid_on is None:
        row.wrong("paid_on", "Say on which day this was paid.")
    if record.disputed_until and record.disputed_from is None:
        row.wrong("disputed_from", "Say from which day on it was disputed.")
    elif record.disputed_until and record.disputed_from and record.disputed_until < record.disputed_from:
        row.wrong("disputed_until", "The dispute would end before it began.")


def customers_of(records: Iterable[HistoryRecord]) -> list[PastCustomer]:
    """The rows by customer and invoice, in the order of their numbers: that of the file does not matter."""
    invoices: dict[str, dict[str, list[HistoryRecord]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        invoices[record.customer_number][record.number].append(record)
    return [_customer(number, invoices[number]) for number in sorted(invoices)]


def _customer(number: str, invoices: dict[str, list[HistoryRecord]]) -> PastCustomer:
    first = next(iter(invoices.values()))[0]
    past = tuple(_invoice(invoices[one]) for one in sorted(invoices))
    return PastCustomer(number, first.customer_kind, first.country, first.region, first.time_zone, past)


def _invoice(rows: list[HistoryRecord]) -> PastInvoice:
    first = rows[0]
    money = tuple(PastMoney(row.paid_on, row.paid_amount) for row in rows if row.paid_on is not None)
    disputes = tuple(
        PastHold(
            Hold(HoldKind.DISPUTE, "disputed", row.disputed_from, None, "the history"), ended_on=row.disputed_until
        )
        for row in rows
        if row.disputed_from is not None
    )
    return PastInvoice(first.number, first.due, first.amount, first.currency, first.issued, None, money, disputes)
