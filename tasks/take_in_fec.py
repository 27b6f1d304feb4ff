"""Taking in a FEC: its invoices and credit notes, then the money for them, then what else became of them."""

from datetime import datetime
from pathlib import Path

from policies.records import InvoiceRecord
from storage.importing import Counts
from storage.invoices import import_invoices
from storage.ledger_closings import take_ledger, terms_by_customer
from storage.payments import book_payments
from tasks.read_fec import read_fec
from tasks.reading import Reading


async def take_in_fec(
    path: Path, source: str, sha256: str, creditor: int, at: datetime, dry_run: bool
) -> tuple[Reading[InvoiceRecord], Counts | None]:
    """What was read, and what became of it. Due dates come from the terms of the customers that are known."""
    read = read_fec(path, await terms_by_customer(creditor))
    reading = read.invoices
    if reading.refused:
        return reading, None
    counts = None
    if reading.records:
        counts = await import_invoices(reading.records, source, sha256, creditor, at, dry_run)
    if read.payments:
        await book_payments(read.payments, source, sha256, creditor, at, dry_run)
    if read.through is not None:
        await take_ledger(read.closings, reading.records, read.through, creditor, at, dry_run)
    return reading, counts
