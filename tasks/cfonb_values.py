"""Values in CFONB 120 records: fields by their places, days, and amounts whose last sign carries the minus."""

from datetime import date

from policies.money import digits
from tasks.bank_values import real_day, short_year
from tasks.cell_values import Unreadable

_PLUS, _MINUS = "{ABCDEFGHI", "}JKLMNOPQR"
_NATIONAL = str.maketrans({"é": "{", "è": "}", "É": "{", "È": "}"})
"""How the braces look in the French variant of the seven-bit alphabet (ISO 646-FR)."""


def in_record(record: str, first: int, last: int) -> str:
    """The field at these places, counted from 1 as the standard does."""
    return record[first - 1 : last].strip()


def scaled(amount: int, decimals: int, currency: str) -> int:
    """`amount` with so many decimals, in minor units of its currency. Raises Unreadable where a digit would be lost."""
    more = decimals - digits(currency)
    factor: int = 10 ** abs(more)
    if more <= 0:
        return amount * factor
    if amount % factor:
        raise Unreadable(f"The amount has {decimals} decimals; {currency} has {digits(currency)}.")
    return amount // factor


def signed_amount(text: str) -> int:
    """The figures without a decimal sign: thirteen digits and one that carries the sign: `{`, `A`-`I` plus 0-9, `}`, `J`-`R` minus 0-9."""
    bare = text.strip().translate(_NATIONAL)
    last = bare[-1:]
    plus, minus = _PLUS.find(last), _MINUS.find(last)
    if not bare or (plus < 0 and minus < 0) or not (bare[:-1].isascii() and bare[:-1].isdigit()):
        raise Unreadable(f"“{text}” is not an amount: its last sign must be {{, A to R, or }}.")
    amount = int(bare[:-1]) * 10 + max(plus, minus)
    return amount if plus >= 0 else -amount


def day(text: str) -> date:
    """A day DDMMYY. Raises Unreadable."""
    if len(text) != 6:
        raise Unreadable(f"“{text}” is not a day DDMMYY.")
    return real_day(short_year(text[4:]), text[2:4], text[:2], text)
