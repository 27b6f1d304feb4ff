"""Records as other programs read them: fields by name, amounts and dates as text."""

from dataclasses import fields
from datetime import date
from typing import Any

from policies.money import plain

NESTED = ("instalments", "discounts")
"""Fields that hold records of their own."""


def fields_shown(record: Any, amounts: tuple[str, ...], currency: str = "") -> dict[str, Any]:
    """The fields by name, as text; `amounts` are in minor units of `currency`, the record's own if empty."""
    values: dict[str, Any] = {}
    for each in fields(record):
        name, value = each.name, getattr(record, each.name)
        if name in amounts:
            value = None if value is None else plain(value, currency or record.currency)
        elif isinstance(value, date):
            value = value.isoformat()
        elif name in NESTED:
            value = [fields_shown(one, ("amount", "basis"), record.currency) for one in value]
        values[name] = list(value) if isinstance(value, tuple) else value
    return values
