"""Where each key of a TOML file stands, so that a mistake is reported with its line."""

import re
from dataclasses import dataclass, field

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.\-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_\-]+)["']?\s*(?:\.[^=\n]*)?=""")
_LIST_BEGINS = re.compile(r"\s*([A-Za-z0-9_\-]+)\s*=\s*\[\s*(?:#.*)?$")
_LIST_ENDS = re.compile(r"\s*\]")
_BRACE = re.compile(r"\s*\{")
_INNER_KEY = re.compile(r"([A-Za-z0-9_\-]+)\s*=")
_QUOTES = ('"""', "'''")


@dataclass(slots=True)
class Section:
    """One `[table]` or `[[table]]` of the file; the part above the first header has no name."""

    name: str
    line: int
    keys: dict[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """The line of `key`, or that of the section's header."""
        return self.keys.get(key, self.line)


def sections(text: str) -> list[Section]:
    """The sections of a file in their order. A sub-table (`[step.only_above]`) counts as a key of its section.

    So does each table of a list that stands on a line of its own, in braces, under a name: step = [ { … }, { … } ].
    """
    found = [Section("", 1)]
    quoted: str | None = None
    listed: str | None = None
    owner = found[0]
    for number, line in enumerate(text.splitlines(), start=1):
        if quoted is None and listed is not None and _BRACE.match(line):
            found.append(Section(listed, number, dict.fromkeys(_INNER_KEY.findall(line), number)))
        elif quoted is None and listed is None:
            owner = _read_line(found, owner, number, line)
        if quoted is None:
            listed = _still_listed(line, owner, listed)
        quoted = _still_quoted(line, quoted)
    return found


def nth(found: list[Section], name: str, place: int) -> Section:
    """The section number `place` (from 0) called `name`; the root where the file writes its tables inline."""
    named = [section for section in found if section.name == name]
    if place < len(named):
        return named[place]
    return Section(name, found[0].line_of(name))


def inside(found: list[Section], owner: Section, key: str) -> Section:
    """The section of a table inside `owner`: `[step.repeat]` below it, or the line of `key` where it stands inline."""
    name = f"{owner.name}.{key}" if owner.name else key
    below = next((place for place, section in enumerate(found) if section is owner), len(found)) + 1
    for section in found[below:]:
        if section.name == owner.name:
            break
        if section.name == name:
            return section
    return Section(key, owner.line_of(key))


def _read_line(found: list[Section], current: Section, number: int, line: str) -> Section:
    """The section the line belongs to: one it opens, or the current one."""
    header = _HEADER.match(line)
    if header is None:
        key = _KEY.match(line)
        if key is not None:
            current.keys.setdefault(key.group(1), number)
        return current
    name, (parent, _, child) = header.group(1), header.group(1).partition(".")
    owner = next((section for section in reversed(found) if child and section.name == parent), None)
    if owner is not None:
        owner.keys.setdefault(child, number)
    found.append(Section(name, number))
    return found[-1]


def _still_listed(line: str, owner: Section, listed: str | None) -> str | None:
    """The name of the list that is still open at the end of `line`; None where there is none."""
    if listed is not None:
        return None if _LIST_ENDS.match(line) else listed
    opened = _LIST_BEGINS.match(line)
    if opened is None:
        return None
    return f"{owner.name}.{opened.group(1)}" if owner.name else opened.group(1)


def _still_quoted(line: str, quoted: str | None) -> str | None:
    """The quotes of a text of several lines that is still open at the end of `line`."""
    for quotes in _QUOTES if quoted is None else (quoted,):
        if line.count(quotes) % 2:
            return quotes if quoted is None else None
    return quoted
