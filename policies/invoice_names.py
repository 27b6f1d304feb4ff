"""Which invoices a bank line names: exact numbers standing as whole tokens, never a likeness."""

import re
from collections.abc import Collection, Mapping

LONGEST = 40
"""Characters of the longest invoice number looked for in a text."""
MOST_PARTS = 7
"""Runs of letters and digits a number may be made of: `FA 2026-11/0142` has four."""

_RUN = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(19|20)\d\d")
_TIES = "-._"
"""Signs that make a token part of something longer: `FA-2026` is not named by `FA-2026-0142`."""


def key(number: str) -> str:
    """An invoice number as it is compared: banks print letters in capitals."""
    return " ".join(number.upper().split())


def named(texts: Collection[str], known: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """The items of `known` (by key) that one of the texts names; an invoice in instalments is several.

    A text that is wholly a number names it. Inside a longer text the longest number at a place counts
    (`FA-2026-0142` is not also `2026`), and bare digits count only when they stand alone and are no year.
    """
    found: set[int] = set()
    for text in texts:
        whole = key(text)
        if whole in known:
            found |= known[whole]
        elif whole:
            found |= _inside(whole, known)
    return frozenset(found)


def _inside(text: str, known: Mapping[str, frozenset[int]]) -> set[int]:
    runs = [(run.start(), run.end()) for run in _RUN.finditer(text)]
    found: set[int] = set()
    free = 0
    for first, (start, _) in enumerate(runs):
        if start < free:
            continue
        for last in range(min(first + MOST_PARTS, len(runs)) - 1, first - 1, -1):
            end = runs[last][1]
            if end - start > LONGEST:
                continue
            token = text[start:end]
            if token in known and _stands_alone(text, start, end):
                found |= known[token]
                free = end
                break
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    token = text[start:end]
    bare = token.isdigit()
    ties = _TIES + "/" if bare else _TIES  # bare digits in `12/2026` are a date
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    tied = (len(before) == 2 and before[0].isalnum() and before[1] in ties) or (
        len(after) == 2 and after[0] in ties and after[1].isalnum()
    )
    return not tied and not (bare and (len(token) < 3 or _YEAR.fullmatch(token)))
