"""Where the words of messages are read from: the company's own files first, then those that ship.

A company's file that cannot be read is an error. The shipped words are never sent in its place.
"""

import os
import re
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
LARGEST = 30_000
"""Bytes of a template: the longest shipped one has 4,000."""

FIXED = frozenset({"lines.txt", "code.txt"})
"""Parts the HTML page and the letter are cut from: they stay as shipped."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

READ: ContextVar[set[str] | None] = ContextVar("READ", default=None)
"""Names of the company's own files that went into the message being written."""


class BadTemplate(ValueError):
    """A template cannot be used; the sentence names the file, its line and what to mend."""


def own_folder() -> Path:
    """Where a company keeps templates of its own: `templates` in RELANCE_HOME, or in `var` of the checkout without it."""
    home = os.environ.get("RELANCE_HOME", "").strip()
    return (Path(home).expanduser() if home else Path(__file__).parents[1] / "var") / "templates"


def own_file(name: str) -> Path | None:
    """The company's file of this name under `templates`, usable or not; None: it has none. BadTemplate: nobody can tell."""
    path = own_folder() / name
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        raise BadTemplate(
            f"{path} cannot be looked at ({problem.strerror}): let Relance read that folder."
        ) from problem
    return path


def is_there(name: str) -> bool:
    """Whether there is a template of this name, the company's own or a shipped one."""
    return own_file(name) is not None or (TEMPLATES / name).is_file()


def own_text(path: Path) -> str:
    """What the company's file holds. Raises BadTemplate where it cannot be read as text, is too long or lies elsewhere."""
    if path.name in FIXED:
        raise BadTemplate(f"{path}: the list of invoices and the words of the code stay as shipped: remove the file.")
    try:
        if not path.resolve(strict=True).is_relative_to(own_folder().resolve()):
            raise BadTemplate(f"{path} lies outside {own_folder()}: put the file itself there, not a link.")
        content = path.read_bytes()
    except OSError as problem:
        raise BadTemplate(f"{path} cannot be read ({problem.strerror}): mend it, or remove it.") from problem
    if len(content) > LARGEST:
        raise BadTemplate(f"{path} has {len(content)} bytes, more than {LARGEST}: shorten it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise BadTemplate(f"{path}:{line}: is not UTF-8: save the file as UTF-8.") from problem
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadTemplate(f"{path}:{line}: holds the control character U+{ord(found[0]):04X}: remove it.")
    return text


def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The text of a template such as `common/upcoming/any/fr/body.txt`, its file, and whether it is still the one to use.

    A change to a file counts from the next message on. None: there is no such template.
    """
    if any(part in ("", ".", "..") or "\\" in part for part in name.split("/")):
        return None
    own = own_file(name)
    path = own or TEMPLATES / name
    if own is None and not path.is_file():
        return None
    text = own_text(path) if own else path.read_text(encoding="utf-8")
    stamp = _stamp(path)
    return text, str(path), lambda: (own_file(name) or TEMPLATES / name) == path and _stamp(path) == stamp


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
