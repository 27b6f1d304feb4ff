"""Reading the rules of a law file on interest and flat sums."""

from collections.abc import Callable
from decimal import Decimal

from policies.interest.day_count import DayCount
from policies.law.claim_rules import FlatRule, InterestRule, Moves, Starts
from policies.law.scale_reading import bands, pieces, slices
from policies.law.written import WHERE_KEYS, Page, read_amount, read_percent, read_where
from policies.rates.rate_cells import day
from policies.toml_table import Table
from policies.toml_values import Wrong, flag, identifier, one_of, shown, text

INTEREST_KEYS = (
    *WHERE_KEYS, "moves", "starts", "series", "points", "fixed", "round_up_to", "floor_series", "floor_times",
    "cap_series", "cap_points", "cap_round_up_to", "needs_terms", "day_count", "changed_on", "points_before",
)  # fmt: skip
FLAT_KEYS = (
    *WHERE_KEYS, "per", "amount", "bands", "slices", "pieces", "least", "most", "needs_terms", "only_agreed", "needs", "since",
)  # fmt: skip
PER = ("invoice", "debt", "instalment")
NEEDS = ("free_reminder", "fourteen_day_letter")
ZERO = Decimal(0)


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
        day_count=table.take("day_count", one_of(DayCount), DayCount.ACTUAL_365),
        changed_on=table.take("changed_on", day, None),
        points_before=read_percent(table, "points_before") or ZERO,
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
        bands=table.take("bands", bands(page), ()),
        slices=table.take("slices", slices(page), ()),
        pieces=table.take("pieces", pieces(page), ()),
        least=read_amount(table, "least", page) or 0,
        most=read_amount(table, "most", page),
        needs_terms=table.take("needs_terms", flag, False),
        only_agreed=table.take("only_agreed", flag, False),
        needs=table.take("needs", _one(NEEDS), ""),
        since=table.take("since", day, None),
    )
    ways = sum(key in table.values for key in ("amount", "bands", "slices", "pieces"))
    if ways != 1 and not (ways == 0 and (rule.needs_terms or rule.only_agreed)):
        table.note("amount", "Give an amount, or bands, or slices, or pieces: one of the four.")
    return rule


def _one(known: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if text(value) not in known:
            raise Wrong(f"{shown(value)} is unknown; use one of {', '.join(known)}.")
        return str(value)

    return read
