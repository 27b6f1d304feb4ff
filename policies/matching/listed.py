"""A list of invoices that says the series once: `FA-2026-0142/0143, 0147`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policies.matching.number_book import Entry, NumberBook
from policies.matching.reasons import Witness
from policies.matching.spelling import could_be_date

_LIST = re.compile(r"\s*[,;/+&]?\s*")
_AND = frozenset({"ET", "AND", "UND", "EN", "Y", "E"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A number found in the line: the words, and the items it may mean, each with the weight of that."""

    said: str
    entries: tuple[Entry, ...]


def listed(
    pieces: Sequence[str],
    place: tuple[int, int],
    prefix: str,
    tail: int,
    text: str,
    runs: Sequence[tuple[int, int]],
    book: NumberBook,
) -> tuple[int, Mention] | None:
    """`FA-2026-0142/0143, 0147`: bare last digits right after a whole number stand for numbers of its series.

    `place` is where the last number ended and where to look; only a word for *and* may lie between. A year is none.
    """
    after, first = place
    piece = pieces[first]
    if not prefix or len(piece) != tail or tail < 3 or not piece.isdecimal() or could_be_date(piece):
        return None
    if first - after > 1 or (first > after and pieces[after] not in _AND):
        return None
    if first == after and not _LIST.fullmatch(text[runs[first - 1][1] : runs[first][0]]):
        return None
    entries = tuple(entry for entry in book.entries.get(prefix + piece, ()) if entry.witness == Witness.NUMBER)
    return (first, Mention(piece, entries)) if entries else None
