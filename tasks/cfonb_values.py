"""Values in CFONB 120 records: fields by their places, days, and amounts whose last sign carries the minus."""

from datetime import date

from tasks.bank_values import real_day, short_year
from tasks.cell_values import Unreadable

_PLUS, _MINUS = "{ABCDEFGHI", "}JKLMNOPQR"
_NATIONAL = str.maketrans({"é": "{", "è": "}", "É": "{", "È": "}"})
"""How the braces look in the French variant of the seven-bit alphabet (ISO 646-FR)."""


def in_record(record: str, first: int, last: int) -> str:
    """The field at these places, counted from 1 as the standard does."""
    return record[first - 1 : last].strip()


def signed_amount(text: str) -> int:
    """Minor units: thirteen digits and one that carries the sign: `{`, `A`-`I` plus 0-9, `}`, `J`-`R` minus 0-9."""
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
