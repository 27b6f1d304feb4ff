"""What can be wrong with a mapping, each as a key and a sentence."""

import codecs
from collections.abc import Iterator
from typing import Any

from tasks.cell_values import DateOrder

Finding = tuple[str, str]

PARTY_FIELDS = frozenset({
    "backup", "company_number", "vat_number", "iban", "payment_method", "mandate", "payer", "payment_terms", "terms_days",
    "terms_month_end", "postal", "verified_on", "management_contact", "management_email", "management_phone",
    "management_postal", "registered_office_contact", "registered_office_email", "registered_office_phone",
    "registered_office_postal",
})  # fmt: skip

CUSTOMER_FIELDS = frozenset({"email", "phone", "country", "language", "owner", "salesperson"})

TERMS_FIELDS = frozenset(
    {
        "contract_rate",
        "contract_basis",
        "contract_flat",
        "contract_limitation_years",
        "terms_accepted_on",
        "terms_words",
    }
)

INSTRUMENT_FIELDS = frozenset({
    "payment_method", "instrument_on", "payer", "recipient", "assignee", "assignee_iban", "assignment_notice",
    "einvoice_status", "draft",
})  # fmt: skip

FIELDS: dict[str, frozenset[str]] = {
    "invoices": CUSTOMER_FIELDS
    | TERMS_FIELDS
    | {"number", "kind", "issued", "due", "currency", "amount", "prepaid", "customer_number", "customer_name"}
    | {"debit", "credit", "side", "balance", "discount", "discount_until"}
    | {"customer_kind", "iban", "reference", "seller", "buyer", "reached_stage", "reached_on", "document", "policy"}
    | INSTRUMENT_FIELDS,
    "payments": frozenset(
        {"account", "booked", "value_date", "amount", "currency", "reference", "end_to_end_id", "counterparty"}
        | {"iban", "text", "return_reason", "invoices", "debit", "credit", "side", "bank_reference", "mandate"}
    ),
    "customers": CUSTOMER_FIELDS
    | TERMS_FIELDS
    | PARTY_FIELDS
    | {
        "number",
        "name",
        "time_zone",
        "contact",
        "kind",
        "policy",
        "segment",
        "region",
        "credit_limit",
        "credit_currency",
        "orders_given",
        "orders_on",
        "contract_currency",
    },
    "history": frozenset(
        {"number", "customer_number", "issued", "due", "currency", "amount", "country", "region", "time_zone"}
        | {"customer_kind", "paid_on", "paid_amount", "disputed_from", "disputed_until"}
    ),
}
"""Every field a mapping may fill, by kind of record."""

NEEDED: dict[str, tuple[frozenset[str], ...]] = {
    "invoices": (
        *map(frozenset, ({"number"}, {"due"}, {"amount", "debit", "credit", "balance"}, {"currency"})),
        frozenset({"customer_number", "customer_name"}),
    ),
    "payments": tuple(map(frozenset, ({"booked", "value_date"}, {"amount", "debit", "credit"}, {"currency"}))),
    "customers": tuple(map(frozenset, ({"number"}, {"name"}))),
    "history": tuple(map(frozenset, ({"number"}, {"due"}, {"amount"}, {"currency"}, {"customer_number"}))),
}
"""Of each group at least one must be filled, by a column or a constant."""

TOP: dict[str, type] = {
    "title": str,
    "file": dict,
    "values": dict,
    "invoices": dict,
    "payments": dict,
    "customers": dict,
    "history": dict,
}
FILE: dict[str, type] = {"encoding": str, "delimiter": str}
VALUES: dict[str, type] = {"date_order": str, "decimal": str, "thousands": str, "list_separator": str}
LAYOUT: dict[str, type] = {
    "columns": dict, "optional": list, "constants": dict, "integer_ids": list, "only_where": dict,
    "negative_is_credit_note": bool, "lines_are_instalments": bool, "total_rows": list, "sides": dict, "kinds": dict,
}  # fmt: skip
KINDS: dict[type, str] = {str: "text", dict: "a table", list: "a list", bool: "true or false"}


def mapping_problems(table: dict[str, Any]) -> list[Finding]:
    """Everything wrong with a mapping, in the order of its keys."""
    shape = [
        *_shape("", table, TOP, ("title", "file", "values")),
        *_shape("file.", table.get("file"), FILE, tuple(FILE)),
        *_shape("values.", table.get("values"), VALUES, ("date_order", "decimal", "thousands")),
    ]
    if shape:
        return shape
    problems = [*_file_problems(table["file"]), *_value_problems(table["values"])]
    kinds = [kind for kind in FIELDS if kind in table]
    if not kinds:
        problems.append(("", "It maps nothing; add a table [invoices], [payments], [customers] or [history]."))
    for kind in kinds:
        problems += _layout_problems(kind, table[kind])
    return problems


def _shape(prefix: str, table: Any, known: dict[str, type], needed: tuple[str, ...]) -> Iterator[Finding]:
    if not isinstance(table, dict):
        return
    for key, value in table.items():
        if key not in known:
            yield f"{prefix}{key}", f"This key is not known; known are {', '.join(known)}."
        elif not isinstance(value, known[key]):
            yield f"{prefix}{key}", f"It must be {KINDS[known[key]]}."
    for key in needed:
        if key not in table:
            yield f"{prefix}{key}", "It is missing; it is declared, never guessed."


def _file_problems(file: dict[str, str]) -> Iterator[Finding]:
    try:
        name = codecs.lookup(file["encoding"]).name
        plain = name == "utf-16" or "a,;\n".encode(name) == b"a,;\n"
    except (LookupError, UnicodeError):
        plain = False
    if not plain:
        yield (
            "file.encoding",
            f"“{file['encoding']}” cannot be used; take utf-8, cp1252, iso-8859-15 or utf-16, for example.",
        )
    if len(file["delimiter"]) != 1 or file["delimiter"] in '"\r\n\0' or not file["delimiter"].isascii():
        yield "file.delimiter", "It must be one character, such as , or ; or a tabulator."


def _value_problems(values: dict[str, str]) -> Iterator[Finding]:
    if values["date_order"] not in set(DateOrder):
        yield "values.date_order", f"“{values['date_order']}” must be one of {', '.join(DateOrder)}."
    if values["decimal"] not in (".", ","):
        yield "values.decimal", "The decimal sign must be . or ,"
    if values["thousands"] not in ("", " ", ".", ",", "'") or values["thousands"] == values["decimal"]:
        yield (
            "values.thousands",
            "It must be empty, a blank, a full stop, a comma or ' and differ from the decimal sign.",
        )
    if len(values.get("list_separator", " ")) != 1:
        yield "values.list_separator", "It must be one character."


def _layout_problems(kind: str, layout: dict[str, Any]) -> Iterator[Finding]:
    shape = list(_shape(f"{kind}.", layout, LAYOUT, ("columns",)))
    yield from shape
    if shape:
        return
    columns, constants = layout["columns"], layout.get("constants", {})
    yield from _field_problems(kind, "columns", columns)
    yield from _field_problems(kind, "constants", constants)
    yield from _choice_problems(kind, layout)
    yield from _word_problems(kind, layout)
    for group in NEEDED[kind]:
        if not group & (columns.keys() | constants.keys()):
            yield f"{kind}.columns", f"A column or constant is needed for {' or '.join(sorted(group))}."


def _field_problems(kind: str, part: str, fields: dict[str, Any]) -> Iterator[Finding]:
    for name, value in fields.items():
        if name not in FIELDS[kind]:
            yield f"{kind}.{part}.{name}", f"There is no such field; known are {', '.join(sorted(FIELDS[kind]))}."
        elif not isinstance(value, str) or not value:
            yield f"{kind}.{part}.{name}", "It must be text that is not empty."


def _choice_problems(kind: str, layout: dict[str, Any]) -> Iterator[Finding]:
    for part in ("optional", "integer_ids"):
        for name in layout.get(part, ()):
            if name not in layout["columns"]:
                yield f"{kind}.{part}", f"“{name}” is not one of the fields under columns."
    for column, values in layout.get("only_where", {}).items():
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            yield f"{kind}.only_where.{column}", 'It must be a list of texts, such as ["0"].'


def _word_problems(kind: str, layout: dict[str, Any]) -> Iterator[Finding]:
    for part, known in (("sides", ("debit", "credit")), ("kinds", ("invoice", "credit_note"))):
        for word, meant in layout.get(part, {}).items():
            if meant not in known:
                yield f"{kind}.{part}.{word}", f"It must be one of {', '.join(known)}."
    if "side" in layout["columns"] and not layout.get("sides"):
        yield f"{kind}.sides", 'Say what the column of the side holds, such as sides = { D = "debit", C = "credit" }.'
    if not all(isinstance(word, str) for word in layout.get("total_rows", ())):
        yield f"{kind}.total_rows", 'It must be a list of words, such as ["Total"].'
