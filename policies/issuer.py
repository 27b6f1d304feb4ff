"""Whose invoice it is: the seller's number in the file against the creditor's own."""

import re

_FRENCH_VAT = re.compile(r"FR[0-9A-Z]{2}(\d{9})")


def bare_number(text: str) -> str:
    """A company or VAT number as it is compared: capitals and digits only."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def other_issuer(own: str, seller_number: str, seller_vat: str) -> bool:
    """Whether the seller is surely another company than the creditor with the number `own`.

    French numbers are compared by their SIREN: a SIRET (14 digits) starts with it, a VAT number ends with it. Numbers of
    different kinds (a register's against a VAT number) say nothing about each other, and unknown is never other.
    """
    mine = bare_number(own)
    theirs = [number for number in (bare_number(seller_number), bare_number(seller_vat)) if number]
    siren = _siren(mine)
    if siren:
        comparable = [found for found in map(_siren, theirs) if found]
        return bool(comparable) and siren not in comparable
    same_kind = [number for number in theirs if _form(number) == _form(mine)]
    return bool(mine and same_kind) and mine not in same_kind


def _siren(number: str) -> str:
    if number.isdigit() and len(number) in (9, 14):
        return number[:9]
    match = _FRENCH_VAT.fullmatch(number)
    return match[1] if match else ""


def _form(number: str) -> str:
    """The letters it starts with and how long it is: numbers of one register look alike."""
    letters = re.match(r"[A-Z]*", number)
    return f"{letters[0] if letters else ''}{len(number)}"
