"""What a command answers: a table for people, or JSON for other programs."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from policies.money import plain

RIGHT = frozenset(
    {
        "Amount",
        "Open",
        "Left",
        "Total",
        "Count",
        "Demanded",
        "Cost",
        "Days",
        "Percent",
        "Principal",
        "Interest",
        "Answers",
        "Customers",
        "Invoices",
    }
)
"""Columns of figures stand to the right."""


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_as_json))


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def fields_of(value: Any, amounts: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A dataclass by field name; `amounts` are fields in minor units, printed in the currency of the field named."""
    assert is_dataclass(value), "values handed out by storage are dataclasses"
    shown = {one.name: getattr(value, one.name) for one in fields(value)}
    for name, currency in (amounts or {}).items():
        shown[name] = plain(shown[name], shown[currency])
    return {name: list(each) if isinstance(each, tuple) else each for name, each in shown.items()}


def print_table(headers: Sequence[str], rows: Sequence[Sequence[object]], empty: str) -> None:
    """Aligned columns; `empty` is the sentence where there is nothing to show."""
    print_aligned(headers, rows, {place for place, header in enumerate(headers) if header in RIGHT}, empty)


def print_aligned(
    headers: Sequence[str], rows: Sequence[Sequence[object]], figures: Collection[int], empty: str
) -> None:
    """The same with the places of the columns that stand to the right."""
    if not rows:
        print(empty)
        return
    lines = [[_cell(value) for value in row] for row in (headers, *rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(headers))]
    for line in lines:
        aligned = [
            text.rjust(width) if place in figures else text.ljust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(aligned).rstrip())


def _cell(value: object) -> str:
    """Text of a cell: one line, without control characters a terminal would obey."""
    if value is None:
        return ""
    return "".join(letter if letter.isprintable() else " " for letter in str(value))


def clean(text: str) -> str:
    """A text of several lines without control characters a terminal would obey."""
    return "\n".join(_cell(line) for line in text.splitlines())


def money(minor: int, currency: str) -> str:
    """An amount with its currency: `1250.00 EUR`."""
    return f"{plain(minor, currency)} {currency}"
