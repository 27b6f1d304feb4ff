"""E-mail addresses and telephone numbers as other machines accept them."""

import re

ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\Z")

TRUNK_ZERO: dict[str, str] = {
    "FR": "33", "BE": "32", "CH": "41", "DE": "49", "AT": "43", "NL": "31", "GB": "44", "IE": "353",
}  # fmt: skip
"""Calling codes of countries whose national numbers start with a 0 that is dropped from abroad."""


def mailbox(text: str) -> str | None:
    """The address as it stands on an envelope (RFC 5321, its domain in ASCII), or None when it is not valid.

    One address, no name around it. A local part outside ASCII is refused: most servers cannot take it.
    """
    local, at, domain = text.strip().rpartition("@")
    if not at or len(local) > 64 or not ATOM.match(local):
        return None
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = ascii_domain.split(".")
    if len(ascii_domain) > 253 or len(labels) < 2 or labels[-1].isdigit():
        return None
    return f"{local}@{ascii_domain}" if all(LABEL.match(label) for label in labels) else None


def telephone(text: str, country: str = "") -> str | None:
    """The number in E.164 (`+33612345678`), or None when it cannot be told.

    A national number needs a country whose habit we know; nothing is guessed.
    """
    bare = re.sub(r"[\s.()/\u00a0\u202f-]", "", text.replace("(0)", ""))
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    elif bare.startswith("0") and country in TRUNK_ZERO:
        bare = f"+{TRUNK_ZERO[country]}{bare[1:]}"
    return bare if re.fullmatch(r"\+[1-9][0-9]{6,14}", bare) else None
