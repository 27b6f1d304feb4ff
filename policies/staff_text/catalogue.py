"""The sentences staff read in one language, found by the English sentence they stand for.

An entry's key is the sentence of the code, with its values as names in braces: `On hold since {day}`. A sentence whose
values are in it already is recognised by the same key, so that laws may go on speaking plain English.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import Formatter

from policies.typography import WIDE, typeset

_COUNTED = re.compile(r"(\{(?:count|days)\}) ")
"""A figure stays with what it counts."""
_TELLING = re.compile(r"[A-Za-z]{2}")
_DAY, _WHOLE = r"\d{1,2} [A-Z][a-z]{2}(?: \d{4})?|\d{4}-\d{2}-\d{2}", r"\d+"
_MADE_OF = {"day": _DAY, "until": _DAY} | dict.fromkeys(
    ("closes", "count", "days", "most", "opens", "place", "round", "rounds", "steps", "times", "year", "years"), _WHOLE
)
"""Values that can be told from other words; the rest is whatever stands between the words of the key."""


@dataclass(frozen=True)
class Catalogue:
    """The entries of one language, by the English sentence."""

    language: str
    entries: Mapping[str, str] = field(repr=False)

    def exact(self, english: str) -> str | None:
        """The sentence of this language for the key itself; None: there is none."""
        return self.entries.get(english)

    def recognised(self, english: str) -> tuple[str, dict[str, str]] | None:
        """The sentence of this language for one with its values in it, and these values by name."""
        found = self.key_of(english)
        return None if found is None else (self.entries[found[0]], found[1])

    def key_of(self, english: str) -> tuple[str, dict[str, str]] | None:
        """The key of a sentence that may have its values in it, and these values by name."""
        if english in self.entries:
            return english, {}
        for pattern, key in self._patterns:
            if found := pattern.fullmatch(english):
                return key, found.groupdict()
        return None

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """The keys with values as patterns; those with most words of their own first, and none without a word."""
        with_values = [key for key in self.entries if names_in(key) and _TELLING.search(literal(key))]
        with_values.sort(key=lambda key: len(literal(key)), reverse=True)
        return tuple((_pattern(key), key) for key in with_values)


def catalogue(language: str, files: Iterable[Mapping[str, str]]) -> Catalogue:
    """The catalogue made of the tables of several files, with the spaces and signs its language prints."""
    entries = {key: _COUNTED.sub(rf"\1{WIDE}", typeset(said, language)) for one in files for key, said in one.items()}
    return Catalogue(language, entries)


def names_in(sentence: str) -> list[str]:
    """The names of the values of a sentence, in their order."""
    return [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]


def literal(sentence: str) -> str:
    """What stands between the values."""
    return "".join(words for words, _, _, _ in Formatter().parse(sentence))


def _pattern(key: str) -> re.Pattern[str]:
    seen: set[str] = set()
    parts = []
    for words, name, _, _ in Formatter().parse(key):
        parts.append(re.escape(words))
        if name is not None:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{_MADE_OF.get(name, '.+?')})")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)
