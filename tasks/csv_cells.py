"""The cells of a CSV file, line by line, in the encoding and with the delimiter its mapping declares."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from policies.problems import Problem
from tasks.file_refused import FileRefused
from tasks.invoice_mapping import Mapping

LONGEST_LINE = 100_000
"""Bytes: a longer line is no row of a table (a quote that never ends, a file that is not text)."""
LARGEST = 150 * 1024 * 1024
"""Bytes of a file read at once: what follows from it must fit into memory."""

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
OTHER_SIGNS = {
    codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16", b"PK\x03\x04": "a spreadsheet or archive",
    b"%PDF": "PDF", b"\xd0\xcf\x11\xe0": "an old Excel workbook",
}  # fmt: skip


def csv_cells(path: Path, mapping: Mapping, *, is_quoted: bool = True) -> Iterator[tuple[int, list[str]]]:
    """The line each row starts on, and its cells; raises FileRefused where the file cannot be trusted.

    `is_quoted`: quotes around a cell are none of its text; else they are signs like any other.
    """
    source = path.name
    with opened(path) as file:
        lines = _lines(file, source, mapping)
        reader = csv.reader(
            lines, delimiter=mapping.delimiter, strict=True, quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE
        )
        start = 1
        try:
            for cells in reader:
                line, start = start, reader.line_num + 1
                yield line, cells
        except csv.Error as error:
            at = reader.line_num
            reason = f"From here on the quotes do not close as they should ({error}); export the file again."
            raise FileRefused(Problem(source, at, "", reason)) from error


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file for reading; raises FileRefused where it is not there, cannot be opened, or is too large."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise FileRefused(Problem(str(path), None, "", "There is no file of this name.")) from None
    except OSError as error:
        raise FileRefused(Problem(str(path), None, "", f"The file cannot be opened: {error.strerror}.")) from error
    with file:
        if (size := path.stat().st_size) > LARGEST:
            reason = f"The file has {size // 1_000_000} MB; at most {LARGEST // 1_000_000} are read at once: split it."
            raise FileRefused(Problem(path.name, None, "", reason))
        yield file


def _lines(file: BinaryIO, source: str, mapping: Mapping) -> Iterator[str]:
    """Decoded line by line, so that a wrong byte is found with its line and a huge file never fills the memory."""
    if mapping.encoding == "utf-16":
        yield from _utf16_lines(file, source)
        return
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            _refuse_other_formats(raw, source)
            raw = raw.removeprefix(codecs.BOM_UTF8) if mapping.encoding == "utf-8" else raw
        if len(raw) > LONGEST_LINE:
            raise FileRefused(Problem(source, number, "", too_long()))
        if b"\0" in raw:
            raise FileRefused(Problem(source, number, "", "The line holds a NUL byte; this is not a text file."))
        try:
            yield raw.decode(mapping.encoding)
        except UnicodeDecodeError as error:
            raise FileRefused(Problem(source, number, "", _wrong_encoding(raw, error, mapping))) from error
    if number == 0:
        raise FileRefused(Problem(source, None, "", "The file is empty; it must have a header and rows."))


def _utf16_lines(file: BinaryIO, source: str) -> Iterator[str]:
    """The same for UTF-16, whose byte order the mark at its beginning says."""
    if file.peek(2)[:2] not in UTF16:  # type: ignore[attr-defined]  # a file opened by us is buffered
        raise FileRefused(Problem(source, 1, "", "The mapping declares UTF-16, whose byte order mark is missing."))
    text, number = io.TextIOWrapper(file, encoding="utf-16", newline=""), 0
    try:
        while line := text.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise FileRefused(Problem(source, number, "", too_long()))
            if "\0" in line:
                raise FileRefused(Problem(source, number, "", "The line holds a NUL; this is not a text file."))
            yield line
    except UnicodeDecodeError as error:
        raise FileRefused(Problem(source, number + 1, "", "From here on the file is not UTF-16.")) from error


def too_long() -> str:
    """Why such a line is refused."""
    return f"The line is longer than {LONGEST_LINE} bytes; this is not a row of a table."


def _refuse_other_formats(raw: bytes, source: str) -> None:
    for sign, what in OTHER_SIGNS.items():
        if raw.startswith(sign):
            raise FileRefused(Problem(source, 1, "", f"This is {what}, not CSV; export it as CSV."))


def _wrong_encoding(raw: bytes, error: UnicodeDecodeError, mapping: Mapping) -> str:
    return (
        f"Byte {error.start + 1} of the line (0x{raw[error.start]:02X}) is not {mapping.encoding}, which the mapping "
        f"{mapping.name} declares; name the file's real encoding under [file] encoding, or export it again."
    )
