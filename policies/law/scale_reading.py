"""Reading the scales of flat sums: bands, slices and pieces, row by row."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from policies.law.written import Page
from policies.rates.rate_cells import percent
from policies.toml_amounts import amount
from policies.toml_values import Wrong, shown

BAND_KEYS, SLICE_KEYS, PIECE_KEYS = ("below", "sum"), ("width", "percent"), ("up_to", "base", "percent", "over")
Row = dict[str, object]
R = TypeVar("R", bound=tuple[Any, ...])
Bands = tuple[tuple[int | None, int], ...]
Slices = tuple[tuple[int | None, Decimal], ...]
Pieces = tuple[tuple[int | None, int, Decimal, int], ...]


def bands(page: Page) -> Callable[[object], Bands]:
    """Rows { below, sum }: the sum for a debt below the limit, which rises from row to row."""
    return lambda value: _rising(_rows(value, page, BAND_KEYS, _band))


def slices(page: Page) -> Callable[[object], Slices]:
    """Rows { width, percent }: so much of the first part of the debt, so much of the next."""
    return lambda value: _rows(value, page, SLICE_KEYS, _slice)


def pieces(page: Page) -> Callable[[object], Pieces]:
    """Rows { up_to, base, percent, over }: a base and a percentage of what is over, up to a limit that rises."""
    return lambda value: _rising(_rows(value, page, PIECE_KEYS, _piece))


def _rows(value: object, page: Page, known: tuple[str, ...], read: Callable[[Row, Page], R]) -> tuple[R, ...]:
    """Rows of a scale; the last one has no upper limit, all others have one."""
    if not isinstance(value, list) or not value or not all(isinstance(row, dict) for row in value):
        raise Wrong(f"{shown(value)} is not a scale; write rows such as {{ below = …, sum = … }}.")
    for row in value:
        if other := next((key for key in row if key not in known), None):
            raise Wrong(f"The key {other} of a row is unknown; known here: {', '.join(known)}.")
    found = tuple(read(row, page) for row in value)
    if found[-1][0] is not None or any(row[0] is None for row in found[:-1]):
        raise Wrong("The last row of a scale has no upper limit, all others have one.")
    return found


def _rising(rows: tuple[R, ...]) -> tuple[R, ...]:
    """Rows whose upper limits rise."""
    limits = [row[0] for row in rows[:-1]]
    if any(after <= before for before, after in pairwise(limits)):
        raise Wrong("The rows of a scale stand in the order of their upper limits.")
    return rows


def _band(row: Row, page: Page) -> tuple[int | None, int]:
    return _limit(row, "below", page), amount(page.currency, row.get("sum"))


def _slice(row: Row, page: Page) -> tuple[int | None, Decimal]:
    return _limit(row, "width", page), percent(row.get("percent"))


def _piece(row: Row, page: Page) -> tuple[int | None, int, Decimal, int]:
    over = amount(page.currency, row["over"]) if "over" in row else 0
    return _limit(row, "up_to", page), amount(page.currency, row.get("base")), percent(row.get("percent", "0")), over


def _limit(row: Row, key: str, page: Page) -> int | None:
    return amount(page.currency, row[key]) if key in row else None
