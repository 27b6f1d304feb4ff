"""Words and numbers as they are compared: no accents, capitals, and what counts as one typing error."""

import re
import unicodedata
from functools import lru_cache

RUN = re.compile(r"[^\W_]+")
_GROUP = re.compile(r"\d+|[^\W\d_]+")
_LOOKALIKES = str.maketrans("OQILSBZ", "0011582")
"""Letters read or typed for the digit they look like."""


def plain_text(text: str) -> str:
    """Capitals without accents: banks print `Société` as `SOCIETE`."""
    if text.isascii():
        return text.upper()
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.upper()) if not unicodedata.combining(sign))


@lru_cache(maxsize=1 << 16)
def compact(text: str) -> str:
    """Letters and digits alone: `FA-2026-0142`, `fa 2026 0142` and `FA20260142` are the same number."""
    return "".join(RUN.findall(plain_text(text)))


def is_near(one: str, other: str) -> bool:
    """Whether two compact numbers are one typing error apart: a sign wrong, missing, too much, or two swapped; or
    letters for the digits they look like."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    shorter = min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    rest, rest_other = one[start:], other[start:]
    if rest[1:] == rest_other[1:] or rest == rest_other[1:] or rest[1:] == rest_other:
        return True
    if len(rest) > 1 and len(rest_other) > 1 and rest[0] == rest_other[1] and rest[1] == rest_other[0]:
        return rest[2:] == rest_other[2:]
    if rest[:1].translate(_LOOKALIKES) != rest_other[:1].translate(_LOOKALIKES):
        return False
    return one.translate(_LOOKALIKES) == other.translate(_LOOKALIKES)


@lru_cache(maxsize=1 << 16)
def without_zeros(text: str) -> str:
    """A number by its groups, zeros before each dropped: `FA-2026-0042` is `FA-2026-42`."""
    return "-".join(group.lstrip("0") or "0" for group in _GROUP.findall(text))


def could_be_date(digits: str) -> bool:
    """Whether bare digits read as a year or a day: `2026`, `05112026`, `20261105`, `051126`."""
    if not digits.isdecimal():
        return False
    if len(digits) == 4:
        return digits[:2] in {"19", "20"}
    if len(digits) == 8:
        return _is_day(digits[:2], digits[2:4], digits[4:]) or _is_day(digits[6:], digits[4:6], digits[:4])
    return len(digits) == 6 and (_is_day(digits[:2], digits[2:4], "2000") or _is_day(digits[4:], digits[2:4], "2000"))


def _is_day(day: str, month: str, year: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12 and year[:2] in {"19", "20"}
