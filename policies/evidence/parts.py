"""What a file of evidence is made of, in the words its parts are written in: canonical JSON, so that one content has one form."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from policies.journal_chain import Entry
from policies.seals import Leaf, Sealed

FORMAT = "relance-evidence/1"
MANIFEST, MANIFEST_HASH = "manifest.json", "manifest.sha256"
JOURNAL, SEALS, PROOFS = "journal.jsonl", "seals.jsonl", "seal-proofs.jsonl"
TABLES = {"message": "message", "incoming": "incoming_message", "document": "dispute_document"}
"""By the name of an entry's fact that holds its number: of what table the row is whose salted hash the entry holds."""


class Unreadable(ValueError):
    """A part is not written as this format is; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file: `table` and `id` are the row it comes from, `salt` what it is hashed with where the journal refers to it."""

    path: str
    sha256: str
    table: str = ""
    id: int = 0
    salt: str = ""


@dataclass(frozen=True, slots=True)
class SealProof:
    """That a chain stood so when a day was sealed: the path leads from its leaf to the root of that seal."""

    seal: int
    leaf: Leaf
    path: tuple[str, ...]


def as_text(value: Any) -> str:
    """The one form of a JSON value: sorted keys, no blanks."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def as_lines(values: Iterable[Mapping[str, Any]]) -> bytes:
    """One value a line."""
    return "".join(f"{as_text(value)}\n" for value in values).encode()


def entry_line(entry: Entry) -> dict[str, Any]:
    """An entry; one that is withheld tells its place and hashes alone."""
    told = {"chain": entry.chain, "place": entry.place, "previous": entry.previous, "hash": entry.hash}
    if entry.facts is None:
        return told
    return told | {"at": entry.at.isoformat(), "kind": entry.kind, "facts": dict(entry.facts)}


def seal_line(one: Sealed) -> dict[str, Any]:
    """A seal."""
    return {
        "number": one.number, "on": one.on.isoformat(), "leaves": one.leaves, "root": one.root, "previous": one.previous,
        "hash": one.hash,
    }  # fmt: skip


def proof_line(one: SealProof) -> dict[str, Any]:
    """A proof."""
    leaf = one.leaf
    return {"seal": one.seal, "chain": leaf.chain, "place": leaf.place, "head": leaf.head, "path": list(one.path)}
