"""A table nobody has described yet, looked at: its encoding, its delimiter, its header, and the evidence for each."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from policies.problems import Problem
from tasks.csv_cells import LONGEST_LINE, UTF16, opened
from tasks.file_refused import FileRefused
from tasks.header_names import name_key, tidy
from tasks.header_words import ALL_KEYS, ALL_WORDS
from tasks.workbook_cells import is_workbook, workbook_cells

ROWS_LOOKED_AT = 50_000
LOOKED_AT = 16 * 1024 * 1024
"""Bytes from the beginning of a file."""
HEADER_WITHIN = 30
DELIMITERS = (";", ",", "\t", "|")
SHOWN = {"\t": "a tabulator", ";": "“;”", ",": "“,”", "|": "“|”"}
ODD_IN_CP1252 = re.compile(rb"[A-Za-z][\x81-\x84\x86-\x8b\x8d-\x90\x98\x9a\x9b\x9d\x9e](?=[A-Za-z])")
"""Bytes inside words that cp1252 has no letter for, and old DOS or Macintosh programs have."""


@dataclass(frozen=True, slots=True)
class Look:
    """The table as found. Cells of a workbook that are no text carry a mark (`tasks.sheet_rows.REAL`)."""

    source: str
    encoding: str | None
    """None: it cannot be told."""
    delimiter: str | None
    header_line: int
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    evidence: tuple[tuple[str, str], ...]
    """What it is about, and what was found, in a sentence."""
    is_sheet: bool = False


def look_at(path: Path, encoding: str = "", delimiter: str = "") -> Look:
    """The table at `path`; `encoding` and `delimiter` where a person said them. Raises FileRefused."""
    if is_workbook(path):
        rows = tuple(islice(workbook_cells(path, ALL_WORDS, None, "."), ROWS_LOOKED_AT))
        evidence = (
            ("file", "It is a workbook: the sheet with the header is read, real dates and numbers as they are."),
        )
        return _with_header(path.name, "utf-8", ",", rows, evidence, is_sheet=True)
    with opened(path) as file:
        raw = file.read(LOOKED_AT)
    raw = raw[: raw.rfind(b"\n") + 1] if len(raw) == LOOKED_AT and not raw.startswith(UTF16) else raw
    if not raw.strip():
        raise FileRefused(Problem(path.name, None, "", "The file is empty; it must have a header and rows."))
    found, why = (encoding, "You said so.") if encoding else _encoding(raw, path.name)
    text = _decoded(raw, found or "latin-1", path.name)
    sign, reason = (delimiter, "You said so.") if delimiter else _delimiter(text)
    rows = tuple(islice(_cells(text, sign or ";"), ROWS_LOOKED_AT))
    return _with_header(path.name, found, sign, rows, (("encoding", why), ("delimiter", reason)))


def _with_header(
    source: str, encoding: str | None, delimiter: str | None, rows: tuple[tuple[int, list[str]], ...],
    evidence: tuple[tuple[str, str], ...], *, is_sheet: bool = False,
) -> Look:  # fmt: skip
    """The header is the row among the first that has most names of columns we know; else the first."""
    known = [
        (len({name_key(cell) for cell in cells} & ALL_KEYS), -place)
        for place, (_, cells) in enumerate(rows[:HEADER_WITHIN])
    ]
    score, place = max(known)
    line, cells = rows[-place if score else 0]
    told = f"Line {line} is the header: {score} of its {len(cells)} names are known."
    header = tuple(map(tidy, cells))
    width = len(header)
    body = tuple(
        (at, tuple((row + [""] * width)[:width]))
        for at, row in rows
        if at > line and any(cell.strip() for cell in row) and tuple(map(tidy, row)) != header
    )
    return Look(source, encoding, delimiter, line, header, body, (*evidence, ("header", told)), is_sheet)


def _encoding(raw: bytes, source: str) -> tuple[str | None, str]:
    if raw.startswith(UTF16):
        return "utf-16", "Its first bytes are the mark of UTF-16."
    if b"\0" in raw:
        raise FileRefused(
            Problem(source, raw[: raw.index(b"\0")].count(b"\n") + 1, "", "The line holds a NUL byte; this is no text.")
        )
    if raw.startswith(codecs.BOM_UTF8):
        return "utf-8", "Its first bytes are the mark of UTF-8."
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        byte = f"byte 0x{raw[error.start]:02X} on line {line}"
        odd = ODD_IN_CP1252.search(raw)
        if odd or _undefined(raw):
            return None, f"It is not UTF-8 ({byte}) and has bytes that Windows programs do not write; say --encoding."
        letter = raw[error.start : error.start + 1].decode("cp1252", "replace")
        return "cp1252", f"It is not UTF-8: {byte} is “{letter}” in cp1252, which Windows programs write."
    plain = raw.isascii()
    return "utf-8", "All of it is ASCII, which every encoding reads alike." if plain else "All of it reads as UTF-8."


def _undefined(raw: bytes) -> bool:
    return any(byte in raw for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))


def _decoded(raw: bytes, encoding: str, source: str) -> str:
    try:
        return raw.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise FileRefused(Problem(source, None, "", f"The file cannot be read as {encoding}: {error}.")) from error


def _cells(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    lines = text.splitlines(keepends=True)
    reader, start = csv.reader((line[:LONGEST_LINE] for line in lines), delimiter=delimiter), 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield start, cells
        start = reader.line_num + 1


def _delimiter(text: str) -> tuple[str | None, str]:
    """The sign that cuts most of the first rows into equally many cells, at least two."""
    head = "\n".join(text[:400_000].splitlines()[:300])
    found: list[tuple[int, int, str]] = []
    for sign in DELIMITERS:
        widths = Counter(len(cells) for _, cells in _cells(head, sign) if len(cells) > 1)
        if widths:
            width, rows = widths.most_common(1)[0]
            found.append((rows, width, sign))
    if not found:
        return None, "No line has several cells; say --delimiter."
    found.sort(reverse=True)
    rows, width, sign = found[0]
    if len(found) > 1 and found[1][0] == rows:
        widest = max(found[:2], key=lambda each: each[1])
        if found[0][1] == found[1][1]:
            return None, f"{SHOWN[sign]} and {SHOWN[found[1][2]]} both cut {rows} lines alike; say --delimiter."
        rows, width, sign = widest
    return sign, f"{SHOWN[sign]} cuts {rows} of the first lines into {width} cells."
