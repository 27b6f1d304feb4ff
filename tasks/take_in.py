"""Taking a file in: read it by its mapping, keep what can be used, and say what became of every row."""

import hashlib
from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from policies.customer_record import CustomerRecord
from policies.payment_record import PaymentRecord
from policies.problems import Problem
from policies.records import InvoiceRecord
from storage.creditor import the_creditor
from storage.customers import import_customers
from storage.importing import Counts
from storage.invoices import attach, import_invoices
from storage.match_questions import ask_about_lines
from storage.payments import Booked, book_payments
from tasks.fec_lines import is_fec
from tasks.invoice_mapping import DEFAULTS, RecordKind, load_mapping
from tasks.invoice_reader import read_any_invoices
from tasks.match_words import about_a_line
from tasks.read_customers import read_customers
from tasks.read_money import read_money
from tasks.reading import Reading
from tasks.take_in_fec import take_in_fec

SOURCE = "import"
"""The source of numbers when none is named: one program that issues invoices."""
MEDIA = {".pdf": "application/pdf", ".xml": "application/xml", ".png": "image/png", ".jpg": "image/jpeg"}
LARGEST = 10 * 1024 * 1024
"""Bytes of the largest invoice document kept."""

Record = TypeVar("Record", InvoiceRecord, PaymentRecord, CustomerRecord)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import did. `refused`: nothing of the file went in. `money` is told of bank lines only."""

    kind: RecordKind
    read: int
    new: int
    changed: int
    unchanged: int
    problems: tuple[Problem, ...]
    refused: bool = False
    is_table: bool = False
    """It was read by a mapping."""
    money: Booked | None = None
    records: tuple[dict[str, Any], ...] | None = None

    def shown(self) -> dict[str, Any]:
        """As other programs read it (`import … --json`)."""
        counts: dict[str, Any] = {name: getattr(self, name) for name in ("read", "new", "changed", "unchanged")}
        if self.kind is RecordKind.PAYMENTS:
            names = ("booked", "proposed", "unmatched", "pending")
            counts |= {name: getattr(self.money, name) if self.money else 0 for name in names}
        told = [
            {"file": one.source, "line": one.line, "field": one.field, "reason": one.reason} for one in self.problems
        ]
        records = {} if self.records is None else {"records": list(self.records)}
        return counts | {"problems": told} | records


async def take_in(
    kind: RecordKind, path: Path, creditor: int, at: datetime, *, mapping: str | None = None, source: str = SOURCE,
    dry_run: bool = False, through: date | None = None, due: date | None = None,
) -> TakenIn:  # fmt: skip
    """Read the file at `path` by the mapping of this name (or file) and take in what can be used.

    `through`: the last day a file of payments knows everything of; None: the day of its last line, or no day at all where
    rows of a table could not be read. `due`: the day a person
    says for an e-invoice that states none.

    A dry run does everything and keeps nothing; it also answers every record that was read.
    """
    known = load_mapping(mapping or DEFAULTS[kind])
    if isinstance(known, list):
        return TakenIn(kind, 0, 0, 0, 0, tuple(known), refused=True)
    match kind:
        case RecordKind.INVOICES if mapping is None and is_fec(path):
            ledger, kept = await take_in_fec(path, source, _sha256(path), creditor, at, dry_run)
            return _taken(kind, ledger, kept, (), dry_run)
        case RecordKind.INVOICES:
            invoices = await to_thread(read_any_invoices, path, known, await the_creditor(creditor), due)
            counts = await _kept(invoices, path, import_invoices, source, creditor, at, dry_run)
            inside = () if dry_run or not counts else _went_in(invoices.records, counts.problems)
            missing = await _documents(inside, path, source, creditor)
            return _taken(kind, invoices, counts, missing, dry_run)
        case RecordKind.CUSTOMERS:
            customers = await to_thread(read_customers, path, known)
            counts = await _kept(customers, path, import_customers, source, creditor, at, dry_run)
            return _taken(kind, customers, counts, (), dry_run)
        case RecordKind.PAYMENTS:
            payments = await to_thread(read_money, path, known)
            unread = 0 if through or payments.refused or payments.through is not None else _unread(payments)
            booked = await _booked(payments, path, source, creditor, at, dry_run, through, is_part=unread > 0)
            return _taken(kind, payments, booked, [_in_part(path, unread)] if unread else (), dry_run)
        case RecordKind.HISTORY:
            reason = "A history is replayed, not taken in: ./relance policy replay LADDER --data FILE."
            return TakenIn(kind, 0, 0, 0, 0, (Problem(path.name, None, "", reason),), refused=True)


async def _kept(
    reading: Reading[Any], path: Path, keep: Any, source: str, creditor: int, at: datetime, dry_run: bool
) -> Counts | Booked | None:
    if reading.refused or not reading.records:
        return None
    counts: Counts | Booked = await keep(reading.records, source, _sha256(path), creditor, at, dry_run)
    if not dry_run:
        await ask_about_lines(at, about_a_line)
    return replace(counts, problems=tuple(replace(one, source=path.name) for one in counts.problems))


async def _booked(
    reading: Reading[PaymentRecord], path: Path, source: str, creditor: int, at: datetime, dry_run: bool,
    through: date | None, *, is_part: bool,
) -> Booked | None:  # fmt: skip
    known = reading.through if through is None else through
    if reading.refused or (not reading.records and not known):
        return None
    booked = await book_payments(reading.records, source, _sha256(path), creditor, at, dry_run, known, is_part)
    if not dry_run:
        await ask_about_lines(at, about_a_line)
    return booked


def _unread(reading: Reading[PaymentRecord]) -> int:
    """Rows of a table of payments that could not be read: one may be the very payment somebody waits for."""
    return reading.read - len(reading.records)


def _in_part(path: Path, unread: int) -> Problem:
    reason = (
        f"Rows that could not be read: {unread}. No account is known any further by this file; correct them and import it "
        "again, or say with --through up to which day every payment is in Relance."
    )
    return Problem(path.name, None, "", reason)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _taken(
    kind: RecordKind,
    reading: Reading[Record],
    counts: Counts | Booked | None,
    further: Sequence[Problem],
    dry_run: bool,
) -> TakenIn:
    problems = [*reading.problems, *(counts.problems if counts else ()), *further]
    return TakenIn(
        kind=kind,
        read=reading.read,
        new=counts.new if counts else 0,
        changed=counts.changed if counts else 0,
        unchanged=counts.unchanged if counts else 0,
        problems=tuple(sorted(problems, key=lambda problem: problem.line or 0)),
        refused=reading.refused,
        is_table=reading.is_table,
        money=counts if isinstance(counts, Booked) else None,
        records=_shown(reading) if dry_run else None,
    )


def _shown(reading: Reading[Record]) -> tuple[dict[str, Any], ...]:
    """Everything that was read; what cannot go in is marked."""
    return (
        *(record.shown() for record in reading.records),
        *(record.shown() | {"problem": True} for record in reading.held),
    )


def _went_in(records: Sequence[InvoiceRecord], problems: Sequence[Problem]) -> Sequence[InvoiceRecord]:
    lines = {problem.line for problem in problems}
    return [record for record in records if record.line not in lines]


async def _documents(records: Sequence[InvoiceRecord], path: Path, source: str, creditor: int) -> tuple[Problem, ...]:
    """Keep the invoices' own files; they stand in the folder of the imported file, or below it."""
    problems = []
    for record in records:
        if record.document:
            found = _document(record.document, path)
            if isinstance(found, str):
                problems.append(Problem(path.name, record.line, "document", found))
            else:
                await attach(
                    creditor, source, record.number, found.name, MEDIA[found.suffix.lower()], found.read_bytes()
                )
    return tuple(problems)


def _document(written: str, path: Path) -> Path | str:
    """The document's path, or the sentence why it is not kept."""
    folder = path.resolve().parent
    place = (folder / written).resolve()
    if not place.is_relative_to(folder):
        return f"“{written}” lies outside the folder of the imported file; put it beside it."
    if place.suffix.lower() not in MEDIA:
        return f"“{written}” is no document that can be sent; known are {', '.join(sorted(MEDIA))}."
    if not place.is_file():
        return f"“{written}” is not there; the invoice went in without it."
    return place if place.stat().st_size <= LARGEST else f"“{written}” is larger than ten megabytes."
