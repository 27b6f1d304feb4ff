"""Keys of sessions, links and tokens: made here, handed out once, kept as a hash only."""

import hashlib
import secrets
from typing import NamedTuple


class Key(NamedTuple):
    """A fresh key: what its owner gets, and what is kept."""

    given: str
    kept: str


def fresh_key(prefix: str = "") -> Key:
    """256 random bits; a fast hash is enough for what nobody can guess."""
    given = prefix + secrets.token_urlsafe(32)
    return Key(given, kept_of(given))


def kept_of(given: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()
