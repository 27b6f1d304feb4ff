"""What the address of a page says, read and checked: a wrong value is a sentence, never a guess."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import date

from starlette.datastructures import QueryParams
from starlette.requests import Request

from web.house_words import say

LONGEST = 80
"""Characters of a value."""
LONGEST_PATH = 200
LAST_PAGE = 100_000
LAST_NUMBER = 2**63 - 1


class Unreadable(Exception):
    """A value of the address that cannot be used: the HTTP status and a sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def chosen(query: QueryParams, name: str, known: Collection[str], otherwise: str = "") -> str:
    """One of the known values; `otherwise` where the address names none."""
    said = query.get(name, "").strip()
    if said and said not in known:
        raise Unreadable(422, say("“{value}” is not one of: {known}.", value=printable(said), known=", ".join(known)))
    return said or otherwise


def code(query: QueryParams, name: str) -> str:
    """A short code as our own links carry it; empty: none."""
    return _short(query.get(name, ""))


def page_number(query: QueryParams) -> int:
    """The page asked for, from 1 on."""
    said = query.get("page", "").strip() or "1"
    if not (said.isascii() and said.isdecimal() and 1 <= int(said[:9]) <= LAST_PAGE):
        raise Unreadable(
            422, say("“{value}” is not the number of a page: write 1 for the first.", value=printable(said))
        )
    return int(said[:9])


def day(query: QueryParams) -> date | None:
    """The day asked for; None: the address names none."""
    said = query.get("day", "").strip()
    if not said:
        return None
    try:
        return date.fromisoformat(said) if len(said) == 10 else _no_day(said)
    except ValueError:
        return _no_day(said)


def _no_day(said: str) -> date:
    raise Unreadable(422, say("“{value}” is not a day: write it like 2026-03-31.", value=printable(said)))


def number(said: str) -> int | None:
    """A row's number in an address; None where it cannot be one."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 19 and int(said) <= LAST_NUMBER else None


def path_text(request: Request) -> str:
    """The number in the address of a page, as it is in the books."""
    said = str(request.path_params["number"])
    if len(said) > LONGEST_PATH or any(unicodedata.category(letter)[0] == "C" for letter in said):
        raise Unreadable(404, say("There is no such page."))
    return said


def printable(said: str) -> str:
    """A value as it may be shown again: short, and without signs nobody sees."""
    return "".join(letter for letter in said if unicodedata.category(letter)[0] != "C")[:LONGEST]


def _short(said: str) -> str:
    kept = printable(said.strip())
    if len(said) > LONGEST:
        raise Unreadable(422, say("Write at most {most} characters.", most=LONGEST))
    return kept


def query_of(values: Mapping[str, object]) -> dict[str, str]:
    """The values an address must carry: those that are not empty."""
    return {name: str(value) for name, value in values.items() if value not in ("", None)}
