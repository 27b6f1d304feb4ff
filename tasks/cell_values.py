"""Dates, amounts and codes in the cells of a file, read exactly as its mapping declares them; nothing is guessed."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from zoneinfo import available_timezones

from policies.money import digits

Choice = TypeVar("Choice", bound=StrEnum)


class Unreadable(ValueError):
    """A cell that does not say what its column should; its text is the reason, a sentence."""


class DateOrder(StrEnum):
    """Which of day, month and year comes first."""

    DMY = "D/M/Y"
    MDY = "M/D/Y"
    YMD = "Y-M-D"
    YDM = "Y-D-M"


PATTERNS: dict[DateOrder, re.Pattern[str]] = {
    DateOrder.DMY: re.compile(r"(?P<d>\d{1,2})([/.-])(?P<m>\d{1,2})\2(?P<y>\d{4})"),
    DateOrder.MDY: re.compile(r"(?P<m>\d{1,2})([/.-])(?P<d>\d{1,2})\2(?P<y>\d{4})"),
    DateOrder.YMD: re.compile(r"(?P<y>\d{4})([/.-]?)(?P<m>\d{1,2})\2(?P<d>\d{1,2})"),
    DateOrder.YDM: re.compile(r"(?P<y>\d{4})([/.-]?)(?P<d>\d{1,2})\2(?P<m>\d{1,2})"),
}
MIDNIGHT = re.compile(r"(?:[ T]00:00(:00(\.0+)?)?Z?|[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)\Z")
"""A time of day behind a date is dropped; with a zone only midnight is, for another time may fall on another day."""
UNDIVIDED = re.compile(r"\d+\Z")
FLOAT_ID = re.compile(r"(\d+)\.0+\Z")
BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2212": "-"})
"""What looks like a blank, an apostrophe or a minus, and is another character."""
IN_BRACKETS = re.compile(r"\(\s*([^()+-]+?)\s*\)")
"""How bookkeepers write a negative amount: `(50.00)`."""
OLDEST, YOUNGEST = 1970, 2200


@lru_cache(maxsize=65536)
def day_in(text: str, order: DateOrder) -> date | None:
    """The day `text` says in this order (a time of day after it is dropped), or None."""
    bare = MIDNIGHT.sub("", text)
    match = PATTERNS[order].fullmatch(bare) if bare.isascii() else None
    if match is None or (UNDIVIDED.match(bare) and len(bare) != 8):
        return None
    try:
        found = date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return found if OLDEST <= found.year < YOUNGEST else None


def read_day(text: str, order: DateOrder) -> date:
    """The day in the declared order; raises Unreadable."""
    found = day_in(text, order)
    if found is None:
        raise Unreadable(f"“{text}” is not a date in the declared order {order.value}.")
    return found


@dataclass(frozen=True, slots=True)
class Numerals:
    """How amounts are written: the decimal sign, and what stands between groups of three (empty: nothing)."""

    decimal: str
    thousands: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """An amount in these signs; groups must be of three, the minus may stand before or after."""
        return _amount_pattern(self.decimal, self.thousands)


@lru_cache(maxsize=64)
def _amount_pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    grouped = rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|" if thousands else ""
    return re.compile(
        rf"(?P<before>[+-]?)(?P<whole>{grouped}\d+)(?:{re.escape(decimal)}(?P<part>\d+))?(?P<after>[+-]?)"
    )


def read_amount(text: str, currency: str, numerals: Numerals) -> int:
    """The amount in minor units of `currency`, exactly; raises Unreadable where a digit would be lost."""
    bare = IN_BRACKETS.sub(r"-\1", text.translate(BLANKS))
    match = numerals.pattern.fullmatch(bare) if bare.isascii() else None
    if match is None or (match["before"] and match["after"]):
        between = f"“{numerals.thousands}” between thousands" if numerals.thousands else "nothing between thousands"
        raise Unreadable(f"“{text}” is not an amount with the decimal sign “{numerals.decimal}” and {between}.")
    places, part = digits(currency), (match["part"] or "").rstrip("0")
    if len(part) > places:
        raise Unreadable(f"“{text}” has more decimals than {currency} has ({places}).")
    minor = int(match["whole"].replace(numerals.thousands or "\0", "") + part.ljust(places, "0"))
    if minor >= 10**17:
        raise Unreadable(f"“{text}” is too large to be an amount.")
    return -minor if "-" in (match["before"], match["after"]) else minor


def read_integer_id(text: str) -> str:
    """A number that a spreadsheet or data frame turned into a decimal: `1930571429.0` is `1930571429`."""
    match = FLOAT_ID.fullmatch(text)
    if match:
        return match[1]
    if re.search(r"\d[eE]\+?\d", text):
        raise Unreadable(f"“{text}” has lost digits in a spreadsheet; export the column as text.")
    return text


def read_choice(text: str, choices: type[Choice], what: str) -> Choice:
    """One of the words we know; raises Unreadable naming them all."""
    try:
        return choices(text.strip().lower())
    except ValueError:
        raise Unreadable(f"“{text}” is not a {what}; it must be one of {', '.join(choices)}.") from None


def read_code(text: str, length: int, what: str) -> str:
    """A code of `length` letters, such as a currency (3) or a country (2); raises Unreadable."""
    if len(text) != length or not text.isascii() or not text.isalpha():
        raise Unreadable(f"“{text}” is not a {what} code of {length} letters.")
    return text.upper()


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def read_zone(text: str) -> str:
    """A time zone by its name, such as Europe/Paris; raises Unreadable."""
    if text not in _zones():
        raise Unreadable(f"“{text}” is not a time zone; write it like Europe/Paris.")
    return text
