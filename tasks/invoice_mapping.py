"""How the columns of another program's file become our records: a mapping, written in TOML."""

import codecs
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from policies.problems import Problem
from tasks.cell_values import DateOrder, Numerals
from tasks.mapping_check import mapping_problems

SHIPPED = Path(__file__).parent / "mappings"


class RecordKind(StrEnum):
    """What a file can hold."""

    INVOICES = "invoices"
    PAYMENTS = "payments"
    CUSTOMERS = "customers"
    HISTORY = "history"


DEFAULTS: dict[RecordKind, str] = {
    RecordKind.INVOICES: "relance",
    RecordKind.PAYMENTS: "relance-payments",
    RecordKind.CUSTOMERS: "relance-customers",
    RecordKind.HISTORY: "relance-history",
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
    path = SHIPPED / f"{name_or_path}.toml" if str(name_or_path) in shipped() else Path(name_or_path)
    source = path.name
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join(shipped())
        return [
            Problem(str(name_or_path), None, "", f"There is no mapping and no file of this name; known are {known}.")
        ]
    except (OSError, UnicodeDecodeError) as error:
        return [Problem(source, None, "", f"The mapping cannot be read: {error}.")]
    except tomllib.TOMLDecodeError as error:
        return [Problem(source, None, "", f"The mapping is not well-formed TOML: {error}.")]
    problems = [Problem(source, None, key, reason) for key, reason in mapping_problems(table)]
    return problems or _mapping(path.stem, table)


def _mapping(name: str, table: dict[str, Any]) -> Mapping:
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
        columns=table["columns"],
        optional=frozenset(table.get("optional", ())),
        constants=table.get("constants", {}),
        integer_ids=frozenset(table.get("integer_ids", ())),
        only_where={column: tuple(values) for column, values in table.get("only_where", {}).items()},
        negative_is_credit_note=table.get("negative_is_credit_note", False),
    )
