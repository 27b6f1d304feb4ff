"""Rows of a CSV file, one at a time, in the encoding and with the delimiter its mapping declares."""

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from policies.problems import Problem
from tasks.invoice_mapping import Layout, Mapping

LONGEST_LINE = 100_000
"""Bytes: a longer line is no row of a table (a quote that never ends, a file that is not text)."""

OTHER_SIGNS = {
    codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16", b"PK\x03\x04": "a spreadsheet or archive",
    b"%PDF": "PDF", b"\xd0\xcf\x11\xe0": "an old Excel workbook",
}  # fmt: skip


class FileRefused(Exception):
    """The file as a whole cannot be read; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Row:
    """One row: our fields with their text (stripped), the line it starts on, and what is wrong with its shape."""

    line: int
    values: dict[str, str]
    reason: str = ""


def read_rows(path: Path, mapping: Mapping, layout: Layout) -> Iterator[Row]:
    """The rows that count for `layout`; raises FileRefused where the file as a whole cannot be trusted."""
    source = path.name
    with _opened(path) as file:
        reader = csv.reader(_lines(file, source, mapping), delimiter=mapping.delimiter, strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            places, conditions = _places(source, header, mapping, layout), _conditions(source, header, layout)
            start = reader.line_num + 1
            for cells in reader:
                line, start = start, reader.line_num + 1
                if cells and any(cells) and _counts(cells, conditions):
                    yield _row(line, cells, len(header), places, layout)
        except csv.Error as error:
            at = reader.line_num
            reason = f"From here on the quotes do not close as they should ({error}); export the file again."
            raise FileRefused(Problem(source, at, "", reason)) from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise FileRefused(Problem(str(path), None, "", "There is no file of this name.")) from None
    except OSError as error:
        raise FileRefused(Problem(str(path), None, "", f"The file cannot be opened: {error.strerror}.")) from error
    with file:
        yield file


def _lines(file: BinaryIO, source: str, mapping: Mapping) -> Iterator[str]:
    """Decoded line by line, so that a wrong byte is found with its line and a huge file never fills the memory."""
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            _refuse_other_formats(raw, source)
            raw = raw.removeprefix(codecs.BOM_UTF8) if mapping.encoding == "utf-8" else raw
        if len(raw) > LONGEST_LINE:
            reason = f"The line is longer than {LONGEST_LINE} bytes; this is not a row of a table."
            raise FileRefused(Problem(source, number, "", reason))
        if b"\0" in raw:
            raise FileRefused(Problem(source, number, "", "The line holds a NUL byte; this is not a text file."))
        try:
            yield raw.decode(mapping.encoding)
        except UnicodeDecodeError as error:
            raise FileRefused(Problem(source, number, "", _wrong_encoding(raw, error, mapping))) from error
    if number == 0:
        raise FileRefused(Problem(source, None, "", "The file is empty; it must have a header and rows."))


def _refuse_other_formats(raw: bytes, source: str) -> None:
    for sign, what in OTHER_SIGNS.items():
        if raw.startswith(sign):
            raise FileRefused(Problem(source, 1, "", f"This is {what}, not CSV; export it as CSV."))


def _wrong_encoding(raw: bytes, error: UnicodeDecodeError, mapping: Mapping) -> str:
    return (
        f"Byte {error.start + 1} of the line (0x{raw[error.start]:02X}) is not {mapping.encoding}, which the mapping "
        f"{mapping.name} declares; name the file's real encoding under [file] encoding, or export it again."
    )


def _places(source: str, header: list[str], mapping: Mapping, layout: Layout) -> dict[str, int]:
    """Our field -> the number of its cell."""
    if not any(header):
        raise FileRefused(Problem(source, 1, "", "The first line must be a header with the names of the columns."))
    for name in {*layout.columns.values()}:
        if header.count(name) > 1:
            raise FileRefused(Problem(source, 1, name, "Two columns have this name; rename one of them."))
    missing = [name for field, name in layout.columns.items() if name not in header and field not in layout.optional]
    if missing:
        raise FileRefused(Problem(source, 1, ", ".join(missing), _missing(header, mapping)))
    return {field: header.index(name) for field, name in layout.columns.items() if name in header}


def _missing(header: list[str], mapping: Mapping) -> str:
    if len(header) == 1:
        other = next((sign for sign in ";\t,|" if sign in header[0]), "")
        hint = f"; it seems to use “{other}”" if other else ""
        declared = f"the mapping {mapping.name} declares the delimiter “{mapping.delimiter}”"
        return f"The header is a single cell: {declared}{hint}."
    present = ", ".join(header[:40])
    return (
        f"The mapping {mapping.name} needs these columns and the file has others ({present}); choose another mapping."
    )


def _conditions(source: str, header: list[str], layout: Layout) -> list[tuple[int, tuple[str, ...]]]:
    for name in layout.only_where:
        if name not in header:
            raise FileRefused(Problem(source, 1, name, "The mapping chooses rows by this column, which is missing."))
    return [(header.index(name), values) for name, values in layout.only_where.items()]


def _counts(cells: list[str], conditions: list[tuple[int, tuple[str, ...]]]) -> bool:
    return all(place >= len(cells) or cells[place].strip() in values for place, values in conditions)


def _row(line: int, cells: list[str], width: int, places: dict[str, int], layout: Layout) -> Row:
    if len(cells) != width:
        reason = (
            f"The row has {len(cells)} cells where the header has {width}; put quotes around texts with a delimiter."
        )
        return Row(line, {}, reason)
    values = dict(layout.constants)
    for field, place in places.items():
        if text := cells[place].strip():
            values[field] = text
    return Row(line, values)
