"""A file of evidence: a case's documents byte for byte, its journals, its seals, an index, and how to check all of it."""

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from policies.evidence.books import EvidenceBooks, KeptFile
from policies.evidence.manifest import FOLDERS, Manifest, digest, written
from policies.evidence.parts import JOURNAL, PROOFS, SEALS, Piece, as_lines, entry_line, proof_line, seal_line
from tasks.evidence_archive import pack
from tasks.evidence_index import evidence_index
from tasks.handover_file import members
from tasks.handover_words import language_of
from tasks.template_choice import TEMPLATES

INDEX, README, ANSWERS, FILES = "index.pdf", "README.txt", "answers.json", "files.json"


def evidence_file(books: EvidenceBooks) -> bytes:
    """The ZIP; the same books give the same bytes. Raises NotPrinted where a sheet cannot be set."""
    held: dict[str, bytes] = {}
    pieces: list[Piece] = []
    for piece, content in _pieces(books):
        held[piece.path] = content
        pieces.append(piece)
    index = evidence_index(books, pieces)
    held[INDEX] = index
    pieces.append(Piece(INDEX, digest(index)))
    claim = books.claim
    manifest = Manifest(
        books.case, books.invoice, claim.creditor.name, f"{claim.party.number} {claim.party.name}",
        claim.calculated_at.isoformat(), tuple(pieces), books.left_out,
    )  # fmt: skip
    return pack(held | written(manifest))


def _pieces(books: EvidenceBooks) -> Iterator[tuple[Piece, bytes]]:
    """Every file but the index and the manifest, in the order of the index."""
    names: dict[str, KeptFile] = {}
    for one in books.files:
        path = _path(one)
        names[path] = one
        yield Piece(path, digest(one.content), one.table, one.id, one.salt), one.content
    told = [{"file": path, "table": one.table, "id": one.id} | dict(one.told) for path, one in names.items()]
    yield _plain(FILES, _json(told))
    yield _plain(ANSWERS, _json(list(books.answers)))
    for name, content in members(books.claim):
        if not name.startswith("messages/"):
            yield _plain(f"claim/{name}", content)
    yield _plain(JOURNAL, as_lines(entry_line(one) for one in books.entries))
    yield _plain(SEALS, as_lines(seal_line(one) for one in books.seals))
    yield _plain(PROOFS, as_lines(proof_line(one) for one in books.proofs))
    yield _plain(README, (TEMPLATES / "_evidence" / f"{language_of(books.claim)}.txt").read_bytes())


def _plain(path: str, content: bytes) -> tuple[Piece, bytes]:
    return Piece(path, digest(content)), content


def _path(one: KeptFile) -> str:
    """In the order of the rows, with the day and what it is; no name of anybody, and nothing a file system could misread."""
    ending = PurePosixPath(one.name.replace("\\", "/")).suffix.lower()
    kept = ending if re.fullmatch(r"\.[a-z0-9]{1,5}", ending) else ".bin"
    about = re.sub(r"[^A-Za-z0-9_-]+", "_", one.about)
    return f"{FOLDERS[one.table]}/{one.id:08d}-{one.at:%Y-%m-%d}-{about}{kept}"


def _json(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()
