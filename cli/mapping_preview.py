"""What each known mapping would make of a file, for `import map`."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cli.printing import print_table
from cli.refusal import Refusal
from tasks.invoice_mapping import Mapping, RecordKind, load_mapping, shipped
from tasks.read_customers import read_customers
from tasks.read_history import read_history
from tasks.read_invoices import read_invoices
from tasks.read_payments import read_payments
from tasks.reading import Reading

ROWS = 3
SNIFFED = 64 * 1024
WIDEST = 24
"""Characters of a cell shown."""

READERS: dict[RecordKind, Callable[[Path, Mapping], Reading[Any]]] = {
    RecordKind.INVOICES: read_invoices,
    RecordKind.PAYMENTS: read_payments,
    RecordKind.CUSTOMERS: read_customers,
    RecordKind.HISTORY: read_history,
}


def top_of(file: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the first rows, read with the separator that the header uses most. For eyes only."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(SNIFFED)
    except OSError as problem:
        raise Refusal(f"{file} cannot be read: {problem.strerror}.") from problem
    text = raw.decode("utf-8-sig", "replace")
    lines = text.splitlines()[: ROWS + 1]
    if not lines:
        raise Refusal(f"{file} is empty: it must have a header and rows.")
    delimiter = max(",;\t|", key=lines[0].count)
    rows = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter)]
    return rows[0], rows[1:]


def previews(file: Path) -> list[dict[str, Any]]:
    """Per shipped mapping and kind of record: how many rows it reads, how many it could not, and why."""
    found = []
    for name in shipped():
        mapping = load_mapping(name)
        if isinstance(mapping, Mapping):
            found += [_preview(file, mapping, kind) for kind in mapping.layouts]
    return sorted(found, key=lambda one: (-one["usable"], one["mapping"]))


def _preview(file: Path, mapping: Mapping, kind: RecordKind) -> dict[str, Any]:
    reading = READERS[kind](file, mapping)
    first: Any = reading.records[0] if reading.records else None
    return {
        "mapping": mapping.name,
        "kind": kind.value,
        "read": reading.read,
        "usable": len(reading.records),
        "problems": len(reading.problems),
        "refused": reading.refused,
        "why": reading.problems[0].reason if reading.problems else "",
        "first": first.shown() if first is not None else None,
    }


def print_previews(header: list[str], rows: list[list[str]], found: list[dict[str, Any]]) -> None:
    """The same for people."""
    width = len(header)
    shown = [[cell[:WIDEST] for cell in (row + [""] * width)[:width]] for row in rows]
    examples = [[name[:WIDEST], *(row[place] for row in shown)] for place, name in enumerate(header)]
    print_table(["Column", *(f"Row {number}" for number in range(1, len(rows) + 1))], examples, "No columns.")
    print()
    lines = [(one["mapping"], one["kind"], one["usable"], one["problems"], one["why"][:100]) for one in found]
    print_table(["Mapping", "Kind", "Usable", "Problems", "Why"], lines, "No mapping is known.")
