"""Reading days and percentages of a rate file."""

import re
from datetime import date, datetime
from decimal import Decimal

from policies.toml_values import Wrong, shown

HIGHEST = Decimal(100)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PERCENT = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,4})?")


def day(value: object) -> date:
    """A day as TOML writes it, without quotes."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Wrong(f"{shown(value)} is not a day; write it without quotes, such as 2025-01-01.")
    return value


def day_written(key: str) -> date:
    """A day that stands as a key."""
    try:
        if _DAY.fullmatch(key):
            return date.fromisoformat(key)
    except ValueError:  # such as 2025-02-30
        pass
    raise Wrong(f"{key} is not a day; write year, month and day, such as 2025-01-01.")


def percent(value: object) -> Decimal:
    """A percentage a year, exact: text with a point, at most four decimals, between -100 and 100."""
    if not isinstance(value, str) or not _PERCENT.fullmatch(value) or abs(Decimal(value)) > HIGHEST:
        raise Wrong(f'{shown(value)} is not a percentage a year; write it between quotes, such as "3.15".')
    return Decimal(value)
