"""E-mail addresses, telephone numbers and addresses of pages as other machines accept them."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

import phonenumbers

ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\Z")


@lru_cache(maxsize=65536)
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


@lru_cache(maxsize=65536)
def telephone(text: str, country: str = "") -> str | None:
    """The number in E.164 (`+33612345678`), or None when it is none that its country gives out.

    A national number is read by the habits of `country` (ISO 3166-1); without one nothing is guessed.
    """
    bare = text.strip()
    bare = f"+{bare[2:]}" if bare.startswith("00") and not country else bare
    try:
        number = phonenumbers.parse(bare, country or None)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def web_address(text: str) -> str | None:
    """The address of a page (`https://pay.example/17`), or None: nothing else may become a link in a message."""
    if any(not letter.isprintable() or letter.isspace() or letter in "<>\"'`\\" for letter in text):
        return None
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    known = parts.scheme in ("https", "http") and "." in host and parts.username is None
    return text if known else None
