"""Values of a part that somebody else may have written: of the kind they must be, or refused."""

import re
from datetime import UTC, datetime
from typing import Any

SALT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SPOILT = (KeyError, TypeError, ValueError, OverflowError, RecursionError)
"""What reading a part that is not written as it should be ends in."""


def word(value: Any) -> str:
    """A text that can be printed and hashed. Raises TypeError, ValueError."""
    if not isinstance(value, str):
        raise TypeError("no text")
    value.encode()
    return value


def whole(value: Any) -> int:
    """A whole number, which a fraction or a yes is not. Raises TypeError."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("no whole number")
    return value


def salt(value: Any) -> str:
    """A salt, of its one length: a longer or shorter one would let letters move between it and the text it is hashed with."""
    said = word(value)
    if said and SALT.fullmatch(said) is None:
        raise ValueError("no salt")
    return said


def moment(value: Any) -> datetime:
    """A moment that can be told in UTC, as it is hashed. Raises TypeError, ValueError, OverflowError."""
    found = datetime.fromisoformat(word(value))
    if found.tzinfo is None:
        raise ValueError("no time zone")
    found.astimezone(UTC)
    return found


def facts(value: Any) -> dict[str, Any]:
    """What an entry tells. Raises TypeError."""
    if not isinstance(value, dict):
        raise TypeError("no facts")
    return value
