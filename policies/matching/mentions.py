"""What a bank line says in its words: numbers of ours, whole and standing alone, and what else looks like one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policies.matching.listed import Mention, listed
from policies.matching.number_book import LONGEST, NumberBook
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
_DIGIT = re.compile(r"\d")


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
        whole = plain_text(text)
        if not _DIGIT.search(whole):
            words.update(RUN.findall(whole))
            continue
        whole = _GLUED.sub(r"\g<0> ", _TAGS.sub("  ", whole))
        runs = [(run.start(), run.end()) for run in RUN.finditer(whole)]
        pieces = [whole[start:end] for start, end in runs]
        words.update(pieces)
        taken = [False] * len(runs)
        for first, last, mention in _found(whole, runs, pieces, book):
            mentions.setdefault(mention.said, mention)
            taken[first : last + 1] = [True] * (last + 1 - first)
        leftover.update(dict.fromkeys(_left(pieces, taken)))
    return Words(tuple(mentions.values()), tuple(leftover), frozenset(words))


def _found(
    text: str, runs: Sequence[tuple[int, int]], pieces: Sequence[str], book: NumberBook
) -> Iterator[tuple[int, int, Mention]]:
    first, after, prefix, tail = 0, 0, "", 0
    while first < len(runs):
        in_list = listed(pieces, (after, first), prefix, tail, text, runs, book)
        hit = in_list or _longest(text, runs, pieces, first, book)
        if hit is None:
            first += 1
            continue
        last, mention = hit
        yield first, last, mention
        if not in_list:
            token = "".join(pieces[first : last + 1])
            tail = len(pieces[last]) if pieces[last].isdecimal() else 0
            prefix = token[:-tail] if tail else ""
        first = after = last + 1


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
