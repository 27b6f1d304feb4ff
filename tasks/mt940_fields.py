"""The fields of SWIFT messages MT940 and MT942, told apart whatever a bank puts around them.

Source: SWIFT Standards, Category 9, MT 940 Customer Statement Message and MT 942 Interim Transaction Report.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.bank_statement import MOST_LINES
from tasks.bank_text import numbered_lines
from tasks.cell_values import Unreadable

MOST_FIELDS = 2 * MOST_LINES + 20
"""Fields of the longest message: two for each movement, and those around them."""
MOST_FIELD_LINES = 500
"""Lines of the longest field; the standard has six."""

_TAG = re.compile(r":(\d{2}[A-Z]?|NS):(.*)", re.DOTALL)
_ENVELOPE = re.compile(r":\d{3}:|\{[1-5]:|-\}?")
_OTHER_TAG = re.compile(r":\d{3}:|\{[1-5]:|\d{3}\s*$|-\}?|-[A-Z]*\s*$")
_ACCOUNT = frozenset({"25", "25P"})
STARTS = re.compile(r"^(?:\{4:\s*)?:20:", re.MULTILINE)
"""What every message of the kind begins with."""


@dataclass(slots=True)
class Tagged:
    """One field: its tag without colons, its lines, and the line of the file it starts on."""

    tag: str
    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The field's content, its lines apart."""
        return "\n".join(self.lines).strip("\n")


def messages(content: str) -> Iterator[list[Tagged]]:
    """The fields of each message; a message begins with field 20, or with the field 25 of another account, and ends where
    the next begins.

    Lines before the first field, and everything between the end of a message (`-`) and the next field 20, are the
    bank's own envelope and say nothing.
    """
    fields: list[Tagged] = []
    is_inside = False
    for number, raw in numbered_lines(content):
        text = raw.rstrip().removeprefix("{4:")
        tagged = _TAG.match(text)
        if tagged and _begins(tagged[1], fields):
            if fields:
                yield fields
            fields = []
        if tagged:
            _add(fields, Tagged(tagged[1], number, [tagged[2]]), is_inside=is_inside or not fields)
            is_inside = True
        elif _ends(text):
            is_inside = False
        elif is_inside:
            _go_on(fields[-1], text)
    if fields:
        yield fields


def _begins(tag: str, fields: list[Tagged]) -> bool:
    return tag == "20" or (tag in _ACCOUNT and any(one.tag in _ACCOUNT for one in fields))


def _add(fields: list[Tagged], tagged: Tagged, *, is_inside: bool) -> None:
    if not is_inside:
        raise Unreadable(f"Line {tagged.line}: a field stands behind the end of its message; fetch the file again.")
    fields.append(tagged)
    if len(fields) > MOST_FIELDS:
        raise Unreadable(f"The message holds more than {MOST_FIELDS} fields; export a shorter period.")


def _go_on(tagged: Tagged, text: str) -> None:
    """A line more of the field; what the payer wrote may be three figures, which elsewhere name a message."""
    if (_ENVELOPE if tagged.tag == "86" else _OTHER_TAG).fullmatch(text):
        return
    tagged.lines.append(text)
    if len(tagged.lines) > MOST_FIELD_LINES:
        raise Unreadable(
            f"The field on line {tagged.line} has more than {MOST_FIELD_LINES} lines; this is no statement."
        )


def _ends(text: str) -> bool:
    return text in {"-", "-}"} or bool(re.fullmatch(r"-[A-Z]{1,4}|-\}\{5:.*", text))
