"""The text of a bank file: read whole within a limit, in the encoding its bytes prove."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from policies.problems import Problem
from tasks.read_csv import FileRefused

LARGEST = 40 * 1024 * 1024
"""Bytes of the largest bank file that is not XML."""


def bank_text(path: Path) -> str:
    """The file's text: UTF-16 with its mark, UTF-8, else Windows-1252, which most banks mean by text. Raises FileRefused."""
    if path.stat().st_size > LARGEST:
        reason = f"The file is larger than {LARGEST // (1024 * 1024)} MB; export a shorter period."
        raise FileRefused(Problem(path.name, None, "", reason))
    content = _plain(path).removeprefix(codecs.BOM_UTF8)
    if (place := content.find(b"\0")) >= 0:
        line = content.count(b"\n", 0, place) + 1
        raise FileRefused(Problem(path.name, line, "", "The line holds a NUL byte; this is not a text file."))
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
    reason = "The line is neither UTF-8 nor Windows-1252; save the file in one of the two."
    raise FileRefused(Problem(path.name, line, "", reason))


def _plain(path: Path) -> bytes:
    """The bytes, in UTF-8 where the mark at their beginning says that they are UTF-16."""
    content = path.read_bytes()
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content
    try:
        return content.decode("utf-16").encode()
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        reason = "The file begins as UTF-16 and is none further on; fetch it again."
        raise FileRefused(Problem(path.name, None, "", reason)) from error


def numbered_lines(content: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, one at a time: millions of empty ones must not fill the memory."""
    number, start = 0, 0
    while start <= len(content):
        end = content.find("\n", start)
        end = len(content) if end < 0 else end
        number += 1
        yield number, content[start:end]
        start = end + 1
