"""A message's marked text in blocks, as its HTML part shows them: paragraphs, lists, payment details, invoices, figures."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from tasks.marked_text import AMOUNT, END, ITEM, LINK, Part, Span, Words, plain, spans

CELLS = " · "
"""Between the figures of one line."""


class Kind(StrEnum):
    """What the lines of a block are."""

    HEADING = "heading"
    TEXT = "text"
    BULLETS = "bullets"
    DETAILS = "details"
    """Label and value, indented in the plain part."""
    TOTALS = "totals"
    """Lines that end with an amount they name."""
    PAY = "pay"
    """The creditor's own page to pay on."""
    ITEMS = "items"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list of invoices: which it is, what is said of it and its figures, each with its label."""

    head: Words
    under: tuple[Words, ...]
    figures: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one kind that stand together. `labels` are said once above items that all bear them; `short`: as few
    signs around each line as can be (`compact`)."""

    kind: Kind
    lines: tuple[Words, ...] = ()
    items: tuple[Item, ...] = ()
    ends: bool = True
    """Whether an empty line follows."""
    labels: Item | None = None
    short: bool = False


def blocks(marked: str) -> tuple[Block, ...]:
    """The text in blocks; nothing is left out and nothing added."""
    found = [block for paragraph in marked.strip("\n").split("\n\n") for block in _paragraph(paragraph.split("\n"))]
    if found and found[0].kind is Kind.TEXT and len(found[0].lines) == 1 and _said(found[0].lines[0]).isupper():
        found[0] = replace(found[0], kind=Kind.HEADING)
    if len(found) > 1 and found[-1].kind is Kind.TEXT and found[-2].ends:
        found[-1] = replace(found[-1], kind=Kind.SIGNATURE)
    return tuple(found)


def compact(block: Block) -> Block:
    """The same items with the labels most of them bear said once above them; an item with others keeps its own."""
    borne = Counter(_labels(item) for item in block.items)
    most = max(borne, key=lambda labels: borne[labels], default=None)
    if most is None or borne[most] < 2 or any(re.search(r"\d|^$", label) for label in sum(most, ())):
        return replace(block, short=True)
    under, figures = (tuple((Span(Part.WORDS, label),) for label in labels) for labels in most)
    bare = tuple(_bare(item) if _labels(item) == most else item for item in block.items)
    return replace(block, items=bare, labels=Item((), under, figures), short=True)


def _paragraph(lines: Sequence[str]) -> Iterator[Block]:
    kinds = _kinds(lines)
    runs = [
        (kind, [line for _, line in run]) for kind, run in groupby(zip(kinds, lines, strict=True), lambda each: each[0])
    ]
    for at, (kind, run) in enumerate(runs, 1):
        ends = at == len(runs)
        if kind is Kind.ITEMS:
            yield Block(kind, items=tuple(_items(run)), ends=ends)
        else:
            yield Block(kind, tuple(spans(_stripped(line, kind)) for line in run), ends=ends)


def _kinds(lines: Sequence[str]) -> list[Kind]:
    kinds = list[Kind]()
    for line in lines:
        within = bool(kinds) and kinds[-1] is Kind.ITEMS
        kinds.append(Kind.ITEMS if line.startswith("  ") and within else _kind(line))
    return kinds


def _kind(line: str) -> Kind:
    starts = {ITEM: Kind.ITEMS, "- ": Kind.BULLETS, "  ": Kind.DETAILS}
    for start, kind in starts.items():
        if line.startswith(start):
            return kind
    if line.endswith(END) and (marks := re.search(rf": [{LINK}{AMOUNT}][^{END}]*{END}$", line)):
        return Kind.PAY if LINK in marks[0] else Kind.TOTALS
    return Kind.TEXT


def _stripped(line: str, kind: Kind) -> str:
    return line[2:] if kind in (Kind.BULLETS, Kind.DETAILS) else line


def _items(lines: Sequence[str]) -> Iterator[Item]:
    starts = [at for at, line in enumerate(lines) if line.startswith(ITEM)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        cells = [line.strip().split(CELLS) for line in lines[start + 1 : end]]
        yield Item(
            spans(lines[start].removeprefix(f"{ITEM}- ")),
            tuple(spans(row[0]) for row in cells if len(row) == 1),
            tuple(spans(cell) for row in cells if len(row) > 1 for cell in row),
        )


def _labels(item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(map(_label, item.under)), tuple(map(_label, item.figures))


def _label(words: Words) -> str:
    """What stands before the value, with its colon; empty where there is no label."""
    before, colon, _ = words[0].text.partition(":") if words and words[0].part is Part.WORDS else ("", "", "")
    return f"{before}:" if colon else ""


def _bare(item: Item) -> Item:
    return replace(item, under=tuple(map(_value, item.under)), figures=tuple(map(_value, item.figures)))


def _value(words: Words) -> Words:
    rest = words[0].text.removeprefix(_label(words)).lstrip()
    return (Span(Part.WORDS, rest), *words[1:]) if rest else words[1:]


def _said(words: Words) -> str:
    return plain("".join(span.text for span in words))
