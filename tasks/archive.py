"""An archive of files from outside, unpacked within limits into a folder that goes away."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from policies.problems import Problem
from tasks.file_refused import FileRefused

ZIP = b"PK\x03\x04"
_PIECE = 1024 * 1024
_DOCUMENT_PARTS = (b"[Content_Types].xml", b"mimetypeapplication/")
"""What makes the archive a workbook or text document, no parcel of files."""
_END, _LONG_END, _COMMENT = b"PK\x05\x06", b"PK\x06\x07", 66 * 1024
"""Where the list of an archive's files ends (APPNOTE.TXT, 4.3.16 and 4.3.15), and what may stand after it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many files an archive may hold, and how many bytes they may come to; what it says of itself is not believed."""

    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive: its name there, and where it stands unpacked, under its own last name."""

    name: str
    path: Path


def is_archive(path: Path) -> bool:
    """Whether the file is a zip of files, and no workbook. Nothing is unpacked, and no list is read whole."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(_COMMENT)
    return head.startswith(ZIP) and not any(part in head or part in _tail(path, _PIECE) for part in _DOCUMENT_PARTS)


@contextmanager
def unpacked(path: Path, limits: Limits) -> Iterator[list[Member]]:
    """The archive's files in the order of their names. Raises FileRefused where it is damaged or beyond the limits."""
    with TemporaryDirectory(prefix="relance-") as folder, _opened(path, limits) as archive:
        yield _unpack(archive, path, Path(folder), limits)


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    _refuse_long_list(path, limits)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _refused(path, "The archive is damaged; fetch it again.") from error
    with archive:
        yield archive


def _refuse_long_list(path: Path, limits: Limits) -> None:
    """A list of millions of files would fill the memory before anything is unpacked."""
    tail = _tail(path, 0)
    end = tail.rfind(_END)
    length = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if length > limits.files * 1024 or _LONG_END in tail[max(0, end - 20) : max(0, end)]:
        raise _refused(path, f"The archive holds too many files; at most {limits.files} are read.")


def _tail(path: Path, more: int) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _COMMENT - more))
        return file.read()


def _unpack(archive: zipfile.ZipFile, path: Path, folder: Path, limits: Limits) -> list[Member]:
    inside = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    if not inside:
        raise _refused(path, "The archive is empty.")
    if len(inside) > limits.files:
        raise _refused(path, f"The archive holds {len(inside)} files; at most {limits.files} are read.")
    members, left = list[Member](), limits.bytes
    for place, one in enumerate(sorted(inside, key=lambda each: each.filename)):
        target = folder / f"{place:05d}" / Path(one.filename.replace("\\", "/")).name
        target.parent.mkdir()
        left -= _written(archive, one, target, left, path)
        if left < 0:
            megabytes = limits.bytes // _PIECE
            raise _refused(path, f"The archive has more than {megabytes} MB when unpacked; it is not read.")
        members.append(Member(one.filename, target))
    return members


def _written(archive: zipfile.ZipFile, one: zipfile.ZipInfo, target: Path, most: int, path: Path) -> int:
    try:
        with archive.open(one) as packed, target.open("wb") as file:
            return _copied(packed, file, most)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        reason = "The file in the archive is damaged or locked with a password."
        raise FileRefused(Problem(path.name, None, one.filename, reason)) from error


def _copied(packed: IO[bytes], file: IO[bytes], most: int) -> int:
    done = 0
    while done <= most and (piece := packed.read(_PIECE)):
        file.write(piece)
        done += len(piece)
    return done


def _refused(path: Path, reason: str) -> FileRefused:
    return FileRefused(Problem(path.name, None, "", reason))
