"""Reading single values of a scenario: days, moments, amounts, invoices. Each says in a sentence what would be right."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, tzinfo

from policies.money import digits
from policies.toml_values import Wrong, shown

_MONEY = re.compile(r"([0-9]{1,15})(?:\.([0-9]+))?(?: ([A-Z]{3}))?")
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")


def day(value: object) -> date:
    """A day, written without quotes: 2026-03-02."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise Wrong(f"{shown(value)} is not a day; write it without quotes, such as 2026-03-02.")
    return value


def moment(zone: tzinfo) -> Callable[[object], datetime]:
    """A moment: a day is its first one, an hour is that of the customer's clock unless it says another zone."""

    def read(value: object) -> datetime:
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=zone)
        if isinstance(value, date):
            return datetime.combine(value, time(), tzinfo=zone)
        raise Wrong(f"{shown(value)} is no moment; write a day, 2026-03-02, or a day and an hour, 2026-03-02T14:00:00.")

    return read


def money(currency: str = "") -> Callable[[object], tuple[int, str]]:
    """An amount with its currency; where the invoice has one already, it need not be said again."""

    def read(value: object) -> tuple[int, str]:
        found = _MONEY.fullmatch(value) if isinstance(value, str) else None
        named = (found.group(3) if found else None) or currency
        if found is None or not named:
            raise Wrong(f'{shown(value)} is not an amount; write it between quotes, such as "1000.00 EUR".')
        places = digits(named)
        if len(found.group(2) or "") not in (0, places):
            raise Wrong(f"{shown(value)} does not have the {places} decimals of {named}.")
        if currency and named != currency:
            raise Wrong(f"{shown(value)} is in {named}, and the invoice in {currency}.")
        return int(found.group(1) + (found.group(2) or "0" * places)), named

    return read


def percent(value: object) -> str:
    """A percentage a year, between quotes: "10" or "8.25"."""
    if not isinstance(value, str) or not _PERCENT.fullmatch(value):
        raise Wrong(f'{shown(value)} is not a percentage; write it between quotes, such as "10" or "8.25".')
    return value


def one_among(known: tuple[str, ...], what: str) -> Callable[[object], str]:
    """One of the names known."""

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in known:
            raise Wrong(f"{shown(value)} is no {what} here; use one of {', '.join(known)}.")
        return value

    return read


def lines(value: object) -> tuple[str, ...]:
    """A list of lines, also an empty one; spaces between words count once."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Wrong(f"{shown(value)} is not a list of lines; write each between quotes, in square brackets.")
    return tuple(" ".join(one.split()) for one in value)
