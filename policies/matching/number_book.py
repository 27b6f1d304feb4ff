"""Every invoice number and reference we gave, by the way it is compared."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from policies.matching.check_digits import is_checked
from policies.matching.facts import OpenItem
from policies.matching.reasons import Witness
from policies.matching.spelling import RUN, compact, could_be_date, plain_text

LONGEST = 40
"""Letters and digits of the longest number or reference looked for."""
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
    """`entries` by compact text, `digits` by the digits of a number alone, `shapes` of our numbers (`FA99999999`)."""

    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    digits: dict[str, tuple[int, ...]] = field(default_factory=dict)
    spelled: dict[int, Spelled] = field(default_factory=dict)
    shapes: frozenset[str] = frozenset()


def number_book(items: Iterable[OpenItem]) -> NumberBook:
    """The book of all items, open or settled: a settled one that is named must be recognised too."""
    entries: dict[str, set[Entry]] = defaultdict(set)
    digits: dict[str, set[int]] = defaultdict(set)
    spelled: dict[int, Spelled] = {}
    shapes = set()
    for item in items:
        whole, cuts = compact(item.number), _cuts(item.number)
        body = whole.lstrip("".join(sign for sign in set(whole) if not sign.isdecimal()))
        entries[whole].add(Entry(item.id, _kind(whole), cuts if whole.isdecimal() else None))
        known_alone = body != whole and body.isdecimal() and len(body) >= SHORTEST_BODY and not could_be_date(body)
        if known_alone:
            before = len(whole) - len(body)
            entries[body].add(Entry(item.id, Witness.NUMBER, frozenset(cut - before for cut in cuts)))
        if body.isdecimal() and len(body) >= SHORTEST_BODY:
            digits[body.lstrip("0")].add(item.id)
        if not whole.isdecimal():
            shapes.add(shape(whole))
        spelled[item.id] = Spelled(whole, body if known_alone else "", _tail(item.number))
        for reference in item.references:
            _add_reference(entries, item.id, reference)
    entries.pop("", None)
    return NumberBook(
        {key: tuple(sorted(found, key=lambda entry: (entry.item, entry.witness))) for key, found in entries.items()},
        {key: tuple(sorted(found)) for key, found in digits.items()},
        spelled,
        frozenset(shapes),
    )


def _add_reference(entries: dict[str, set[Entry]], item: int, reference: str) -> None:
    given = compact(reference)
    if is_checked(given):
        entries[given].add(Entry(item, Witness.REFERENCE, None))
    elif len(given) >= 4:
        cuts = _cuts(reference) if given.isdecimal() else None
        entries[given].add(Entry(item, _kind(given), cuts))


def shape(number: str) -> str:
    """A compact number with 9 for every digit: two numbers of one series have one shape."""
    return "".join("9" if sign.isdecimal() else sign for sign in number)


def _kind(whole: str) -> Witness:
    """Short, year-like and date-like digits, and words, name nothing by themselves: they weigh as last digits do."""
    count = sum(sign.isdecimal() for sign in whole)
    if whole.isdecimal():
        return Witness.SUFFIX if len(whole) < 5 or could_be_date(whole) else Witness.NUMBER
    return Witness.NUMBER if count >= 3 and len(whole) >= 4 else Witness.SUFFIX


def _cuts(number: str) -> frozenset[int]:
    place, cuts = 0, set()
    for run in RUN.findall(plain_text(number)):
        place += len(run)
        cuts.add(place)
    return frozenset(cuts - {place})


def _tail(number: str) -> str:
    runs = RUN.findall(plain_text(number))
    tail = runs[-1] if runs else ""
    return tail if tail.isdecimal() and len(tail) >= 3 else ""
