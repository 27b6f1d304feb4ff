"""What somebody types into the search of the desk: words, a number, or an amount as it is written anywhere."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from policies.money import DIGITS

LONGEST = 80
"""Characters."""
PLACES = tuple(sorted({2, *DIGITS.values()}))
"""Decimals a currency may have."""
_SIGNS = re.compile(r"[€$£¥]|(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_FIGURE = re.compile(r"\d{1,12}([ .,'’]\d{3})*([.,]\d{1,3})?")
_BETWEEN = re.compile(r"[ .,'’]")


@dataclass(frozen=True, slots=True)
class Searched:
    """What is looked for: `words` in names and numbers, `amounts` in major units where it can be read as one."""

    words: str
    amounts: frozenset[Decimal]

    @property
    def minors(self) -> frozenset[int]:
        """The amounts in minor units, for every number of decimals there is."""
        found = (amount.scaleb(places) for amount in self.amounts for places in PLACES)
        return frozenset(int(one) for one in found if one == one.to_integral_value())


def read_search(text: str) -> Searched | str:
    """What is looked for, or a sentence that says why nothing can be. An amount may be read in two ways: both count."""
    words = " ".join("".join(_plain(letter) for letter in text).split())
    if not words:
        return "Write what you look for: a customer, an invoice number or an amount."
    if len(words) > LONGEST:
        return f"Write at most {LONGEST} characters: a customer, an invoice number or an amount."
    return Searched(words, _amounts(words))


def _plain(letter: str) -> str:
    """Any blank or unprintable sign is a blank."""
    return " " if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp") else letter


def _amounts(words: str) -> frozenset[Decimal]:
    figure = _SIGNS.sub("", words).strip()
    if not _FIGURE.fullmatch(figure):
        return frozenset()
    signs = list(_BETWEEN.finditer(figure))
    whole = Decimal(_BETWEEN.sub("", figure))
    if not signs:
        return frozenset({whole})
    last = signs[-1]
    decimals = len(figure) - last.end()
    parted = whole.scaleb(-decimals) if last.group() in ".," and last.group() not in figure[: last.start()] else None
    grouped = whole if decimals == 3 and len(figure[: signs[0].start()]) <= 3 else None
    return frozenset(one for one in (parted, grouped) if one is not None)
