"""One table of a policy file while it is read: every mistake is noted with its line, and reading goes on."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from policies.problems import Problem
from policies.toml_lines import Section, inside
from policies.toml_values import Wrong, shown

T = TypeVar("T")


@dataclass(slots=True)
class Table:
    """The keys of one table, where they stand, and the problems found so far in the whole file."""

    values: Mapping[str, object]
    section: Section
    source: str
    problems: list[Problem]
    place: str = ""
    """What stands before the key in a problem: the step's id, or nothing at the top of the file."""

    def require(self, key: str, read: Callable[[object], T], otherwise: T) -> T:
        """The value of `key`; noted when it is missing or wrong, `otherwise` then serves to read on."""
        if key not in self.values:
            self.note(key, "The key is missing.")
            return otherwise
        return self.take(key, read, otherwise)

    def take(self, key: str, read: Callable[[object], T], otherwise: T) -> T:
        """The value of `key`, or `otherwise` where the file does not give it; noted when it is wrong."""
        if key not in self.values:
            return otherwise
        try:
            return read(self.values[key])
        except Wrong as wrong:
            self.note(key, str(wrong))
            return otherwise

    def table(self, key: str, found: list[Section]) -> "Table | None":
        """The table written under `key`, inline or as a section of its own; None when there is none."""
        written = self.values.get(key)
        if written is None:
            return None
        if not isinstance(written, dict):
            self.note(key, f"{shown(written)} is not a table; write {key} = {{ … }}.")
            return None
        place = f"{self.place}.{key}" if self.place else key
        return Table(written, inside(found, self.section, key), self.source, self.problems, place)

    def refuse_others(self, known: Collection[str]) -> None:
        """Note every key that means nothing here, with the one that was probably meant."""
        for key in self.values:
            if key not in known:
                near = get_close_matches(key, sorted(known), 1)
                meant = f"; did you mean {near[0]}?" if near else f"; known here: {', '.join(known)}."
                self.note(key, f"The key is unknown{meant}")

    def note(self, key: str, reason: str) -> None:
        """Note a problem at `key`."""
        field = f"{self.place}.{key}" if self.place else key
        self.problems.append(Problem(self.source, self.section.line_of(key), field, reason))
