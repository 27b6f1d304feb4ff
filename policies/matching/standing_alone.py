"""Whether words of a text may be a number of ours: whole, standing alone, parted where it may be parted."""

import re
from collections.abc import Sequence

from policies.matching.check_digits import is_belgian, is_creditor_reference, is_swiss
from policies.matching.number_book import Entry, NumberBook
from policies.matching.reasons import Witness

_CENTS = re.compile(r"[.,]\d\d(?!\d)")


def entries_of(token: str, book: NumberBook) -> tuple[Entry, ...]:
    """What a compact token may name, also by a reference with check digits that is made of an invoice number."""
    found = book.entries.get(token, ())
    if found or len(token) < 5:
        return found
    if token.startswith("RF") and is_creditor_reference(token):
        return tuple(
            Entry(entry.item, Witness.REFERENCE, None)
            for entry in book.entries.get(token[4:], ())
            if entry.witness == Witness.NUMBER
        )
    if len(token) in {12, 27} and (is_belgian(token) or is_swiss(token)):
        body = token[:10] if len(token) == 12 else token[:-1]
        return tuple(Entry(item, Witness.NUMBER, None) for item in book.digits.get(body.lstrip("0"), ()))
    return ()


def cuts_of(pieces: Sequence[str]) -> frozenset[int]:
    """The places where a token is parted in the text."""
    place, cuts = 0, set()
    for piece in pieces[:-1]:
        place += len(piece)
        cuts.add(place)
    return frozenset(cuts)


def stands_alone(text: str, start: int, end: int, is_bare: bool) -> bool:
    """Not a part of something longer: `FA-2026` is not named by `FA-2026-0199`, nor `1250` by `1250,00`."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    may_be_date = is_bare and end - start <= 4
    if len(after) == 2 and after[0] in ("-._/" if may_be_date else "-._") and after[1].isdecimal():
        return False
    tied = len(before) == 2 and before[1] in ("-._/" if may_be_date else "-._") and before[0].isalnum()
    return not (tied and (is_bare or before[0].isdecimal())) and not (is_bare and _CENTS.match(text, end))
