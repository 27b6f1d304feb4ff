"""Amounts as documents of machines write them (`xs:decimal`): exact, in the minor units of their currency."""

import re
from decimal import Decimal

from policies.money import digits

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_LARGEST = Decimal(10) ** 15


class Misstated(ValueError):
    """A value that does not say what its place in the document asks for; its text is the reason, a sentence."""


def stated_decimal(text: str) -> Decimal:
    """The number `text` states, a point before its decimals, no exponent (XML Schema part 2, 3.2.3)."""
    if not text.isascii() or len(text) > 40 or not _DECIMAL.fullmatch(text):
        raise Misstated(f"“{text[:40]}” is not an amount.")
    value = Decimal(text)
    if abs(value) >= _LARGEST:
        raise Misstated(f"“{text}” is too large to be an amount.")
    return value


def stated_minor(text: str, currency: str) -> int:
    """The amount in minor units of `currency`; raises Misstated where a digit would be lost."""
    minor = stated_decimal(text).scaleb(digits(currency))
    if minor != minor.to_integral_value():
        raise Misstated(f"“{text}” has more decimals than {currency} has ({digits(currency)}).")
    return int(minor)
