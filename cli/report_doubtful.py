"""`relance report doubtful`: the open items an accountant goes through, each with its reason; equal to the aged balance."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.at_work import at_work
from cli.new_file import write_new
from cli.printing import clean, money, print_json, print_table
from policies.money import plain
from tasks.spreadsheet_file import safe_cell, spreadsheet

if TYPE_CHECKING:
    from storage.doubtful import DoubtfulItem, DoubtfulReport

HEADS = ("customer", "name", "invoice", "currency", "net", "vat", "total", "open", "due", "days", "stage", "reason")
"""The columns of the CSV, and the keys of a row of the JSON."""


def report_doubtful(as_of: date | None, out: Path | None, *, as_json: bool) -> None:
    """Print the list of the day, or write it as CSV."""
    found = at_work(lambda: _read(as_of))
    if out is not None:
        cells = (
            [safe_cell("" if value is None else str(value)) for value in _row(one).values()] for one in found.items
        )
        write_new(out, spreadsheet(HEADS, cells, ";"))
        print(clean(f"{len(found.items)} doubtful items of {found.as_of} are in {out}."))
    elif as_json:
        print_json(doubtful_json(found))
    else:
        _print(found)


async def _read(as_of: date | None) -> "DoubtfulReport":
    from storage import clock
    from storage.doubtful import doubtful

    return await doubtful(as_of or (await clock.now()).date())


def doubtful_json(found: "DoubtfulReport") -> dict[str, Any]:
    """For other programs: amounts as strings with the currency's decimals; net and VAT null where they are not known."""
    return {
        "as_of": found.as_of,
        "items": [_row(one) for one in found.items],
        "totals": [
            {"currency": one.currency, "doubtful": plain(one.doubtful, one.currency), "others": plain(one.others, one.currency),
             "open": plain(one.open, one.currency)}
            for one in found.totals
        ],
    }  # fmt: skip


def _row(one: "DoubtfulItem") -> dict[str, Any]:
    amounts = {
        name: None if (minor := getattr(one, name)) is None else plain(minor, one.currency)
        for name in ("net", "vat", "total", "open")
    }
    return {name: amounts[name] if name in amounts else getattr(one, name) for name in HEADS}


def _print(found: "DoubtfulReport") -> None:
    rows = [
        (one.name, one.invoice, _amount(one.net, one.currency), _amount(one.vat, one.currency), money(one.total, one.currency),
         money(one.open, one.currency), one.days, one.stage.replace("_", " "), one.reason.value)
        for one in found.items
    ]  # fmt: skip
    heads = ("Customer", "Invoice", "Net", "VAT", "Total", "Open", "Days", "Stage", "Reason")
    print_table(heads, rows, f"Nothing was doubtful on {found.as_of}.")
    for one in found.totals:
        parts = [money(minor, one.currency) for minor in (one.doubtful, one.others, one.open)]
        print(f"\n{one.currency}: {parts[0]} doubtful, {parts[1]} other, {parts[2]} open as in the aged balance")


def _amount(minor: int | None, currency: str) -> str:
    return "not known" if minor is None else money(minor, currency)
