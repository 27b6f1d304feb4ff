"""What the text of a sheet's part shows before its cells are read: merged ranges, and whether there are formulas."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils.cell import range_boundaries

MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """`merged`: per first row of a range over several rows, its left column (from 0) and last row."""

    merged: Mapping[int, Sequence[tuple[int, int]]]
    has_formulas: bool


def marks_of(path: Path, part: str) -> SheetMarks:
    """The marks of the sheet in this part of the archive."""
    found: dict[bytes, None] = {}
    has_formulas, before = False, b""
    with zipfile.ZipFile(path) as book, book.open(part.lstrip("/")) as opened:
        while piece := opened.read(PIECE):
            text = before + piece
            found |= dict.fromkeys(MERGE.findall(text))
            has_formulas = has_formulas or FORMULA.search(text) is not None
            before = text[-200:]
    merged: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for each in found:
        left, top, _, bottom = range_boundaries(each.decode())
        if left and top and bottom and bottom > top:
            merged[top].append((left - 1, bottom))
    return SheetMarks(merged, has_formulas)
