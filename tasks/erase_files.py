"""Files of ours that hold a person's data: those of erased messages are removed, and what else still names the person is told."""

from collections.abc import Iterable, Iterator
from pathlib import Path

LARGEST = 50_000_000
OTHERS = ("postgres", "prefect", "run", "log")
"""Folders of programs, not of people: the database has forgotten what it was told to, and says so itself."""


def remove_files(home: Path, files: Iterable[str]) -> list[str]:
    """Remove the files of these names or paths, wherever under the home they lie; answers which were there."""
    wanted = {Path(one).name for one in files}
    gone = [path for path in _files(home) if path.name in wanted]
    for path in gone:
        path.unlink()
    return sorted(str(path.relative_to(home)) for path in gone)


def files_naming(home: Path, values: Iterable[str]) -> list[str]:
    """Files under the home in whose bytes one of these values can be read."""
    wanted = [one.casefold() for one in values if len(one) > 3]
    return sorted(str(path.relative_to(home)) for path in _files(home) if _names(path, wanted))


def _names(path: Path, wanted: list[str]) -> bool:
    if path.stat().st_size > LARGEST:
        return False
    said = path.read_bytes().decode("utf-8", "replace").casefold()
    return any(one in said for one in wanted)


def _files(home: Path) -> Iterator[Path]:
    for path in home.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.relative_to(home).parts[0] not in OTHERS:
            yield path
