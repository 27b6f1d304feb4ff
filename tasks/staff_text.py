"""Words for staff in the language they read: sentences, days, amounts. Whoever opens a door says which language it is.

`say` is for sentences written where they are said; `told` for those a law or the memory has already put into English.
Where the catalogue has no entry the English sentence stands.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal

from policies.staff_text.languages import ENGLISH
from storage.staff_catalogue import house_language, staff_catalogue
from tasks import wording

_READ: ContextVar[str] = ContextVar("staff_language", default=ENGLISH)
AS_WRITTEN = frozenset({"customer", "invoice", "name", "note", "number", "reason", "text", "words"})
"""Values that come from people and books: never taken for words of ours."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)})(?: (\d{{4}}))?")
_FIGURE = re.compile(r"-?\d+\.\d{2,3}")
_NEXT_FIELD = re.compile(r"(?<=[.!?]) (?=[a-z_]+: )")
_FIELD = re.compile(r"([a-z_]+): (.+)", re.DOTALL)
ANY_LEAP_YEAR = 2000


def language() -> str:
    """The language spoken here."""
    return _READ.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within the block staff are spoken to in this language."""
    token = _READ.set(language)
    try:
        yield
    finally:
        _READ.reset(token)


def speak(language: str) -> None:
    """From here on, in this task, staff are spoken to in this language."""
    _READ.set(language)


async def speak_as_the_house() -> None:
    """From here on, in this task: the house's language."""
    speak(await house_language())


def say(english: str, **values: object) -> str:
    """The sentence in the language spoken here, with its values."""
    return (staff_catalogue(language()).exact(english) or english).format_map(values)


def told(english: str) -> str:
    """A sentence that has its values in it already, in the language spoken here."""
    return english if language() == ENGLISH else _told(english, language())


def named(english: str) -> str:
    """A name or a choice in the language spoken here; what somebody wrote stays as it was, whatever it resembles."""
    return staff_catalogue(language()).exact(english) or english


def colon(before: str) -> str:
    """`Mise en demeure :`, `Formal notice:`."""
    return f"{before}\u00a0:" if language() == "fr" else f"{before}:"


def semicolon(parts: Iterable[str]) -> str:
    """Several things told one after another."""
    return ("\u202f; " if language() == "fr" else "; ").join(parts)


def day(on: date) -> str:
    """`3 décembre 2026`, `3 December 2026`."""
    return wording.day(on, language())


def short_day(on: date) -> str:
    """`3 déc.`, `3 Dec`."""
    return wording.short_day(on, language())


@lru_cache(maxsize=4096)
def _told(english: str, language: str) -> str:
    return _sentence(english, language) or _fields(english, language) or english


def _sentence(english: str, language: str) -> str | None:
    """`{Stage}` in an entry is the value of `{stage}` with a capital letter, where the other language opens with it."""
    known = staff_catalogue(language)
    if exact := known.exact(english):
        return exact
    found = known.recognised(english)
    if found is None:
        return None
    said, values = found
    told = {name: _value(name, value, language) for name, value in values.items()}
    opening = {name.capitalize(): value[:1].upper() + value[1:] for name, value in told.items()}
    return said.format_map(opening | told)


def _fields(english: str, language: str) -> str | None:
    """Several problems of a form in a row, each after the name of its field."""
    parts = [_FIELD.fullmatch(part) for part in _NEXT_FIELD.split(english)]
    if not all(parts):
        return None
    mark = "\u00a0: " if language == "fr" else ": "
    return " ".join(f"{_told(part[1], language)}{mark}{_told(part[2], language)}" for part in parts if part)


def _value(name: str, value: str, language: str) -> str:
    """A value of a sentence: a day, a figure, words of ours, or whatever somebody wrote."""
    if name in AS_WRITTEN:
        return value
    if found := _DAY.fullmatch(value):
        return _day(found, language)
    if _FIGURE.fullmatch(value):
        return str(format_decimal(Decimal(value), "#,##0.00#", locale=wording.LOCALES[language]))
    for between in ("; ", ", "):
        if between in value and (listed := _listed(value, between, language)):
            return listed
    return _sentence(value, language) or _lower(value, language) or value


def _listed(value: str, between: str, language: str) -> str | None:
    known = staff_catalogue(language)
    parts = value.split(between)
    said = [_sentence(one, language) if between == "; " else known.exact(one) for one in parts]
    mark = "\u202f; " if between == "; " and language == "fr" else between
    return mark.join(one for one in said if one) if all(said) else None


def _lower(value: str, language: str) -> str | None:
    """A value that opens a sentence: known with a small letter."""
    said = _sentence(value[:1].lower() + value[1:], language)
    return said[:1].upper() + said[1:] if said else None


def _day(found: re.Match[str], language: str) -> str:
    on = date(int(found[3] or ANY_LEAP_YEAR), _MONTHS.index(found[2]) + 1, int(found[1]))
    return wording.short_day(on, language) + (f" {found[3]}" if found[3] else "")
