"""One text, two forms: marks around its names, amounts and lines, which the plain part leaves out and the HTML part reads.

Both parts of an e-mail come from one rendering, so that neither can say what the other does not. The marks are control
characters: `wording.one_line` has taken those out of every value before.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

NAME, AMOUNT, LINK, ITEM, END = "\x01", "\x02", "\x03", "\x04", "\x05"
"""What begins a name from outside, an amount, an address to open, a line of a list of invoices; and what ends the first three."""

_MARKS = re.compile(f"[{NAME}{AMOUNT}{LINK}{ITEM}{END}]")
_SPAN = re.compile(f"([{NAME}{AMOUNT}{LINK}])([^{END}]*){END}|([^{NAME}{AMOUNT}{LINK}]+)")


class Part(StrEnum):
    """What a piece of a line is."""

    WORDS = "words"
    NAME = "name"
    AMOUNT = "amount"
    LINK = "link"


_PARTS = {NAME: Part.NAME, AMOUNT: Part.AMOUNT, LINK: Part.LINK}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line, without marks."""

    part: Part
    text: str


Words = tuple[Span, ...]
"""A line, or a cell of one."""


def named(text: str) -> str:
    """A name or number from outside with its marks; an empty one stays empty, so that templates see there is none."""
    return f"{NAME}{text}{END}" if text else ""


def figure(text: str) -> str:
    """An amount with its marks."""
    return f"{AMOUNT}{text}{END}"


def link(text: str) -> str:
    """An address to open with its marks."""
    return f"{LINK}{text}{END}"


def plain(marked: str) -> str:
    """The text as the plain part has it."""
    return _MARKS.sub("", marked)


def spans(marked: str) -> Words:
    """A line in its pieces."""
    return tuple(
        Span(_PARTS[sign], inside) if sign else Span(Part.WORDS, words)
        for sign, inside, words in _SPAN.findall(marked.replace(ITEM, ""))
        if inside or words
    )
