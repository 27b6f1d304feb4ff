"""Importing 100,000 invoices of 20,000 customers from a CSV file into PostgreSQL, and importing the same file again."""

import asyncio
import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.own_database import own_database
from storage import session

Say = Callable[[str], None]
INVOICES, CUSTOMERS = 100_000, 20_000
LIMIT, MEMORY = 30.0, 1_000
"""Seconds for the first import; megabytes of the process that imports."""
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
SEED = 20260303
HEADER = (
    "number,kind,issued,due,currency,amount,prepaid,customer_number,customer_name,email,phone,country,language,"
    "salesperson,reference\n"
)


def run(say: Say) -> dict[str, Any]:
    """The same file twice: everything is new, then nothing changes."""
    with own_database() as (_, folder):
        return _measured(folder, say)


def write_file(path: Path, invoices: int, customers: int) -> None:
    """Invoices as an accounting program exports them, one in fifty a credit note; the same for the same seed."""
    chance = random.Random(SEED)  # figures, not secrets
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for n in range(invoices):
            customer, issued = chance.randrange(customers), date(2025, 1, 1) + timedelta(days=chance.randrange(420))
            due = issued + timedelta(days=chance.choice((15, 30, 45, 60)))
            kind = "credit_note" if n % 50 == 7 else "invoice"
            file.write(
                f"FA-{n:06},{kind},{issued},{due},EUR,{chance.randrange(1_000, 2_000_000) / 100:.2f},,C{customer:05},"
                f'"Client {customer}, SARL",compta@client{customer}.example,0{chance.randrange(1, 6)} 12 34 56 78,FR,fr,'
                f"Ana,PO-{n}\n"
            )


def _measured(folder: Path, say: Say) -> dict[str, Any]:
    path = folder / "invoices.csv"
    write_file(path, INVOICES, CUSTOMERS)
    say(f"{INVOICES} invoices, {path.stat().st_size / 1_000_000:.1f} MB")
    first, again = asyncio.run(_twice(path, say))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024)
    say(f"imported in {first} s, imported again in {again} s, at most {memory} MB of memory")
    return {
        "invoices": INVOICES, "import_s": first, "again_s": again, "limit_s": LIMIT, "memory_mb": memory,
        "limit_mb": MEMORY,
    }  # fmt: skip


async def _twice(path: Path, say: Say) -> tuple[float, float]:
    from storage.creditor import ensure_creditor
    from storage.progress import progress_to
    from tasks.invoice_mapping import RecordKind
    from tasks.take_in import take_in

    told = 0.0

    def tell(what: str, done: int, of: int | None) -> None:
        nonlocal told
        if time.monotonic() - told > 3:
            told = time.monotonic()
            say(f"… {done} {f'of {of} ' if of else ''}{what}")

    try:
        creditor = await ensure_creditor()
        seconds = []
        with progress_to(tell):
            for expected in (INVOICES, 0):
                began = time.monotonic()
                taken = await take_in(RecordKind.INVOICES, path, creditor.id, NOW)
                seconds.append(round(time.monotonic() - began, 1))
                assert (taken.new, taken.problems) == (expected, ()), f"{taken.new} new, {taken.problems[:3]}"
        return seconds[0], seconds[1]
    finally:
        await session.disconnect()
