"""Numbers of companies, taxpayers and accounts, checked by the rules of those who give them out."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
from stdnum import iso7064, iso11649
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError
from stdnum.util import get_cc_module

from tasks.cell_values import Unreadable

REGISTERS = {
    "BE": "vat", "ES": "nif", "SE": "orgnr", "NO": "orgnr", "DK": "cvr", "FI": "ytunnus", "CH": "uid", "PT": "nif",
    "IT": "iva", "AT": "businessid", "PL": "nip", "LU": "tva",
}  # fmt: skip
"""Country -> the number its companies are known by (modules of python-stdnum)."""
OUTSIDE_THE_REGISTRY = frozenset(
    [
        "AO",
        "BF",
        "BJ",
        "CF",
        "CG",
        "CI",
        "CM",
        "CV",
        "DZ",
        "GA",
        "GQ",
        "GW",
        "HN",
        "IR",
        "KM",
        "MA",
        "MG",
        "ML",
        "MZ",
        "NE",
        "SN",
        "TD",
        "TG",
    ]
)
"""Countries that use IBANs without being in the ISO 13616 registry: their check digits alone are checked."""


def read_company_number(text: str, country: str) -> str:
    """The number in the register of `country`, without blanks; raises Unreadable naming what does not fit."""
    bare = "".join(c for c in text if c.isalnum()).upper()
    if country == "FR":
        figures = len(bare)
        if figures not in (9, 14):
            raise Unreadable(f"“{text}” has {figures} figures; a SIREN has 9, a SIRET has 14.")
        return _checked(
            text, "SIREN" if figures == 9 else "SIRET", get_cc_module("fr", "siren" if figures == 9 else "siret")
        )
    if country in REGISTERS:
        is_person = country == "IT" and len(bare) == 16  # sole traders are known by their tax code
        module = get_cc_module(country.lower(), "codicefiscale" if is_person else REGISTERS[country])
        if module is not None:
            return _checked(text, f"company number of {country}", module)
    if not bare or len(bare) > 20:
        raise Unreadable(f"“{text}” is not a company number.")
    return bare


def read_vat_number(text: str, country: str) -> str:
    """The VAT number with its country before it; raises Unreadable naming what does not fit."""
    bare = "".join(c for c in text if c.isalnum()).upper()
    if bare.startswith("CHE"):  # the Swiss number begins with these letters, and VAT with what follows it
        return _checked(bare, "VAT number", get_cc_module("ch", "vat" if bare[12:] else "uid"))
    prefix = bare[:2] if bare[:2].isalpha() else {"GR": "EL"}.get(country, country)
    module = get_cc_module({"EL": "gr", "XI": "gb"}.get(prefix, prefix.lower()), "vat") if prefix else None
    if module is None:
        raise Unreadable(f"“{text}” does not begin with the country of the VAT number, such as FR.")
    number = _checked(bare.removeprefix(prefix), "VAT number", module)
    return prefix + number.removeprefix(prefix)


def same_company(company_number: str, vat_number: str) -> bool:
    """A French VAT number ends in the SIREN; other numbers are not compared."""
    return not (company_number and vat_number.startswith("FR") and company_number[:9] != vat_number[4:])


def _checked(text: str, what: str, module: Any) -> str:
    validate: Callable[[str], str] = module.validate
    try:
        return validate(text)
    except InvalidChecksum:
        raise Unreadable(f"“{text}” is not a {what}: its check digit does not fit.") from None
    except InvalidLength:
        raise Unreadable(f"“{text}” is not a {what}: it has too few or too many figures.") from None
    except InvalidComponent:
        raise Unreadable(f"“{text}” is not a {what}: a part of it does not exist.") from None
    except ValidationError:
        raise Unreadable(f"“{text}” is not a {what}: it is not written like one.") from None


@lru_cache(maxsize=65536)
def account_number(text: str) -> str:
    """An IBAN (ISO 13616) without blanks: its check digits and the length of its country; raises Unreadable."""
    bare = "".join(text.split()).upper()
    try:
        iso7064.mod_97_10.validate(bare[4:] + bare[:4])
    except ValidationError:
        raise Unreadable(f"“{text}” is not an IBAN: its check digits do not fit.") from None
    if bare[:2] not in OUTSIDE_THE_REGISTRY:
        try:
            IBAN(bare)
        except SchwiftyException as error:
            raise Unreadable(f"“{text}” is not an IBAN of {bare[:2]}: {str(error).lower()}.") from None
    return bare


def creditor_reference(text: str) -> str | None:
    """A structured creditor reference (ISO 11649, `RF18…`) without blanks, or None where it is none."""
    try:
        found: str = iso11649.validate("".join(text.split()).upper())
    except ValidationError:
        return None
    return found
