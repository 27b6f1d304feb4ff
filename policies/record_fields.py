"""Records as other programs read them: fields by name, amounts and dates as text."""

from dataclasses import fields
from datetime import date
from typing import Any

from policies.money import plain


def fields_shown(record: Any, amounts: tuple[str, ...], currency: str = "") -> dict[str, Any]:
    """The fields by name, as text; `amounts` are in minor units of `currency`, the record's own if empty."""
    values: dict[str, Any] = {}
    for each in fields(record):
        name, value = each.name, getattr(record, each.name)
        if name in amounts:
            value = plain(value, currency or record.currency)
        elif isinstance(value, date):
            value = value.isoformat()
        elif name == "instalments":
            value = [fields_shown(one, ("amount",), record.currency) for one in value]
        values[name] = list(value) if isinstance(value, tuple) else value
    return values
