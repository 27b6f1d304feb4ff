"""A list of invoices that says the series once: `FA-2026-0142/0143, 0147`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policies.matching.number_book import Entry, NumberBook
from policies.matching.reasons import Witness

_LIST = re.compile(r"\s*(?:[,;/+&]|ET|AND|UND|EN|Y|E|\s)\s*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number found in the line: the words, and the items it may mean, each with the weight of that."""

    said: str
    entries: tuple[Entry, ...]


def listed(
    pieces: Sequence[str],
    first: int,
    prefix: str,
    tail: int,
    text: str,
    runs: Sequence[tuple[int, int]],
    book: NumberBook,
) -> tuple[int, Mention] | None:
    """`FA-2026-0142/0143, 0147`: bare last digits after a whole number stand for numbers of the same series."""
    piece = pieces[first]
    if not prefix or len(piece) != tail or tail < 3 or not piece.isdecimal():
        return None
    if not _LIST.fullmatch(text[runs[first - 1][1] : runs[first][0]]) and pieces[first - 1] not in {"ET", "AND", "UND"}:
        return None
    entries = tuple(entry for entry in book.entries.get(prefix + piece, ()) if entry.witness == Witness.NUMBER)
    return (first, Mention(piece, entries)) if entries else None
