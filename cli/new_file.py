"""A file of what the books hold is written where a person says: never over another one; what cannot be written is said in a sentence."""

from pathlib import Path

from cli.refusal import Refusal


def write_new(file: Path, content: bytes, *, in_folder: bool = False) -> None:
    """Write it. `in_folder`: its folder is made where it is missing."""
    if in_folder and file.parent.exists() and not file.parent.is_dir():
        raise Refusal(f"{file.parent} is a file: name a folder.")
    try:
        if in_folder:
            file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as opened:
            opened.write(content)
    except FileExistsError:
        raise Refusal(
            f"{file} is there already: {'nothing is written over, name another folder' if in_folder else 'name another file'}."
        ) from None
    except OSError as wrong:
        raise Refusal(f"{file} cannot be written: {wrong.strerror}.") from None
