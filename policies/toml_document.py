"""Opening a TOML file: its values and where they stand, or the one reason why it is no TOML."""

import re
import tomllib
from typing import Any

from policies.problems import Problem
from policies.toml_lines import Section, sections

LARGEST = 1_000_000
"""Bytes of the longest file that is read: far more than anybody writes by hand."""
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")


def open_toml(content: bytes, source: str) -> tuple[dict[str, Any], list[Section]] | Problem:
    """The values and sections of `content`; `source` names the file in the problem."""
    if len(content) > LARGEST:
        return Problem(source, 1, "", f"The file is larger than {LARGEST // 1_000_000} MB; nothing of it was read.")
    try:
        written = content.decode("utf-8-sig")  # some editors begin a file with a mark of their own
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem(source, line, "", "The file is not UTF-8 text; save it again as UTF-8.")
    try:
        return tomllib.loads(written), sections(written)
    except RecursionError:
        return Problem(source, 1, "", "Its lists or tables are nested too deeply to be read.")
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = written.count("\n") + 1 if found is None else int(found.group(1))
        words = _AT_LINE.sub("", str(error)).replace("(at end of document)", "").strip()
        return Problem(source, line, "", f"This is not TOML: {words}.")
