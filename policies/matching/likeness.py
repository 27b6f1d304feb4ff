"""Numbers of ours that a line nearly says: one typing error, dropped zeros, or the last digits alone."""

from collections.abc import Iterable

from policies.matching.facts import OpenItem
from policies.matching.looking import Looking
from policies.matching.number_book import shape
from policies.matching.reasons import Witness
from policies.matching.spelling import could_be_date, is_near, without_zeros


def near_number(at: Looking, item: OpenItem) -> str:
    """The words of the line that are the item's number with one typing error; empty where there are none."""
    spelled = at.book.spelled[item.id]
    if len(spelled.whole) < 5:
        return ""
    for token in at.words.leftover:
        if abs(len(token) - len(spelled.whole)) > 3:
            continue
        if is_near(token, spelled.whole) or without_zeros(token) == without_zeros(spelled.whole):
            return token
    bodies = at.words.leftover if spelled.body else ()
    return next(
        (one for one in bodies if one.isdecimal() and is_near(one, spelled.body) and not could_be_date(one)), ""
    )


def last_digits(at: Looking, item: OpenItem) -> str:
    """The item's last digits where they stand alone in the line, or a short number of it."""
    if item.id in at.named.hinted:
        return at.book.spelled[item.id].whole
    tail = at.book.spelled[item.id].tail
    if not tail:
        return ""
    short = tail.lstrip("0")
    for token in at.words.leftover:
        if token == tail or (len(short) >= 3 and token == short):
            return "" if could_be_date(token) else token
    return ""


def hints(at: Looking, items: Iterable[OpenItem]) -> dict[int, tuple[Witness, str]]:
    """Of these items those the line nearly names, each with how and by which words."""
    found: dict[int, tuple[Witness, str]] = {}
    if not at.words.leftover and not at.named.hinted:
        return found
    for item in items:
        if near := near_number(at, item):
            found[item.id] = (Witness.NEAR_NUMBER, near)
        elif tail := last_digits(at, item):
            found[item.id] = (Witness.SUFFIX, tail)
    return found


def names_unknown(at: Looking) -> bool:
    """Whether it says a number of one of our series that we do not know."""
    return any(shape(token) in at.book.shapes for token in at.words.leftover)
