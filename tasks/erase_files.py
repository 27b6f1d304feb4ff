"""Files of ours that hold a person's data: those of erased messages are removed, and what else still names the person is told."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tasks.evidence_archive import SPOILT

LARGEST = 50_000_000
OTHERS = ("postgres", "prefect", "run", "log")
"""Folders of programs, not of people: the database has forgotten what it was told to, and says so itself."""


def remove_files(home: Path, files: Iterable[str]) -> list[str]:
    """Remove the files of these names or paths, wherever under the home they lie; answers which were there.

    What was laid into a folder to be taken away is told by how its files begin: `handover/nord/00000012`.
    """
    known = tuple(files)
    wanted = {Path(one).name for one in known}
    begins = tuple(f"{one}{sign}" for one in known for sign in ".-" if one.startswith("handover/"))
    gone = {path: path.relative_to(home).as_posix() for path in _files(home)}
    removed = [path for path, said in gone.items() if path.name in wanted or said.startswith(begins)]
    for path in removed:
        path.unlink()
    return sorted(gone[path] for path in removed)


def files_naming(home: Path, values: Iterable[str]) -> list[str]:
    """Files under the home in whose bytes, or in a file packed in them, one of these values can be read."""
    wanted = [one.casefold() for one in values if len(one) > 3]
    return sorted(str(path.relative_to(home)) for path in _files(home) if _names(path, wanted))


def _names(path: Path, wanted: list[str]) -> bool:
    if path.stat().st_size > LARGEST:
        return False
    return any(one in said.decode("utf-8", "replace").casefold() for said in _said(path) for one in wanted)


def _said(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and those of the files it packs."""
    yield path.read_bytes()
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            for one in archive.infolist():
                if one.file_size <= LARGEST:
                    yield archive.read(one)
    except SPOILT:  # it does not open: what it packs cannot be told
        return


def _files(home: Path) -> Iterator[Path]:
    for path in home.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.relative_to(home).parts[0] not in OTHERS:
            yield path
