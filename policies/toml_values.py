"""Reading single values of a policy file: each reader returns the value or says in a sentence what would be right."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FARTHEST_DAYS = 3650
"""Ten years: no offset, gap or deadline is longer."""

_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")


class Wrong(ValueError):
    """The value cannot be used; the message is the sentence a person reads."""


def identifier(value: object) -> str:
    """A name of lowercase letters, digits, `_` and `-`."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Wrong(f"{shown(value)} is not a name; use lowercase letters, digits, _ and -, a letter first.")
    return value


def text(value: object) -> str:
    """Words."""
    if not isinstance(value, str) or not value.strip():
        raise Wrong(f"{shown(value)} is not a text; write it between quotes.")
    return value


def flag(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Wrong(f"{shown(value)} is neither true nor false; write it without quotes.")
    return value


def whole(least: int, most: int = FARTHEST_DAYS) -> Callable[[object], int]:
    """A whole number within bounds."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Wrong(f"{shown(value)} is not a whole number.")
        if not least <= value <= most:
            raise Wrong(f"{value} is out of range; it must be from {least} to {most}.")
        return value

    return read


def one_of(kind: type[E], only: tuple[E, ...] | None = None) -> Callable[[object], E]:
    """One of the names of `kind`."""
    known = tuple(kind) if only is None else only

    def read(value: object) -> E:
        for member in known:
            if isinstance(value, str) and member.value == value:
                return member
        raise Wrong(f"{shown(value)} is unknown; use one of {', '.join(member.value for member in known)}.")

    return read


def listed(read: Callable[[object], T], least: int = 1, *, differ: bool = True) -> Callable[[object], tuple[T, ...]]:
    """A list of values, each at most once unless it need not `differ`."""

    def read_all(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise Wrong(f"{shown(value)} is not a list; write it between square brackets.")
        found = tuple(read(one) for one in value)
        if len(found) < least:
            raise Wrong("The list is empty; name at least one.")
        twice = next((one for one, again in zip(value, found, strict=True) if found.count(again) > 1), None)
        if differ and twice is not None:
            raise Wrong(f"{shown(twice)} stands in the list twice.")
        return found

    return read_all


def weekday(value: object) -> int:
    """A day of the week, Monday = 0."""
    if value not in DAYS:
        raise Wrong(f"{shown(value)} is not a day; use {', '.join(DAYS)}.")
    return DAYS.index(str(value))


def month_day(value: object) -> tuple[int, int]:
    """A day of every year, written month-day: 1 August is 08-01."""
    found = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        day = None if found is None else date(2000, int(found.group(1)), int(found.group(2)))
    except ValueError:  # such as 02-30
        day = None
    if day is None:
        raise Wrong(f'{shown(value)} is not a day of the year; write month and day, such as "08-01" for 1 August.')
    return day.month, day.day


def shown(value: object) -> str:
    """A value as it stands in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
