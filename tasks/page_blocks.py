"""A page of plain sentences as blocks: the same words for the terminal, for HTML and for PDF.

The templates write one block a line, told by its first sign: `# ` the title, `> ` what stands under it, `## ` a
heading, `- ` a point, `= ` a name and what it is called, `+ ` a step, `~ ` the small print; anything else is a
paragraph.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Whom a page is for."""

    STAFF = "staff"
    CUSTOMERS = "customers"


class Kind(StrEnum):
    """What a block is."""

    TITLE = "title"
    UNDER = "under"
    HEADING = "heading"
    POINT = "point"
    FACT = "fact"
    STEP = "step"
    SMALL = "small"
    PARAGRAPH = "paragraph"


SIGNS: tuple[tuple[str, Kind, int], ...] = (
    ("## ", Kind.HEADING, 1), ("# ", Kind.TITLE, 1), ("> ", Kind.UNDER, 1), ("- ", Kind.POINT, 1),
    ("= ", Kind.FACT, 2), ("+ ", Kind.STEP, 4), ("~ ", Kind.SMALL, 1),
)  # fmt: skip
"""The sign of each kind, and how many parts it has between bars."""


BLANKS = re.compile(r" {2,}")


class NotABlock(ValueError):
    """A template wrote a line that has not the parts of its kind."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block. A fact has a name and a value; a step its day, its title, its sentences and who acts."""

    kind: Kind
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words of a block that has one part."""
        return self.parts[0]


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a page; empty lines only separate."""
    return tuple(_block(line) for line in (BLANKS.sub(" ", line.strip(" ")) for line in text.splitlines()) if line)


def _block(line: str) -> Block:
    for sign, kind, count in SIGNS:
        if line.startswith(sign):
            parts = tuple(part.strip() for part in line.removeprefix(sign).split(" | ", count - 1))
            if len(parts) != count:
                raise NotABlock(f"This line has {len(parts)} parts, not {count}: {line}")
            return Block(kind, parts)
    return Block(Kind.PARAGRAPH, (line,))


def title_of(page: tuple[Block, ...]) -> str:
    """The title of a page."""
    return next((block.text for block in page if block.kind is Kind.TITLE), "")
