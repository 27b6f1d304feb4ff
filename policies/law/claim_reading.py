"""Reading the rules of a law file on interest and flat sums."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from policies.law.claim_rules import FlatRule, InterestRule, Moves, Starts
from policies.law.written import WHERE_KEYS, Page, read_amount, read_percent, read_where
from policies.rates.rate_cells import percent
from policies.toml_amounts import amount
from policies.toml_table import Table
from policies.toml_values import Wrong, flag, identifier, one_of, shown, text, whole

INTEREST_KEYS = (
    *WHERE_KEYS, "moves", "starts", "series", "points", "fixed", "round_up_to", "floor_series", "floor_times",
    "cap_series", "cap_points", "cap_round_up_to", "needs_terms", "year",
)  # fmt: skip
FLAT_KEYS = (
    *WHERE_KEYS, "per", "amount", "bands", "slices", "pieces", "least", "most", "needs_terms", "needs",
)  # fmt: skip
PER = ("invoice", "debt", "instalment")
NEEDS = ("free_reminder", "fourteen_day_letter")
ZERO = Decimal(0)
Row = dict[str, object]
R = TypeVar("R", bound=tuple[Any, ...])


def read_interest(table: Table, page: Page) -> InterestRule:
    """One `[[interest]]`."""
    table.refuse_others(INTEREST_KEYS)
    rule = InterestRule(
        moves=table.take("moves", one_of(Moves), Moves.SEMESTER),
        starts=table.take("starts", one_of(Starts), Starts.DUE),
        where=read_where(table, page),
        series=table.take("series", identifier, ""),
        points=read_percent(table, "points") or ZERO,
        fixed=read_percent(table, "fixed"),
        round_up_to=read_percent(table, "round_up_to"),
        floor_series=table.take("floor_series", identifier, ""),
        floor_times=read_percent(table, "floor_times") or ZERO,
        cap_series=table.take("cap_series", identifier, ""),
        cap_points=read_percent(table, "cap_points") or ZERO,
        cap_round_up_to=read_percent(table, "cap_round_up_to"),
        needs_terms=table.take("needs_terms", flag, False),
        year=table.take("year", whole(360, 366), 365),
    )
    if bool(rule.series) + (rule.fixed is not None) + rule.needs_terms != 1:
        table.note("series", "Name a series, or a fixed percentage, or say needs_terms = true: one of the three.")
    return rule


def read_flat(table: Table, page: Page) -> FlatRule:
    """One `[[flat]]`."""
    table.refuse_others(FLAT_KEYS)
    rule = FlatRule(
        per=table.require("per", _one(PER), "invoice"),
        currency=page.currency,
        where=read_where(table, page),
        amount=read_amount(table, "amount", page) or 0,
        bands=table.take("bands", lambda value: _rows(value, page, _band), ()),
        slices=table.take("slices", lambda value: _rows(value, page, _slice), ()),
        pieces=table.take("pieces", lambda value: _rows(value, page, _piece), ()),
        least=read_amount(table, "least", page) or 0,
        most=read_amount(table, "most", page),
        needs_terms=table.take("needs_terms", flag, False),
        needs=table.take("needs", _one(NEEDS), ""),
    )
    ways = sum(key in table.values for key in ("amount", "bands", "slices", "pieces"))
    if ways != 1 and not (ways == 0 and rule.needs_terms):
        table.note("amount", "Give an amount, or bands, or slices, or pieces: one of the four.")
    return rule


def _one(known: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if text(value) not in known:
            raise Wrong(f"{shown(value)} is unknown; use one of {', '.join(known)}.")
        return str(value)

    return read


def _rows(value: object, page: Page, read: Callable[[Row, Page], R]) -> tuple[R, ...]:
    """Rows of a scale; the last one has no upper limit, the others rise."""
    if not isinstance(value, list) or not value or not all(isinstance(row, dict) for row in value):
        raise Wrong(f"{shown(value)} is not a scale; write rows such as {{ below = …, sum = … }}.")
    found = tuple(read(row, page) for row in value)
    if found[-1][0] is not None or any(row[0] is None for row in found[:-1]):
        raise Wrong("The last row of a scale has no upper limit, all others have one.")
    return found


def _band(row: Row, page: Page) -> tuple[int | None, int]:
    return _limit(row, "below", page), amount(page.currency, row.get("sum"))


def _slice(row: Row, page: Page) -> tuple[int | None, Decimal]:
    return _limit(row, "width", page), percent(row.get("percent"))


def _piece(row: Row, page: Page) -> tuple[int | None, int, Decimal, int]:
    over = amount(page.currency, row["over"]) if "over" in row else 0
    return _limit(row, "up_to", page), amount(page.currency, row.get("base")), percent(row.get("percent", "0")), over


def _limit(row: Row, key: str, page: Page) -> int | None:
    return amount(page.currency, row[key]) if key in row else None
