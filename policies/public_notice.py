"""A published notice about a company: whether it opens proceedings, and whom it may be about.

A notice is somebody's by its number in the register of companies alone: names are shared, changed and misspelt. A likeness of
names is only told, never acted upon.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policies.insolvency import NAMES
from policies.matching.names import is_like, words_of

OPENING = re.compile(r"ouverture|conversion|prononc|liquidation judiciaire|extension", re.IGNORECASE)
CONVERTED = re.compile(r"conversion\s+en\s+(?:proc[eé]dure\s+de\s+)?(\w+)")
ENDING = re.compile(r"cl[oô]ture|rejet|infirm|fin de la proc|r[eé]tract", re.IGNORECASE)
SIREN = re.compile(r"(?<!\d)\d{3}[ \u00a0.]?\d{3}[ \u00a0.]?\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """One notice as it was published (BODACC: *procédures collectives*)."""

    reference: str
    """What names it: its number in the gazette."""
    numbers: tuple[str, ...]
    """Register numbers, digits only, each of which passed its check digit."""
    name: str
    kind: str
    """The word of the proceedings: *redressement*; empty: the notice does not say."""
    judgment: date | None
    published: date | None
    court: str = ""
    text: str = ""
    opens: bool = True
    """Whether it opens proceedings; others tell of their course."""


def kind_in(text: str) -> str:
    """The proceedings a text names; of a conversion what they were converted into, of several the one named last."""
    said = text.casefold()
    if converted := CONVERTED.search(said):
        return next((one.value for one in NAMES if one.value == converted[1]), "")
    found = [(said.rfind(one.value), one.value) for one in NAMES if one.value in said]
    return max(found)[1] if found else ""


def opens(text: str) -> bool:
    """Whether the words of a judgment open proceedings."""
    return bool(OPENING.search(text)) and not ENDING.search(text)


def numbers_in(text: str) -> tuple[str, ...]:
    """The nine-digit register numbers in a text (blanks and points are left out) that are well formed, each once."""
    found = (re.sub(r"\D", "", one) for one in SIREN.findall(text))
    return tuple(dict.fromkeys(one for one in found if is_siren(one)))


def is_siren(number: str) -> bool:
    """Whether nine digits have the check digit of the French register (Luhn)."""
    if len(number) != 9 or not number.isdigit() or number == "0" * 9:
        return False
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(number))
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def sirens_of(company_number: str, vat_number: str) -> frozenset[str]:
    """The register numbers a customer is known by: its SIREN or SIRET, and the one in a French VAT number."""
    digits = re.sub(r"\D", "", company_number)
    vat = re.sub(r"[\s.]", "", vat_number).upper()
    found = {digits[:9]} if len(digits) in (9, 14) else set()
    found |= {vat[4:]} if vat.startswith("FR") and len(vat) == 13 else set()
    return frozenset(one for one in found if is_siren(one))


def are_alike(one: str, other: str) -> bool:
    """Whether two names resemble each other; never a reason to act."""
    return is_like(words_of(one), words_of(other))


def openings(notices: Iterable[PublicNotice]) -> tuple[PublicNotice, ...]:
    """Those that open proceedings and say whose."""
    return tuple(one for one in notices if one.opens and (one.numbers or one.name))
