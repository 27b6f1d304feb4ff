"""The journals of a file of evidence: whole, and saying of every letter and file what its bytes are."""

import hashlib
from collections.abc import Mapping, Sequence
from itertools import groupby

from policies.evidence.manifest import Manifest
from policies.evidence.parts import JOURNAL, TABLES, Piece
from policies.journal_chain import Entry, first_broken, not_following, salted

ERASED = "erased"
"""The entry that tells that a person's data were erased, and when."""
NEEDED = ("reserved", "told", "dispute_document")
"""Entries whose file must be there, unless it was voided, left out or erased."""


def chains_of(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The chains in the order they stand in."""
    return {name: tuple(those) for name, those in groupby(entries, key=lambda one: one.chain)}


def broken_chain(entries: Sequence[Entry]) -> str:
    """The first entry that does not follow from the one before it, as a sentence; empty: all chains are whole."""
    chains = chains_of(entries)
    if sum(len(those) for those in chains.values()) != len(entries):
        return f"{JOURNAL}: the entries of one chain do not stand together."
    for name, those in chains.items():
        place = first_broken(those)
        if place is not None:
            return f"{JOURNAL}: {not_following(name, place)}"
    return ""


def first_other_bytes(manifest: Manifest, entries: Sequence[Entry], held: Mapping[str, bytes]) -> str:
    """The first letter or file that is not what the journal says, or is missing, as a sentence; empty: there is none."""
    files = {(one.table, one.id): one for one in manifest.pieces if one.table}
    may_miss = {*excused(entries), *(one for one in manifest.left_out if one.startswith("dispute_document:"))}
    for entry in entries:
        for key, proof in referred(entry):
            piece = files.get(key)
            told = f"entry {entry.place} of chain {entry.chain}"
            if piece is not None and not _matches(piece, proof, held[piece.path]):
                return f"{piece.path} was altered: it is not the one {told} tells of, whatever the manifest says."
            if piece is None and entry.kind in NEEDED and _named(key) not in may_miss:
                return f"{_named(key)} is missing: {told} tells of it."
    return ""


def referred(entry: Entry) -> list[tuple[tuple[str, int], str]]:
    """The rows an entry holds the hash of: table, number and hash."""
    facts = entry.facts or {}
    proof = facts.get("proof") or facts.get("sha256")
    if not isinstance(proof, str):
        return []
    for name, table in TABLES.items():
        number = facts.get(name)
        if isinstance(number, int):
            return [((table, number), proof)]
    return []


def excused(entries: Sequence[Entry]) -> dict[str, Entry]:
    """Rows whose files need not be there, each with the entry that says why: it never left, or its person was erased since."""
    found: dict[str, Entry] = {}
    erased = {one.chain: one for one in erasures(entries)}
    for entry in entries:
        later = erased.get(entry.chain)
        if entry.kind == "voided":
            found.setdefault(f"message:{(entry.facts or {}).get('message')}", entry)
        elif entry.kind in NEEDED and later is not None and later.place > entry.place:
            found |= {_named(key): later for key, _ in referred(entry)}
    return found


def excused_unsealed(manifest: Manifest, entries: Sequence[Entry], under: Mapping[str, int]) -> dict[str, Entry]:
    """What is not here and is excused by an entry beyond the seals (`under`: how far each chain is), which anybody could add."""
    files = {(one.table, one.id) for one in manifest.pieces}
    needed = {_named(key) for one in entries if one.kind in NEEDED for key, _ in referred(one) if key not in files}
    by = excused(entries)
    return {name: by[name] for name in by if name in needed and by[name].place > under.get(by[name].chain, 0)}


def erasures(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that tell of an erasure."""
    return tuple(one for one in entries if one.kind == ERASED)


def proven(manifest: Manifest, entries: Sequence[Entry]) -> int:
    """How many files are held by the journal, not by the manifest alone."""
    held = {key for entry in entries for key, _ in referred(entry)}
    return sum((one.table, one.id) in held for one in manifest.pieces)


def unproven(manifest: Manifest, entries: Sequence[Entry]) -> list[str]:
    """Letters, replies and documents no entry that can be read tells of: the manifest alone says what they are."""
    held = {key for entry in entries for key, _ in referred(entry)}
    return [one.path for one in manifest.pieces if one.table and (one.table, one.id) not in held]


def not_here(manifest: Manifest, entries: Sequence[Entry]) -> list[str]:
    """What came in, as the journals tell, and is not in the file: of other cases of the customer, or taken out."""
    files = {(one.table, one.id) for one in manifest.pieces} | {("message", 0)}
    told = {key for entry in entries if entry.kind not in NEEDED for key, _ in referred(entry)}
    return sorted({_named(key) for key in told - files} - set(manifest.left_out) - set(excused(entries)))


def _matches(piece: Piece, proof: str, content: bytes) -> bool:
    return proof in (salted(piece.salt, content), hashlib.sha256(content).hexdigest())


def _named(key: tuple[str, int]) -> str:
    return f"{key[0]}:{key[1]}"
