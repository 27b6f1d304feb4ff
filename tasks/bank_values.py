"""Amounts and days in bank files: exactly as the standards write them, else a sentence."""

from datetime import date
from functools import lru_cache

from policies.money import digits
from tasks.cell_values import OLDEST, YOUNGEST, Unreadable, read_code


@lru_cache(maxsize=65536)
def minor_units(text: str, currency: str, decimal: str = ".") -> int:
    """An unsigned amount in minor units of `currency`; digits beyond its decimals must be zeros. Raises Unreadable."""
    whole, _, part = text.partition(decimal)
    if not (whole.isascii() and whole.isdigit()) or (part and not (part.isascii() and part.isdigit())):
        raise Unreadable(f"“{text[:40]}” is not an amount with the decimal sign “{decimal}”.")
    if len(whole) > 15:
        raise Unreadable(f"“{text[:40]}” is too large to be an amount.")
    places, bare = digits(currency), part.rstrip("0")
    if len(bare) > places:
        raise Unreadable(f"“{text}” has more decimals than {currency} has ({places}).")
    return int(whole + bare.ljust(places, "0"))


@lru_cache(maxsize=64)
def currency_code(text: str) -> str:
    """An ISO 4217 code. Raises Unreadable."""
    return read_code(text, 3, "currency")


@lru_cache(maxsize=4096)
def iso_day(text: str) -> date:
    """The day of an ISO 8601 date or date and time, as it is written: the bank's own day. Raises Unreadable."""
    return real_day(text[:4], text[5:7], text[8:10], text) if text[4:5] == "-" == text[7:8] else _no_day(text)


def real_day(year: str, month: str, day: str, text: str) -> date:
    """The day of these parts; `text` is what the file says. Raises Unreadable."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return _no_day(text)
    return found if OLDEST <= found.year < YOUNGEST else _no_day(text)


def short_year(text: str) -> str:
    """The year of two digits: 80 to 99 are the last century's (SWIFT User Handbook, date formats)."""
    return ("19" if text >= "80" else "20") + text


def _no_day(text: str) -> date:
    raise Unreadable(f"“{text[:40]}” is not a day.")
