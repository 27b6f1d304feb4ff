"""Rows a mapping leaves out by a column, the same in text and in a workbook."""

from dataclasses import replace
from pathlib import Path

import pytest

from tasks.read_invoices import read_invoices
from tests.tasks.test_workbooks import HEAD, book, mapping

OPEN = ["FA-1", "C1", "Dupont", "2025-12-03", "EUR", "10", "open"]
UNSAID = ["FA-2", "C1", "Dupont", "2025-12-03", "EUR", "20", ""]


def read(path: Path, *values: str) -> list[str]:
    known = mapping()
    layouts = {kind: replace(layout, only_where={"State": values}) for kind, layout in known.layouts.items()}
    return [one.number for one in read_invoices(path, replace(known, layouts=layouts)).records]


@pytest.mark.parametrize(("values", "numbers"), [(("open",), ["FA-1"]), (("open", ""), ["FA-1", "FA-2"])])
def test_an_empty_last_cell_is_empty_in_a_workbook_too(
    values: tuple[str, ...], numbers: list[str], tmp_path: Path
) -> None:
    rows = [[*HEAD, "State"], OPEN, UNSAID]
    text = tmp_path / "rows.csv"
    text.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    assert read(text, *values) == numbers
    assert read(book(tmp_path, rows), *values) == numbers
