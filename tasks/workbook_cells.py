"""The cells of a workbook (.xlsx) as text: real dates and numbers are written as the mapping declares them.

A workbook is untrusted: it is read in a process of its own (`tasks.bounded`), which writes the sheet down as CSV.
"""

import csv
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from policies.problems import Problem
from tasks.bounded import bounded
from tasks.cell_values import DateOrder
from tasks.file_refused import FileRefused
from tasks.header_names import folded
from tasks.sheet_rows import sheet_rows

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UNPACKED = 300 * 1024 * 1024
"""Bytes a workbook may have unpacked."""
SECONDS, MEGABYTES = 240.0, 450
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class SheetWanted:
    """Which sheet is meant (the one whose header has most of these names) and how its values are written."""

    names: frozenset[str]
    """Folded names of columns."""
    order: DateOrder | None
    decimal: str


def is_workbook(path: Path) -> bool:
    """Told by its first bytes, never by its name; a folder or a file that is not there is none."""
    try:
        with path.open("rb") as file:
            return file.read(4) in (ZIP, OLD)
    except OSError:
        return False


def workbook_cells(
    path: Path, columns: frozenset[str], order: DateOrder | None, decimal: str
) -> Iterator[tuple[int, list[str]]]:
    """The number of each row and its cells; raises FileRefused with a sentence."""
    _refuse_other_books(path)
    wanted = SheetWanted(frozenset(map(folded, columns)), order, decimal)
    handle, name = tempfile.mkstemp(suffix=".csv", prefix="relance-sheet-")
    os.close(handle)
    try:
        bounded(partial(write_down, target=name, wanted=wanted), path, SECONDS, MEGABYTES)
        with Path(name).open(encoding="utf-8", newline="") as file:
            for line, *cells in csv.reader(file):
                yield int(line), cells
    finally:
        Path(name).unlink(missing_ok=True)


def write_down(path: Path, target: str, wanted: SheetWanted) -> int:
    """The sheet as CSV in `target`, each row after its number; answers how many there are. Runs in the bounded process."""
    count = 0
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for line, cells in sheet_rows(path, wanted.names, wanted.order, wanted.decimal):
            writer.writerow((line, *cells))
            count += 1
    if not count:
        raise FileRefused(Problem(path.name, None, "", "The workbook holds no rows; it must have a header and rows."))
    return count


def _refuse_other_books(path: Path) -> None:
    reason = _not_ours(path)
    if reason:
        raise FileRefused(Problem(path.name, None, "", reason))


def _not_ours(path: Path) -> str:
    """Why the file is not a workbook we read; empty where it is one."""
    with path.open("rb") as file:
        if file.read(4) == OLD:
            return "This is an old Excel workbook (.xls) or one with a password; save it as .xlsx without a password."
    try:
        with zipfile.ZipFile(path) as book:
            sizes = {one.filename: one.file_size for one in book.infolist()}
            kind = book.open("mimetype").read(60) if "mimetype" in sizes else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return "The file begins like a workbook and is damaged; export it again."
    return _other_archive(sizes, kind)


def _other_archive(sizes: Mapping[str, int], kind: bytes) -> str:
    if kind.startswith(OPEN_DOCUMENT):
        return "This is an OpenDocument file (.ods); save it as .xlsx or export it as CSV."
    if "xl/workbook.bin" in sizes:
        return "This is a binary workbook (.xlsb); save it as .xlsx or export it as CSV."
    if "[Content_Types].xml" not in sizes or not any(name.startswith("xl/") for name in sizes):
        return "This is an archive, not a workbook; unpack it and import the files in it."
    size = sum(sizes.values())
    if size > UNPACKED:
        return f"The workbook has {size // 1_000_000} MB when unpacked; at most {UNPACKED // 1_000_000} are read."
    return ""
