"""Every invoice number and reference we gave, by the way it is compared."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from policies.matching.check_digits import is_checked, is_lightly_checked
from policies.matching.cuts import cuts_of_number, less
from policies.matching.facts import OpenItem
from policies.matching.reasons import Witness
from policies.matching.spelling import RUN, compact, could_be_date, plain_text

LONGEST = 40
"""Letters and digits of the longest number or reference looked for."""
_LETTERS = re.compile(r"^[^\W\d_]+")
_DIGIT = re.compile(r"\d")
SHORTEST_BODY = 6
"""Digits a number needs to be recognised without its letters: `2026-0142` for `FA-2026-0142`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to write an item's number. `cuts` are the places where bare digits may be parted; None: anywhere."""

    item: int
    witness: Witness
    cuts: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Spelled:
    """An item's number as typing errors and last digits are looked for."""

    whole: str
    body: str  # without the letters before it; empty where it is too short to tell
    tail: str  # the last group of digits


@dataclass(frozen=True, slots=True)
class NumberBook:
    """`entries` by compact text, `digits` by the digits of a number alone, `shapes` of our numbers (`FA99999999`),
    and the `longest` of all."""

    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    digits: dict[str, tuple[int, ...]] = field(default_factory=dict)
    spelled: dict[int, Spelled] = field(default_factory=dict)
    shapes: frozenset[str] = frozenset()
    longest: int = 0


def number_book(items: Iterable[OpenItem]) -> NumberBook:
    """The book of all items, open or settled: a settled one that is named must be recognised too."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    digits: dict[str, list[int]] = defaultdict(list)
    spelled: dict[int, Spelled] = {}
    shapes = set()
    for item in items:
        whole, cuts = compact(item.number), cuts_of_number(item.number)
        body = _LETTERS.sub("", whole)
        is_long = len(body) >= SHORTEST_BODY and body.isdecimal()
        known_alone = is_long and body != whole and not could_be_date(body)
        entries[whole].append(Entry(item.id, _kind(whole), cuts if whole.isdecimal() else None))
        if known_alone:
            before = len(whole) - len(body)
            entries[body].append(Entry(item.id, Witness.NUMBER, less(cuts, before)))
        if is_long:
            digits[body.lstrip("0")].append(item.id)
        if not whole.isdecimal():
            shapes.add(shape(whole))
        spelled[item.id] = Spelled(whole, body if known_alone else "", _tail(item.number))
        for reference in item.references:
            _add_reference(entries, item.id, reference)
    entries.pop("", None)
    return NumberBook(
        {key: tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found) for key, found in entries.items()},
        {key: tuple(found) for key, found in digits.items()},
        spelled,
        frozenset(shapes),
        min(max(map(len, entries), default=0), LONGEST),
    )


def _add_reference(entries: dict[str, list[Entry]], item: int, reference: str) -> None:
    given = compact(reference)
    if is_checked(given):
        entries[given].append(Entry(item, Witness.REFERENCE, None))
    elif len(given) >= 4:
        is_bare = given.isdecimal() and not is_lightly_checked(given)
        cuts = cuts_of_number(reference) if is_bare else None
        entries[given].append(Entry(item, _kind(given), cuts))


def shape(number: str) -> str:
    """A compact number with 9 for every digit: two numbers of one series have one shape."""
    return _DIGIT.sub("9", number)


def _kind(whole: str) -> Witness:
    """Short, year-like and date-like digits, and words, name nothing by themselves: they weigh as last digits do."""
    if whole.isdecimal():
        return Witness.SUFFIX if len(whole) < 5 or could_be_date(whole) else Witness.NUMBER
    return Witness.NUMBER if len(whole) >= 4 and len(_DIGIT.findall(whole)) >= 3 else Witness.SUFFIX


def _tail(number: str) -> str:
    runs = RUN.findall(plain_text(number))
    tail = runs[-1] if runs else ""
    return tail if tail.isdecimal() and len(tail) >= 3 else ""
