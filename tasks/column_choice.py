"""Which column of a table is which of our fields, by what programs call them; a person may say it instead."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.header_names import folded, name_key
from tasks.header_words import BUCKETS, KEYS
from tasks.invoice_mapping import TAKEN_IN, RecordKind

SPAN = re.compile(r"(?:de )?\d{1,3} (?:a |bis |to |tot |days |j )?\d{1,3}(?: (?:j|jours|days|tage|dagen|dias|giorni))?")
"""A folded span of days, such as `0 30` or `31 a 60 jours`."""
MONEY = ("amount", "debit", "credit", "balance")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Our field -> the column, and the fields for which two columns are called alike."""

    columns: Mapping[str, str]
    doubtful: Mapping[str, tuple[str, ...]]


def choose_columns(header: Sequence[str], kind: RecordKind, said: Mapping[str, str]) -> Chosen:
    """For each field the column whose name fits best; each column serves once. `said` comes from a person."""
    by_name: dict[str, list[str]] = {}
    for name in header:
        by_name.setdefault(name_key(name), []).append(name)
    taken, doubtful = set(said.values()), {}
    columns = {name: column for name, column in said.items() if column}
    ranked = sorted(
        (rank, place, field, word)
        for place, (field, words) in enumerate(KEYS[kind].items())
        for rank, word in enumerate(words)
        if word in by_name and field not in said
    )
    for _, _, field, word in ranked:
        free = [name for name in by_name[word] if name not in taken]
        if field in columns or not free:
            continue
        if len(free) > 1:
            doubtful[field] = tuple(free)
        columns[field] = free[0]
        taken.add(free[0])
    return Chosen(_settled(columns, said), doubtful)


def _settled(columns: dict[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """An amount in one column makes two columns of debit and credit needless, unless a side goes with it."""
    if "amount" in columns and "amount" not in said and {"debit", "credit"} <= columns.keys():
        del columns["amount"]
        columns.pop("side", None)
    if "side" in columns and "amount" not in columns:
        if "balance" in columns and not {"debit", "credit"} & columns.keys():
            columns["amount"] = columns.pop("balance")  # what is open, with the side it stands on
        else:
            del columns["side"]
    return columns


def likely_kind(header: Sequence[str]) -> RecordKind | None:
    """What the table holds; None where it may be several things."""
    chosen = {kind: choose_columns(header, kind, {}).columns.keys() for kind in TAKEN_IN}
    has_money = {kind: any(name in fields for name in MONEY) for kind, fields in chosen.items()}
    invoices, payments, customers = (chosen[kind] for kind in TAKEN_IN)
    if has_money[RecordKind.INVOICES] and {"number", "due"} <= invoices:
        return RecordKind.INVOICES
    if has_money[RecordKind.PAYMENTS] and payments & {"booked", "value_date"} and payments & {"text", "counterparty"}:
        return RecordKind.PAYMENTS
    if (
        not has_money[RecordKind.PAYMENTS]
        and not payments & {"booked", "value_date"}
        and {"number", "name"} <= customers
    ):
        return RecordKind.CUSTOMERS
    return None


def is_aged_balance(header: Sequence[str]) -> bool:
    """Whether the table has sums per customer and age, and no single invoice: nothing can be collected by it."""
    names = [folded(name) for name in header]
    spans = [name for name in names if SPAN.fullmatch(name) or any(name.startswith(word) for word in BUCKETS)]
    return len(spans) >= 2 and "due" not in choose_columns(header, RecordKind.INVOICES, {}).columns
