"""The manifest of a file of evidence: every file in it with its hash, what was left out, and what was erased."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policies.evidence.parts import FORMAT, MANIFEST, MANIFEST_HASH, Piece, Unreadable, as_text
from policies.evidence.typed import SPOILT, salt, whole, word

FOLDERS = {"message": "messages", "incoming_message": "replies", "dispute_document": "disputes"}
"""Where the rows of a table stand: of a file there the manifest must name the row, by which the journal knows it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file says of itself. `left_out`: rows kept back as confidential (`message:12`)."""

    case: int
    invoice: str
    creditor: str
    customer: str
    as_of: str
    pieces: tuple[Piece, ...]
    left_out: tuple[str, ...]


def written(manifest: Manifest) -> dict[str, bytes]:
    """The manifest as its two files: itself, and its own hash."""
    files = [
        {name: value for name, value in (("path", one.path), ("sha256", one.sha256), ("table", one.table), ("id", one.id),
                                         ("salt", one.salt)) if value}
        for one in manifest.pieces
    ]  # fmt: skip
    told = {
        "format": FORMAT, "case": manifest.case, "invoice": manifest.invoice, "creditor": manifest.creditor,
        "customer": manifest.customer, "as_of": manifest.as_of, "files": files, "left_out": list(manifest.left_out),
    }  # fmt: skip
    content = f"{as_text(told)}\n".encode()
    return {MANIFEST: content, MANIFEST_HASH: f"{digest(content)}\n".encode()}


def manifest_from(held: Mapping[str, bytes]) -> Manifest:
    """The manifest of these files. Raises Unreadable with the sentence that says what is wrong."""
    for name in (MANIFEST, MANIFEST_HASH):
        if name not in held:
            raise Unreadable(f"{name} is missing.")
    if held[MANIFEST_HASH] != f"{digest(held[MANIFEST])}\n".encode():
        raise Unreadable(f"{MANIFEST} is not the one whose hash stands in {MANIFEST_HASH}: one of the two was altered.")
    try:
        said = json.loads(held[MANIFEST])
        if said["format"] != FORMAT:
            raise Unreadable(f"This program reads {FORMAT}, not {said['format']}.")
        return Manifest(
            whole(said["case"]), word(said["invoice"]), word(said["creditor"]), word(said["customer"]), word(said["as_of"]),
            _pieces(said["files"]), tuple(word(one) for one in said["left_out"]),
        )  # fmt: skip
    except SPOILT as wrong:
        raise wrong if isinstance(wrong, Unreadable) else Unreadable(f"{MANIFEST} is not written as one is.") from wrong


def first_differing(manifest: Manifest, held: Mapping[str, bytes]) -> str:
    """The first file that is altered, missing or not listed, as a sentence; empty: every file is the one it was."""
    seen: set[str | tuple[str, int]] = set()
    for one in manifest.pieces:
        names: set[str | tuple[str, int]] = {one.path, *([(one.table, one.id)] if one.table else [])}
        if seen & names or not _in_its_place(one):
            return f"{one.path} is listed twice in {MANIFEST}, or not as the row it is: the manifest was altered."
        seen |= names
        if one.path not in held:
            return f"{one.path} is missing."
        if digest(held[one.path]) != one.sha256:
            return f"{one.path} was altered: it is not the file whose hash stands in the manifest."
    known = {one.path for one in manifest.pieces} | {MANIFEST, MANIFEST_HASH}
    added = sorted(set(held) - known)
    return f"{added[0]} was added: the manifest does not list it." if added else ""


def digest(content: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def _pieces(files: Sequence[Mapping[str, Any]]) -> tuple[Piece, ...]:
    return tuple(
        Piece(
            word(one["path"]), word(one["sha256"]), word(one.get("table", "")), whole(one.get("id", 0)),
            salt(one.get("salt", "")),
        )
        for one in files
    )  # fmt: skip


def _in_its_place(piece: Piece) -> bool:
    """Whether a file stands where its row belongs, and only such a file does."""
    if piece.table:
        return piece.path.startswith(f"{FOLDERS.get(piece.table)}/{piece.id:08d}-")
    return not piece.path.startswith(tuple(f"{name}/" for name in FOLDERS.values()))
