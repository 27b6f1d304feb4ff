"""Under which numbers a party of an e-invoice is known: in its register, for VAT, and as our customer."""

import re

from policies.issuer import bare_number
from tasks.stated_invoice import Party

REGISTERED = ("0002", "0009")
"""ISO 6523 schemes of SIREN and SIRET."""
_SPACED = re.compile(r"[\d\s]+")


def company_number(party: Party) -> str:
    """The number in the party's register (BT-30, BT-47), else its SIREN or SIRET among the identifiers."""
    found = party.legal_id or next((one.text for one in party.ids if one.scheme in REGISTERED), "")
    return re.sub(r"\s", "", found) if _SPACED.fullmatch(found) else found


def vat_number(party: Party) -> str:
    """The VAT number (BT-31, BT-48) without blanks and points."""
    return bare_number(party.vat)


def customer_number(party: Party) -> str:
    """The number a buyer is kept under: the seller's own number of it (BT-46 without a scheme), else its register's,
    else another identifier, else its VAT number, else its name in capitals."""
    own = next((one.text for one in party.ids if not one.scheme), "")
    other = next((one.text for one in party.ids), "")
    return own or company_number(party) or other or vat_number(party) or party.name.text.upper()
