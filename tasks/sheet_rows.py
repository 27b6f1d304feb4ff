"""The rows of the sheet that has the header, each cell as the text a person sees. Runs in a bounded process."""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from policies.problems import Problem
from tasks.cell_values import DateOrder
from tasks.file_refused import FileRefused
from tasks.header_names import folded
from tasks.sheet_marks import SheetMarks, marks_of

HEADER_WITHIN = 30
"""Rows of a sheet among which its header is looked for."""
FIRST_ROWS = 20
"""Rows below the header among which anything must stand for a sheet to hold something."""
WIDEST = 400
"""Columns read."""
UNREADABLE = "#NO-STORED-VALUE!"
"""Stands for a formula whose result the workbook does not hold."""
MERGED = "#MERGED!"
"""Stands for a number that is merged over several rows: of which of them it speaks nobody can tell."""
LOST = "#FIGURES-LOST!"
"""Stands for a number of which the spreadsheet has kept the first fifteen figures only."""
MOST_FIGURES = 10**15
REAL = "\u2060"
"""Behind dates and numbers that are no text, where a sheet is only looked at (a word joiner: nothing to see)."""
PATTERNS = {DateOrder.DMY: "%d/%m/%Y", DateOrder.MDY: "%m/%d/%Y", DateOrder.YMD: "%Y-%m-%d", DateOrder.YDM: "%Y-%d-%m"}


def sheet_rows(
    path: Path, names: frozenset[str], order: DateOrder | None, decimal: str
) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row that holds anything, of the sheet whose header has most of `names`.

    Without an order the sheet is only looked at: real dates and numbers are marked with REAL.
    """
    _refuse_entities(path)
    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    sheets: list[Any] = list(shown or book.worksheets)
    for each in sheets:
        each.reset_dimensions()  # what a writer says of it need not be true
    if not sheets:
        return
    headers = [_names_in(sheet, names) for sheet in sheets]
    header = max(headers, key=len)
    sheet = sheets[headers.index(header)]
    if len(header) > 1 and headers.count(header) > 1:
        _refuse_twins(path, [one for one, found in zip(sheets, headers, strict=True) if found == header], names)
    marks = marks_of(path, sheet._worksheet_path)  # noqa: SLF001  # the part of the archive has no other name
    held: dict[int, tuple[int, str]] = {}
    for line, (values, formulas) in enumerate(_both(path, sheet, marks), 1):
        cells = [_text(cell, order, decimal) for cell in values]
        for place in formulas:
            cells[place] = cells[place] or UNREADABLE
        _spread(cells, values, line, marks, held)
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield line, cells


def _both(path: Path, sheet: Any, marks: SheetMarks) -> Iterator[tuple[Sequence[Any], Sequence[int]]]:
    """The cells of each row, and the places of those that are formulas."""
    if not marks.has_formulas:
        for row in sheet.iter_rows(max_col=WIDEST):
            yield row, ()
        return
    written = load_workbook(path, read_only=True, keep_links=False)[sheet.title]
    written.reset_dimensions()
    for row, texts in zip(sheet.iter_rows(max_col=WIDEST), written.iter_rows(max_col=WIDEST), strict=True):
        yield row, [place for place, cell in enumerate(texts) if cell.data_type == "f"]


def _names_in(sheet: Any, names: frozenset[str]) -> frozenset[str]:
    """Which of the names the best of the first rows has."""
    return max((row & names for row in _first_rows(sheet, HEADER_WITHIN)), key=len, default=frozenset())


def _first_rows(sheet: Any, count: int) -> Iterator[frozenset[str]]:
    """The folded texts of each of the first rows."""
    for row in islice(sheet.iter_rows(max_col=WIDEST, values_only=True), count):
        yield frozenset(folded(str(cell)) for cell in row if cell is not None)


def _refuse_twins(path: Path, sheets: Sequence[Any], names: frozenset[str]) -> None:
    """Sheets with one header may be months of one list or copies of it: which of them count is not guessed."""
    filled = [sheet.title for sheet in sheets if _has_rows(sheet, names)]
    if len(filled) > 1:
        told = ", ".join(filled[:10])
        reason = (
            f"Several sheets have the columns that are wanted ({told}): save each that counts as a workbook of its own."
        )
        raise FileRefused(Problem(path.name, None, "", reason))


def _has_rows(sheet: Any, names: frozenset[str]) -> bool:
    """Whether anything stands below the header."""
    found = list(_first_rows(sheet, HEADER_WITHIN + FIRST_ROWS))
    header = max(range(len(found)), key=lambda place: (len(found[place] & names), -place))
    return any(found[header + 1 :])


def _text(cell: Any, order: DateOrder | None, decimal: str) -> str:
    """What the cell says: dates in the declared order, numbers with the declared decimal sign."""
    real, pattern = REAL if order is None else "", PATTERNS[order or DateOrder.YMD]
    match cell.value:
        case None:
            text = ""
        case str(value):
            text = value.strip()
        case bool(value):
            text = "true" if value else "false"
        case datetime() as value:
            text = value.strftime(pattern) + ("" if value.time() == time() else value.strftime(" %H:%M:%S")) + real
        case date() as value:
            text = value.strftime(pattern) + real
        case int(value):
            text = _shown(str(value), cell, decimal) + real
        case float(value):  # fifteen digits, as spreadsheets keep them: 0.1 + 0.2 is 0.3
            text = _shown(format(Decimal(format(value, ".15g")), "f"), cell, decimal) + real
        case value:
            text = str(value)
    return text


def _shown(plain: str, cell: Any, decimal: str) -> str:
    """With the declared decimal sign; a format of zeros (`00000`) keeps its zeros."""
    if abs(cell.value) >= MOST_FIGURES:
        return LOST
    shown_as = str(getattr(cell, "number_format", ""))
    if shown_as and not shown_as.strip("0") and plain.isdigit():
        return plain.zfill(len(shown_as))
    return plain.replace(".", decimal)


def _spread(
    cells: list[str], values: Sequence[Any], line: int, marks: SheetMarks, held: dict[int, tuple[int, str]]
) -> None:
    """Text merged over several rows stands in each of them; `held`: per column until which row, and what."""
    for left, bottom in marks.merged.get(line, ()):
        if left < len(cells) and cells[left]:
            cells[left] = MERGED if isinstance(values[left].value, int | float) else cells[left]
            held[left] = (bottom, cells[left])
    for place, (until, says) in list(held.items()):
        if line > until:
            del held[place]
        else:
            cells.extend("" for _ in range(place + 1 - len(cells)))
            cells[place] = cells[place] or says


def _refuse_entities(path: Path) -> None:
    """No part of a workbook declares entities; one that does is hostile."""
    with zipfile.ZipFile(path) as book:
        for part in book.infolist():
            if part.filename.endswith((".xml", ".rels")):
                with book.open(part) as opened:
                    head = opened.read(2048)
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    reason = f"The part {part.filename} of the workbook declares entities; no spreadsheet writes them."
                    raise FileRefused(Problem(path.name, None, "", reason))
