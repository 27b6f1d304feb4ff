"""The hash chain of a journal: each entry commits to the one before it, so that none can be changed, dropped or moved (design 4.13)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a chain, as it was written. `facts` None: withheld, only its hash is shown."""

    chain: str
    place: int
    at: datetime
    kind: str
    facts: Mapping[str, object] | None
    previous: str
    hash: str


def canonical(facts: Mapping[str, object]) -> str:
    """The facts as the one text that is hashed: sorted keys, no spaces."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def entry_hash(previous: str, place: int, at: datetime, kind: str, facts: Mapping[str, object]) -> str:
    """What an entry at this place, after the one whose hash is `previous`, must bear as its hash."""
    stamp = at.astimezone(UTC).isoformat()
    return hashlib.sha256("|".join((previous, str(place), stamp, kind, canonical(facts))).encode()).hexdigest()


def first_broken(chain: Sequence[Entry]) -> int | None:
    """The place of the first entry that does not follow from the one before it; None when the chain is whole.

    A withheld entry is held by the next one, which names its hash.
    """
    previous = ""
    for place, entry in enumerate(chain, 1):
        if (entry.place, entry.previous) != (place, previous):
            return place
        if entry.facts is not None and entry.hash != entry_hash(previous, place, entry.at, entry.kind, entry.facts):
            return place
        previous = entry.hash
    return None


def not_following(chain: str, place: int) -> str:
    """What is wrong with the entry at this place of a chain that is not whole, as a sentence without its capital."""
    return (
        f"entry {place} of chain {chain} does not follow from the one before it: it was altered, "
        "or an entry was removed, added or moved."
    )


def salted(salt: str, content: bytes) -> str:
    """The hash by which a chain refers to a text or file: once the salt is erased with it, nobody can try what it was."""
    return hashlib.sha256(salt.encode() + content).hexdigest()
