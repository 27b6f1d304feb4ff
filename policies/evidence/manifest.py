"""The manifest of a file of evidence: every file in it with its hash, what was left out, and what was erased."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policies.evidence.parts import FORMAT, MANIFEST, MANIFEST_HASH, Piece, Unreadable, as_text


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
            int(said["case"]), said["invoice"], said["creditor"], said["customer"], said["as_of"], _pieces(said["files"]),
            tuple(said["left_out"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as wrong:
        raise wrong if isinstance(wrong, Unreadable) else Unreadable(f"{MANIFEST} is not written as one is.") from wrong


def first_differing(manifest: Manifest, held: Mapping[str, bytes]) -> str:
    """The first file that is altered, missing or not listed, as a sentence; empty: every file is the one it was."""
    for one in manifest.pieces:
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
    return tuple(Piece(**one) for one in files)
