"""Files people keep with a record, byte for byte, taken in and written out at the terminal."""

from collections.abc import Sequence
from pathlib import Path

from cli.new_file import write_new
from cli.printing import clean
from cli.refusal import Refusal


def to_keep(file: Path | None, out: Path | None, record: str) -> tuple[str, bytes] | None:
    """Name and bytes of the file to be kept with a record (*the dispute*); None: those it has are to be written to `out`."""
    if (file is None) == (out is None):
        raise Refusal(f"Name a file to keep with {record}, or say --out FOLDER to write its files out.")
    if file is None:
        return None
    if not file.is_file():
        raise Refusal(f"There is no file {file}.")
    try:
        return file.name, file.read_bytes()
    except OSError as wrong:
        raise Refusal(f"{file} cannot be read: {wrong.strerror}.") from None


def write_out(folder: Path, record: str, number: int, files: Sequence[tuple[str, bytes]]) -> None:
    """Write the files of a record (*dispute*) into a folder, and tell where; nothing is written over."""
    if not files:
        raise Refusal(f"No file is kept with {record} {number}.")
    for place, (name, content) in enumerate(files, 1):
        target = folder / f"{number}-{place}-{Path(name).name}"
        write_new(target, content, in_folder=True)
        print(clean(str(target)))
