"""An archive of files from outside, unpacked within limits into a folder that goes away."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from policies.problems import Problem
from tasks.read_csv import FileRefused

LARGEST = 500 * 1024 * 1024
"""Bytes of all files together, unpacked; what the archive declares is not believed."""
MOST_FILES = 10_000
DOCUMENT_PARTS = ("[Content_Types].xml", "mimetype")
"""Parts that make the archive a workbook or text document, no parcel of files."""
_PIECE = 1024 * 1024


def is_archive(path: Path) -> bool:
    """Whether the file is a zip of files, and no workbook."""
    if not path.is_file() or not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not set(DOCUMENT_PARTS) & set(archive.namelist())
    except zipfile.BadZipFile:
        return False


@contextmanager
def unpacked(path: Path, largest: int = LARGEST) -> Iterator[Path]:
    """A folder with the archive's files, each in a folder of its own. Raises FileRefused where they are too many, or
    more than `largest` bytes together."""
    with TemporaryDirectory(prefix="relance-") as folder:
        try:
            _unpack(path, Path(folder), largest)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise _refused(path, "The archive is damaged or needs a password; pack it again.") from error
        yield Path(folder)


def _unpack(path: Path, folder: Path, largest: int) -> None:
    left = largest
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        if len(members) > MOST_FILES:
            raise _refused(path, f"The archive holds more than {MOST_FILES} files; split it.")
        for place, member in enumerate(members):
            target = folder / f"{place:05d}" / Path(member.filename.replace("\\", "/")).name
            target.parent.mkdir()
            with archive.open(member) as inside, target.open("wb") as outside:
                left -= _copied(inside, outside, left)
            if left < 0:
                limit = largest // (1024 * 1024)
                raise _refused(path, f"The archive has more than {limit} MB when unpacked; it is not read.")


def _copied(inside: IO[bytes], outside: IO[bytes], most: int) -> int:
    done = 0
    while done <= most and (piece := inside.read(_PIECE)):
        outside.write(piece)
        done += len(piece)
    return done


def _refused(path: Path, reason: str) -> FileRefused:
    return FileRefused(Problem(path.name, None, "", reason))
