"""The print folder: `RELANCE_HOME/print/<day>/`, one PDF a letter, and `manifest.csv` that says what to do with each.

A person prints what the list says is to be posted, posts it, and says so. The folder only shows what the queue in the
database holds: it is written as often as need be, whole or not at all, and a letter that is there already is left alone.
"""

import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from policies.money import plain
from policies.posting import one_line_of
from storage import print_queue, print_sheets
from storage.print_sheets import Sheet
from tasks.sink import outbox_from
from tasks.spreadsheet_file import safe_cell, spreadsheet

LOG = logging.getLogger("relance.print")
WITHDRAWN = "withdrawn"
MANIFEST = "manifest.csv"
HEADS = ("letter", "do", "why", "file", "customer", "name", "stage", "address", "how", "pages", "sha256", "cost", "currency", "tracking")  # fmt: skip
TO_DO = {"to_post": "post", "posted": "posted", "withdrawn": "DO NOT POST"}


def print_folder() -> Path:
    """Where letters are printed from."""
    return outbox_from(os.environ).parent / "print"


async def lay_out(at: datetime) -> int:
    """Bring the folder to what the queue says; answers how many letters that concerned. Raises OSError."""
    return await print_sheets.lay_out(lambda sheets: place(print_folder(), sheets), at)


async def take_back(at: datetime, case: int | None = None) -> int:
    """Withdraw the letters (of one case, or all) that must not be posted any more; answers how many. The folder shows it."""
    cases = None if case is None else [case]
    withdrawn = await print_queue.withdraw_untrue(at, cases, sender=case)
    await show_queue(at)
    return withdrawn


async def show_queue(at: datetime) -> None:
    """Lay the folder out; what the disk refuses now is tried again by the next round, and said."""
    try:
        await lay_out(at)
    except OSError as problem:
        LOG.warning("The print folder could not be written (%s): it is tried again.", problem.strerror)


def place(folder: Path, sheets: Sequence[Sheet]) -> None:
    """Write what is to be posted, move away what is withdrawn, and write the list of each day anew."""
    for day in sorted({sheet.printed_on for sheet in sheets}):
        of_day, at = [sheet for sheet in sheets if sheet.printed_on == day], folder / day.isoformat()
        at.mkdir(parents=True, exist_ok=True, mode=0o700)
        for sheet in of_day:
            if sheet.state == "withdrawn":
                _withdraw(at, sheet.file)
            elif sheet.raw is not None and not (at / sheet.file).exists():
                _write(at / sheet.file, sheet.raw)
        _write(at / MANIFEST, manifest(of_day))


def manifest(sheets: Sequence[Sheet]) -> bytes:
    """The list of a day as CSV that spreadsheets open."""
    return spreadsheet(HEADS, map(_row, sheets))


def _row(one: Sheet) -> list[object]:
    cost = "" if one.cost is None else plain(one.cost, one.cost_currency)
    outside = map(safe_cell, (one.why, one.file, one.customer_number, one.customer_name))
    return [
        f"L{one.id}", TO_DO[one.state], *outside, one.stage.value, safe_cell(one_line_of(one.address)),
        "registered" if one.registered else "plain", one.pages, one.sha256, cost, one.cost_currency if cost else "",
        safe_cell(one.tracking),
    ]  # fmt: skip


def _withdraw(folder: Path, file: str) -> None:
    """Out of the printer's sight; a file that is not there was printed, or never placed."""
    (folder / WITHDRAWN).mkdir(exist_ok=True, mode=0o700)
    with suppress(FileNotFoundError):
        (folder / file).replace(folder / WITHDRAWN / file)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and on the disk before anybody hears of it; readable by its owner only."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
