"""Data set on paper by typst as PDF/A-2b: the same data gives the same bytes, and no text is ever read as markup."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import typst

LARGEST = 2_000_000
"""Letters of JSON a page may be made of: what bounds the time a rendering takes."""

TRIES = 5
UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
UNBROKEN = re.compile(r"\S{30}(?=\S)")
"""A word longer than a column: it may break after every thirty letters, and would else run off the page."""

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: an amount could be read backwards after one."""


class NotPrinted(ValueError):
    """The page could not be set; the sentence says why."""


def paper(template: Path, told: dict[str, Any]) -> bytes:
    """The PDF. A letter no shipped font has is printed as its code (`[U+1F642]`), never left out. Raises NotPrinted."""
    said = json.dumps(_printable(told), ensure_ascii=False)
    if len(said) > LARGEST:
        raise NotPrinted(f"The page holds {len(said)} letters, more than {LARGEST}; print fewer items at once.")
    source = template.read_bytes()
    for _ in range(TRIES):
        try:
            return _set(source, said)
        except typst.TypstError as refused:
            unshown = _unshown(str(refused))
            if not unshown:
                raise NotPrinted(f"The page could not be set: {str(refused).splitlines()[0]}.") from refused
            said = said.translate({ord(each): f"[U+{ord(each):04X}]" for each in unshown})
    raise NotPrinted("The page holds letters that no shipped font can show.")


def _set(source: bytes, said: str) -> bytes:
    made = typst.compile(
        source, sys_inputs={"page": said}, ignore_system_fonts=True, format="pdf", pdf_standards="a-2b", timestamp=0
    )
    assert isinstance(made, bytes), "without a file to write typst answers with the bytes"
    return made


def _unshown(reason: str) -> set[str]:
    """The letters typst found in none of the fonts; those of plain ASCII in the same cluster can be shown."""
    found = "".join(ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in UNSHOWN.findall(reason))
    return {each for each in found if not each.isascii()}


def _printable(value: Any) -> Any:
    """The same data, breakable, without control characters and without marks that turn the direction of reading."""
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    if isinstance(value, str):
        kept = "".join(" " if unicodedata.category(each) in ("Cc", "Cs") else each for each in value)
        return UNBROKEN.sub("\\g<0>\u200b", TURNING.sub("", kept))
    return value
