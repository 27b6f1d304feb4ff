"""What a bank line says in its words: numbers of ours, whole and standing alone, and what else looks like one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policies.matching.number_book import LONGEST, Entry, NumberBook
from policies.matching.reasons import Witness
from policies.matching.spelling import RUN, plain_text
from policies.matching.standing_alone import cuts_of, entries_of, stands_alone

MOST_PARTS = 8
"""Runs a number may be printed in: a Swiss reference has six groups."""
_TAGS = re.compile(r"\b(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|REMI|NAME)[+/]")
"""Marks of MT940 fields that stick to the words before and after them."""
_GLUED = re.compile(
    r"\b(FACTURES?|INVOICES?|RECHNUNG|FACTUUR|FATTURA|FACTURA)(?=[A-Z]{0,4}\d)|\b(FACT|INV|FA|FC|RE|RG|NR|NO|N|F)(?=\d)"
)
"""Words for an invoice that stick to its number: `FACTURE2026-0142`."""
_LIST = re.compile(r"\s*(?:[,;/+&]|ET|AND|UND|EN|Y|E|\s)\s*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number found in the line: the words, and the items it may mean, each with the weight of that."""

    said: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The line read: what it mentions, and what is left: compact tokens with at least three digits, and all runs."""

    mentions: tuple[Mention, ...]
    leftover: tuple[str, ...]
    runs: frozenset[str]


def read_words(texts: Sequence[str], book: NumberBook) -> Words:
    """The words of a line's texts. The longest number at a place counts."""
    mentions: dict[str, Mention] = {}
    leftover: dict[str, None] = {}
    words: set[str] = set()
    for text in dict.fromkeys(texts):
        if not text:
            continue
        whole = _GLUED.sub(r"\g<0> ", _TAGS.sub("  ", plain_text(text)))
        runs = [(run.start(), run.end()) for run in RUN.finditer(whole)]
        words.update(whole[start:end] for start, end in runs)
        taken = [False] * len(runs)
        for first, last, mention in _found(whole, runs, book):
            mentions.setdefault(mention.said, mention)
            taken[first : last + 1] = [True] * (last + 1 - first)
        leftover.update(dict.fromkeys(_left([whole[start:end] for start, end in runs], taken)))
    return Words(tuple(mentions.values()), tuple(leftover), frozenset(words))


def _found(text: str, runs: Sequence[tuple[int, int]], book: NumberBook) -> Iterator[tuple[int, int, Mention]]:
    pieces = [text[start:end] for start, end in runs]
    first, prefix, tail = 0, "", 0
    while first < len(runs):
        listed = _listed(pieces, first, prefix, tail, text, runs, book)
        hit = listed or _longest(text, runs, pieces, first, book)
        if hit is None:
            first += 1
            continue
        last, mention = hit
        yield first, last, mention
        if not listed:
            token = "".join(pieces[first : last + 1])
            tail = len(pieces[last]) if pieces[last].isdecimal() else 0
            prefix = token[:-tail] if tail else ""
        first = last + 1


def _longest(
    text: str, runs: Sequence[tuple[int, int]], pieces: Sequence[str], first: int, book: NumberBook
) -> tuple[int, Mention] | None:
    token, hit = "", None
    for last in range(first, min(first + MOST_PARTS, len(runs))):
        token += pieces[last]
        if len(token) > book.longest + 4:
            break
        entries = entries_of(token, book)
        if entries and stands_alone(text, runs[first][0], runs[last][1], token.isdecimal()):
            cuts = cuts_of(pieces[first : last + 1])
            fit = tuple(entry for entry in entries if entry.cuts is None or cuts <= entry.cuts)
            if fit:
                hit = last, Mention(text[runs[first][0] : runs[last][1]], fit)
    return hit


def _listed(
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


def _left(pieces: Sequence[str], taken: Sequence[bool]) -> Iterator[str]:
    counts = [sum(map(str.isdecimal, piece)) for piece in pieces]
    for first in range(len(pieces)):
        token, count = "", 0
        for last in range(first, min(first + 4, len(pieces))):
            if taken[last]:
                break
            token += pieces[last]
            count += counts[last]
            if count >= 3 and len(token) <= LONGEST:
                yield token
