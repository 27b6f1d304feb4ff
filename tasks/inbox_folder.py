"""The watched folder: what arrives in `inbox/` is read once, then kept in `done/` or `failed/` with a report.

inbox/payments/releve.xml          read as a bank file
inbox/invoices/ibm-ar/export.csv   read as invoices, by the mapping of the folder's name
inbox/invoices/documents/…         documents that invoices name; never read by themselves
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tasks.invoice_mapping import TAKEN_IN, RecordKind

DONE, FAILED, DOCUMENTS = "done", "failed", "documents"
SETTLED_SECONDS = 3.0
"""A file that was written to more recently may not be whole yet."""
REPORT = ".report.txt"
LONGEST_NAME = 255
"""Bytes of a file's name, on every file system in use."""
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart")
"""How programs call files they are still writing."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file to be read. `mark` tells it from any other, an earlier one of the same name included."""

    path: Path
    kind: RecordKind
    mapping: str
    mark: str


def inbox_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The watched folder: `inbox` under RELANCE_HOME, or under `var` in the checkout; made with its parts if missing."""
    home = environ.get("RELANCE_HOME", "").strip()
    folder = (Path(home) if home else Path(__file__).resolve().parent.parent / "var") / "inbox"
    for kind in TAKEN_IN:
        (folder / kind.value).mkdir(parents=True, exist_ok=True)
    return folder


def arrived(folder: Path, now: float) -> tuple[Arrived, ...]:
    """The files that have arrived whole by `now` (seconds since 1970), the oldest first."""
    found = [one for kind in TAKEN_IN for one in _of_kind(folder, kind)]
    return tuple(
        one for at, one in sorted(found, key=lambda each: (each[0], each[1].path)) if now - at >= SETTLED_SECONDS
    )


def _of_kind(folder: Path, kind: RecordKind) -> Iterator[tuple[float, Arrived]]:
    """The files of a kind, each with the moment it was last written to."""
    root = folder / kind.value
    for file in sorted(root.glob("*")) + sorted(root.glob("*/*")):
        mapping = "" if file.parent == root else file.parent.name
        if mapping != DOCUMENTS and _is_read(file):
            with suppress(FileNotFoundError):  # whoever put it there took it away again
                yield file.stat().st_mtime, Arrived(file, kind, mapping, mark_of(file))


def _is_read(file: Path) -> bool:
    hidden = file.name.startswith((".", "~"))
    return file.is_file() and not file.is_symlink() and not hidden and file.suffix.lower() not in UNFINISHED


def mark_of(file: Path) -> str:
    """What tells the file, as it is now, from any other. Raises FileNotFoundError where it is gone."""
    known = file.stat()
    return hashlib.sha256(f"{file}|{known.st_mtime_ns}|{known.st_size}".encode()).hexdigest()[:16]


def file_away(file: Path, folder: Path, *, done: bool, on: date, report: str) -> Path:
    """Keep the file under the day it was read on, its name with the beginning of its hash, the report beside it.

    A name too long for what is written before and behind it loses its middle. Raises OSError where nothing can be kept.
    """
    target = folder / (DONE if done else FAILED) / on.isoformat()
    target.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    kept = target / f"{digest[:12]}-{_shortened(file.name)}"
    kept.with_name(f"{kept.name}{REPORT}").write_text(f"{report}\nSHA-256 {digest}\n", encoding="utf-8")
    file.replace(kept)
    return kept


def _shortened(name: str) -> str:
    """The name with its beginning and its end, in so many bytes that the report's name fits too."""
    room = LONGEST_NAME - len(REPORT) - 13
    written = os.fsencode(name)
    if len(written) <= room:
        return name
    half = room // 2 - 2
    return f"{written[:half].decode(errors='ignore')}…{written[-half:].decode(errors='ignore')}"
