"""The fields of SWIFT messages MT940 and MT942, told apart whatever a bank puts around them.

Source: SWIFT Standards, Category 9, MT 940 Customer Statement Message and MT 942 Interim Transaction Report.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TAG = re.compile(r":(\d{2}[A-Z]?|NS):(.*)", re.DOTALL)
_OTHER_TAG = re.compile(r":\d{3}:|\{[1-5]:|\d{3}\s*$|-\}?|-[A-Z]*\s*$")
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
    """The fields of each message; a message begins with field 20 and ends where the next begins.

    Lines before the first field, and everything between the end of a message (`-`) and the next field 20, are the
    bank's own envelope and say nothing.
    """
    fields: list[Tagged] = []
    is_inside = False
    for number, raw in enumerate(content.split("\n"), 1):
        text = raw.rstrip().removeprefix("{4:")
        tagged = _TAG.match(text)
        if tagged and tagged[1] == "20":
            if fields:
                yield fields
            fields, is_inside = [], True
        if tagged and (is_inside or not fields):
            is_inside = True
            fields.append(Tagged(tagged[1], number, [tagged[2]]))
        elif _ends(text):
            is_inside = False
        elif is_inside and fields and not _OTHER_TAG.fullmatch(text):
            fields[-1].lines.append(text)
    if fields:
        yield fields


def _ends(text: str) -> bool:
    return text in {"-", "-}"} or bool(re.fullmatch(r"-[A-Z]{1,4}|-\}\{5:.*", text))
