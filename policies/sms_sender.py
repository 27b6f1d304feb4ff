"""Whom an SMS comes from: a messaging service, a number, or a name; and where a name may not be one.

A name can be answered by nobody: whoever sends under one is told to give a telephone number. Its letters are those
Twilio takes (Messaging API, AlphaSender); the countries are those on which its guide and others agree. Of most countries
nothing is known here: then the provider's own answer counts, and that is said.
"""

import re
from enum import StrEnum

_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_SHORT_CODE = re.compile(r"\d{3,6}")
_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11}")

NO_NAMES: dict[str, str] = {
    "US": "the United States",
    "CA": "Canada",
    "PR": "Puerto Rico",
    "CN": "China",
}
"""Countries (ISO 3166-1) to which an SMS under a name does not arrive."""
NAMES: frozenset[str] = frozenset({"FR", "GB", "DE", "ES", "IT", "NL", "PT", "AT", "CH", "LU"})
"""Countries to which it does; some want the name registered first. Of any other nothing is known here."""


class SenderKind(StrEnum):
    """What an SMS comes from."""

    SERVICE = "service"  # Twilio picks one of its senders
    NUMBER = "number"
    SHORT_CODE = "short_code"
    NAME = "name"


def sender_kind(sender: str) -> SenderKind | None:
    """What `sender` is; None when Twilio takes nothing like it."""
    forms = (
        (_SERVICE, SenderKind.SERVICE), (_NUMBER, SenderKind.NUMBER), (_SHORT_CODE, SenderKind.SHORT_CODE),
        (_NAME, SenderKind.NAME),
    )  # fmt: skip
    return next((kind for form, kind in forms if form.fullmatch(sender)), None)


def sender_wrong(sender: str) -> str:
    """Why no SMS can come from `sender`, in a sentence; empty: it can."""
    if sender_kind(sender) is not None:
        return ""
    return (
        f"“{sender}” cannot send SMS (RELANCE_TWILIO_FROM): give a number with its country code, a messaging service "
        "(MG…), or a name of at most 11 letters, digits, blanks and + - _ &, with at least one letter."
    )


def name_refused(sender: str, country: str) -> str:
    """Why an SMS under this name does not reach a country, in a sentence; empty: it may, or it is no name."""
    if sender_kind(sender) is not SenderKind.NAME or country not in NO_NAMES:
        return ""
    return f"An SMS under the name “{sender}” does not reach {NO_NAMES[country]}: it needs a number there."


def name_unknown(sender: str, country: str) -> bool:
    """Whether it is not known here if an SMS under this name reaches the country."""
    return sender_kind(sender) is SenderKind.NAME and country not in NAMES and country not in NO_NAMES


def can_be_answered(sender: str) -> bool:
    """Whether an answer comes back to us: never to a name; a service may hold a number."""
    return sender_kind(sender) in (SenderKind.SERVICE, SenderKind.NUMBER, SenderKind.SHORT_CODE)
