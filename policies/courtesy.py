"""Whether a first message stays courteous, and a short one silent about debt: the words it may not use, found."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from policies.courtesy_words import EVERYWHERE, HARSH, LATE, UNPAID

_FOLDED_APART = {"ß": "ss", "œ": "oe", "æ": "ae", "’": "'"}


@dataclass(frozen=True, slots=True)
class Found:
    """A word that may not stand there: as it is written, and the line it begins on, from 1."""

    word: str
    line: int


def harsh_words(text: str, language: str, *, before_due: bool) -> tuple[Found, ...]:
    """What a first message in this language says that it may not."""
    return _found(text, (*EVERYWHERE, *HARSH.get(language, ()), *(LATE.get(language, ()) if before_due else ())))


def words_for_unpaid(text: str) -> tuple[Found, ...]:
    """What a short message says that it may not."""
    return _found(text, UNPAID)


def _found(text: str, banned: tuple[str, ...]) -> tuple[Found, ...]:
    folded, at = _folded(text)
    return tuple(
        Found(" ".join(text[at[one.start()] : at[one.end() - 1] + 1].split()), text.count("\n", 0, at[one.start()]) + 1)
        for one in _pattern(banned).finditer(folded)
    )


@lru_cache(maxsize=64)
def _pattern(banned: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(word.replace(" ", r"\s+") for word in banned)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as words are compared, and for each of its letters where it stood."""
    letters = list[str]()
    at = list[int]()
    for place, letter in enumerate(text):
        if unicodedata.category(letter) == "Cf":
            continue
        apart = unicodedata.normalize("NFKD", _FOLDED_APART.get(letter, letter).lower())
        kept = [part for part in apart if not unicodedata.combining(part)]
        letters += kept
        at += [place] * len(kept)
    return "".join(letters), at
