"""Rows of a table (CSV or workbook), one at a time: under its header, which titles may precede."""

from collections.abc import Collection, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from policies.problems import Problem
from tasks.csv_cells import csv_cells
from tasks.file_refused import FileRefused
from tasks.header_names import folded, tidy
from tasks.header_words import BALANCES
from tasks.invoice_mapping import Layout, Mapping
from tasks.workbook_cells import is_workbook, workbook_cells

__all__ = ["FileRefused", "Row", "read_rows"]

HEADER_WITHIN = 30
"""Rows among which the header is looked for: reports have titles above it."""
MOST_ROWS = 250_000
"""Rows of one file: what follows from them must fit into memory."""
KEYS = ("number", "due", "booked", "value_date")
"""A row that says one of these is no row of totals, whatever else it says."""
MOVED = frozenset(("booked", "value_date"))
"""Fields of a movement: in a table of a bank a row that says it is a balance is none."""
SHEET_ERRORS = {
    "#NO-STORED-VALUE!": "The formula in this cell has no stored result: open the workbook in a spreadsheet program, save it.",
    "#FIGURES-LOST!": "Spreadsheets keep fifteen figures of a number, and this one has more: write the column as text.",
    "#MERGED!": "This number is merged over several rows; write in each row what it says of that row.",
} | dict.fromkeys(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"), "The cell holds an error of the spreadsheet."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: our fields with their text (stripped), the line it starts on, and what is wrong with its shape.

    `columns`: the fields of which the file has a column, whether this row fills it or not.
    """

    line: int
    values: dict[str, str]
    reason: str = ""
    columns: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and which cell is which of our fields."""

    line: int
    names: tuple[str, ...]
    places: Table[str, int]
    conditions: tuple[tuple[int, tuple[str, ...]], ...]


def read_rows(path: Path, mapping: Mapping, layout: Layout) -> Iterator[Row]:
    """The rows that count for `layout`; raises FileRefused where the file as a whole cannot be trusted."""
    source, is_sheet = path.name, is_workbook(path)
    if is_sheet:
        names = frozenset(layout.columns.values())
        cells_of = workbook_cells(path, names, mapping.order, mapping.numerals.decimal)
    else:
        cells_of = csv_cells(path, mapping)
    header, rest = _header(source, cells_of, mapping, layout)
    count = 0
    for line, cells in rest:
        if not cells or not any(cells) or not _counts(cells, header, layout, is_sheet):
            continue
        count += 1
        if count > MOST_ROWS:
            raise FileRefused(Problem(source, line, "", f"The file has more than {MOST_ROWS} rows; split it."))
        yield _row(line, cells, header, layout, is_sheet)


def _header(
    source: str, cells_of: Iterator[tuple[int, list[str]]], mapping: Mapping, layout: Layout
) -> tuple[Header, Iterator[tuple[int, list[str]]]]:
    """The first row that has every column needed and most of the others, else the first row; and the rows after it."""
    needed = {name for field, name in layout.columns.items() if field not in layout.optional}
    wanted = set(layout.columns.values())
    looked: list[tuple[int, list[str]]] = []
    best, most = 0, -1
    for line, cells in cells_of:
        names = set(map(tidy, cells))
        looked.append((line, cells))
        if needed <= names and len(wanted & names) > most:
            best, most = len(looked) - 1, len(wanted & names)
        if most == len(wanted) or len(looked) == HEADER_WITHIN:
            break
    if not looked:
        raise FileRefused(Problem(source, None, "", "The file is empty; it must have a header and rows."))
    line, cells = looked[best]
    return _placed(source, line, tuple(map(tidy, cells)), mapping, layout), chain(looked[best + 1 :], cells_of)


def _placed(source: str, line: int, names: tuple[str, ...], mapping: Mapping, layout: Layout) -> Header:
    if not any(names):
        raise FileRefused(Problem(source, line, "", "The first line must be a header with the names of the columns."))
    for name in {*layout.columns.values()}:
        if names.count(name) > 1:
            raise FileRefused(Problem(source, line, name, "Two columns have this name; rename one of them."))
    missing = [name for field, name in layout.columns.items() if name not in names and field not in layout.optional]
    missing = missing or ([] if set(names) & set(layout.columns.values()) else list(layout.columns.values()))
    if missing:
        raise FileRefused(Problem(source, line, ", ".join(missing), _missing(names, mapping)))
    for name in layout.only_where:
        if name not in names:
            raise FileRefused(Problem(source, line, name, "The mapping chooses rows by this column, which is missing."))
    return Header(
        line,
        names,
        {field: names.index(name) for field, name in layout.columns.items() if name in names},
        tuple((names.index(name), values) for name, values in layout.only_where.items()),
    )


def _missing(header: tuple[str, ...], mapping: Mapping) -> str:
    if len(header) == 1:
        other = next((sign for sign in ";\t,|" if sign in header[0]), "")
        hint = f"; it seems to use “{other}”" if other else ""
        declared = f"the mapping {mapping.name} declares the delimiter “{mapping.delimiter}”"
        return f"The header is a single cell: {declared}{hint}."
    present = ", ".join(header[:40])
    return (
        f"The mapping {mapping.name} needs these columns and the file has others ({present}); choose another mapping, "
        "or let `import map` propose one."
    )


def _counts(cells: list[str], header: Header, layout: Layout, is_sheet: bool) -> bool:
    """Whether the row is one of the table: not a header repeated on each page, a sub-total, or one left out.

    A sheet ends a row at its last filled cell, the rest is empty; a line of text that ends early is damaged and told.
    """
    for place, values in header.conditions:
        if place >= len(cells) and not is_sheet:
            continue
        if (cells[place].strip() if place < len(cells) else "") not in values:
            return False
    places = header.places.values()
    if all(place < len(cells) and tidy(cells[place]) == header.names[place] for place in places):
        return False
    if not layout.total_rows:
        return True
    if layout.columns.keys() & MOVED and any(folded(cell) in BALANCES for cell in cells):
        return False
    said = [cells[header.places[name]].strip() for name in KEYS if header.places.get(name, len(cells)) < len(cells)]
    if any(cell and not _is_total(cell, layout) for cell in said):
        return True
    return not any(_is_total(cell, layout) for cell in cells)


def _is_total(cell: str, layout: Layout) -> bool:
    bare = folded(cell)
    return bool(bare) and any(bare == word or bare.startswith(f"{word} ") for word in layout.total_rows)


def _row(line: int, cells: list[str], header: Header, layout: Layout, is_sheet: bool) -> Row:
    width = len(header.names)
    if is_sheet:
        cells += [""] * (width - len(cells))
    elif len(cells) != width:
        reason = (
            f"The row has {len(cells)} cells where the header has {width}; put quotes around texts with a delimiter."
        )
        return Row(line, {}, reason)
    values = dict(layout.constants)
    for field, place in header.places.items():
        if text := cells[place].strip():
            if text[0] == "#" and text in SHEET_ERRORS:
                return Row(line, {}, f"{header.names[place]}: {SHEET_ERRORS[text]}")
            values[field] = text
    return Row(line, values, columns=header.places.keys())
