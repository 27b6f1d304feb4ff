"""A table for whoever opens it in a spreadsheet: CSV in UTF-8 with its mark, in which no text from outside is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at the head of a cell (OWASP, CSV injection)."""


def spreadsheet(heads: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ",") -> bytes:
    """The file. Text from outside must have gone through `safe_cell`."""
    made = io.StringIO()
    table = csv.writer(made, delimiter=delimiter, lineterminator="\r\n")
    table.writerow(heads)
    table.writerows(rows)
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def safe_cell(said: str) -> str:
    """Text as it may stand in a cell: what looks like a formula is shown as text."""
    return f"'{said}" if said.startswith(FORMULA) else said
