"""How many parts an SMS is cut into: by its letters, which alphabet carries it, and how many of them fit (3GPP TS 23.038).

A text of GSM-7 letters alone holds 160 of them in one part, 153 in each of several; letters of the extension table take
two places. One other letter (`ç`, `ê`, an emoji) and the whole text is carried in UCS-2: 70 in one part, 67 in several.
`é è à ù` are GSM-7, `ê â î ô û ç` are not. Whoever sends pays by the part.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""Letters of the default alphabet: one place each."""
EXTENDED = frozenset("^{}\\[~]|€\f")
"""Letters of its extension table: two places each, never cut in two."""
GSM = BASIC | EXTENDED

_JOINER = "\u200d"


class Encoding(StrEnum):
    """The alphabet that carries a text."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


BITS = {Encoding.GSM7: 7, Encoding.UCS2: 16}
"""Bits of one place."""
ALONE = {Encoding.GSM7: 160, Encoding.UCS2: 70}
"""Places of a text in one part."""
TOGETHER = {Encoding.GSM7: 153, Encoding.UCS2: 67}
"""Places of each part of several: the rest says which part it is."""
HEADER_BITS = 48
"""What each of several parts begins with."""


@dataclass(frozen=True, slots=True)
class Segments:
    """How a text is carried."""

    encoding: Encoding
    places: int
    """Places it takes: a letter of the extension table and an emoji take two."""
    count: int
    """Parts it is cut into; at least one."""

    @property
    def message_bits(self) -> int:
        """Bits of the text itself."""
        return self.places * BITS[self.encoding]

    @property
    def total_bits(self) -> int:
        """Bits with the headers of several parts."""
        return self.message_bits + (HEADER_BITS * self.count if self.count > 1 else 0)


def segments(text: str) -> Segments:
    """How `text` is carried. What a reader sees as one sign is never cut in two, so a part may stay a little short."""
    encoding = Encoding.GSM7 if all(letter in GSM for letter in text) else Encoding.UCS2
    sizes = [_places(sign, encoding) for sign in _signs(text)]
    places = sum(sizes)
    if places <= ALONE[encoding]:
        return Segments(encoding, places, 1)
    return Segments(encoding, places, _parts(sizes, TOGETHER[encoding]))


def _parts(sizes: list[int], room: int) -> int:
    """The parts signs of these sizes fill, each put into the first part that has room behind the one before."""
    count, left = 0, 0
    for size in sizes:
        if size > left:
            count, left = count + -(-size // room), -size % room  # a sign longer than a part runs over into the next
        else:
            left -= size
    return count


def _places(sign: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM7:
        return sum(2 if letter in EXTENDED else 1 for letter in sign)
    return sum(2 if ord(letter) > 0xFFFF else 1 for letter in sign)


def _signs(text: str) -> Iterator[str]:
    """The text by what a reader sees as one sign: a letter with its accents, an emoji with what is joined to it."""
    sign = ""
    for letter in text:
        belongs = unicodedata.category(letter) in ("Mn", "Me") or letter == _JOINER or sign.endswith(_JOINER)
        if sign and not belongs:
            yield sign
            sign = ""
        sign += letter
    if sign:
        yield sign
