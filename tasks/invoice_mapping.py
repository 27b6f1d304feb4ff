"""How the columns of another program's file become our records: a mapping, written in TOML."""

import codecs
import os
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from policies.problems import Problem
from tasks.cell_values import DateOrder, Numerals
from tasks.header_names import folded, tidy
from tasks.mapping_check import mapping_problems

SHIPPED = Path(__file__).parent / "mappings"


class RecordKind(StrEnum):
    """What a file can hold."""

    INVOICES = "invoices"
    PAYMENTS = "payments"
    CUSTOMERS = "customers"


DEFAULTS: dict[RecordKind, str] = {
    RecordKind.INVOICES: "relance",
    RecordKind.PAYMENTS: "relance-payments",
    RecordKind.CUSTOMERS: "relance-customers",
}
"""The mapping taken when none is named: our own plain layouts."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of record in the file."""

    columns: Table[str, str]
    """Our field -> the file's column."""
    optional: frozenset[str] = frozenset()
    """Fields whose column may be missing from the file."""
    constants: Table[str, str] = field(default_factory=dict)
    """Our field -> what it is where the file does not say."""
    integer_ids: frozenset[str] = frozenset()
    """Fields that are whole numbers written with decimals (`1930571429.0`)."""
    only_where: Table[str, tuple[str, ...]] = field(default_factory=dict)
    """The file's column -> the values of the rows that count; others are left out without a word."""
    negative_is_credit_note: bool = False
    total_rows: tuple[str, ...] = ()
    """Words (folded) by which rows of totals begin; they are left out where they have no number of their own."""
    sides: Table[str, str] = field(default_factory=dict)
    """What the column `side` says (folded) -> `debit` or `credit`."""
    kinds: Table[str, str] = field(default_factory=dict)
    """What the column `kind` says (folded) -> `invoice` or `credit_note`, besides the words we know."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read a file: everything that looks alike but means another thing is declared here."""

    name: str
    title: str
    encoding: str
    delimiter: str
    order: DateOrder
    numerals: Numerals
    layouts: Table[RecordKind, Layout]
    list_separator: str = " "
    """Between several invoice numbers in one cell."""


def shipped() -> tuple[str, ...]:
    """Names of the mappings that come with the program."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def load_mapping(name_or_path: str | Path) -> Mapping | list[Problem]:
    """A mapping by its name, or from a file of your own; else everything that is wrong with it."""
    path = _place(str(name_or_path))
    source = path.name
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join((*shipped(), *own_names()))
        return [
            Problem(str(name_or_path), None, "", f"There is no mapping and no file of this name; known are {known}.")
        ]
    except (OSError, UnicodeDecodeError) as error:
        return [Problem(source, None, "", f"The mapping cannot be read: {error}.")]
    except tomllib.TOMLDecodeError as error:
        return [Problem(source, None, "", f"The mapping is not well-formed TOML: {error}.")]
    problems = [Problem(source, None, key, reason) for key, reason in mapping_problems(table)]
    return problems or mapping_of(path.stem, table)


def own_folder() -> Path:
    """Where mappings of your own stand: `mappings` in RELANCE_HOME, or in `var` of the checkout without it."""
    home = os.environ.get("RELANCE_HOME", "").strip()
    return (Path(home).expanduser() if home else SHIPPED.parents[1] / "var") / "mappings"


def own_names() -> tuple[str, ...]:
    """Names of the mappings of your own."""
    return tuple(sorted(path.stem for path in own_folder().glob("*.toml")))


def _place(name_or_path: str) -> Path:
    if name_or_path in shipped():
        return SHIPPED / f"{name_or_path}.toml"
    return own_folder() / f"{name_or_path}.toml" if name_or_path in own_names() else Path(name_or_path)


def mapping_of(name: str, table: dict[str, Any]) -> Mapping:
    """The mapping a table without problems says."""
    file, values = table["file"], table["values"]
    return Mapping(
        name=name,
        title=table["title"],
        encoding=codecs.lookup(file["encoding"]).name,
        delimiter=file["delimiter"],
        order=DateOrder(values["date_order"]),
        numerals=Numerals(values["decimal"], values["thousands"]),
        layouts={kind: _layout(table[kind.value]) for kind in RecordKind if kind.value in table},
        list_separator=values.get("list_separator", " "),
    )


def _layout(table: dict[str, Any]) -> Layout:
    return Layout(
        columns={field: tidy(name) for field, name in table["columns"].items()},
        optional=frozenset(table.get("optional", ())),
        constants=table.get("constants", {}),
        integer_ids=frozenset(table.get("integer_ids", ())),
        only_where={tidy(column): tuple(values) for column, values in table.get("only_where", {}).items()},
        negative_is_credit_note=table.get("negative_is_credit_note", False),
        total_rows=tuple(folded(word) for word in table.get("total_rows", ())),
        sides={folded(word): side for word, side in table.get("sides", {}).items()},
        kinds={folded(word): kind for word, kind in table.get("kinds", {}).items()},
    )
