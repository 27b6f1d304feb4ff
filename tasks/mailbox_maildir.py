"""A maildir: one file a message, written in `tmp`, moved to `new`; mail programs move it on to `cur`."""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from tasks.mailbox import Maildir
from tasks.mailbox_letters import MOST_AT_ONCE, MOST_BYTES, READ, Letter, MailboxTrouble


class OpenMaildir:
    """A maildir in use."""

    def __init__(self, place: Maildir) -> None:
        self._path = place.path
        self._read = place.path / f".{'.'.join(READ)}"

    def new(self) -> Sequence[str]:
        """Files of `new` and `cur`, in the order of their names, which begin with the second of delivery."""
        try:
            if not self._path.is_dir():
                raise MailboxTrouble(f"There is no folder {self._path}: make it, or correct RELANCE_MAILBOX_URL.")
            found = [
                f"{part}/{one.name}" for part in ("new", "cur") if (self._path / part).is_dir()
                for one in (self._path / part).iterdir() if one.is_file() and not one.name.startswith(".")
            ]  # fmt: skip
        except OSError as error:
            raise _trouble(self._path, error) from error
        return sorted(found, key=lambda mark: mark.partition("/")[2])[:MOST_AT_ONCE]

    def letter(self, mark: str) -> Letter | None:
        """The file's bytes, as far as they are kept."""
        file = self._path / mark
        try:
            with file.open("rb") as opened:
                raw = opened.read(MOST_BYTES)
                received = datetime.fromtimestamp(os.fstat(opened.fileno()).st_mtime, UTC)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _trouble(file, error) from error
        return Letter(raw, received)

    def done(self, mark: str) -> None:
        """Move it into the folder of those read, marked as seen."""
        name = mark.partition("/")[2]
        kept = name if ":2," in name else f"{name}:2,S"
        try:
            for part in ("tmp", "new", "cur"):
                (self._read / part).mkdir(parents=True, exist_ok=True)
            (self._read / "maildirfolder").touch()
            with suppress(FileNotFoundError):
                (self._path / mark).rename(self._read / "cur" / kept)
        except OSError as error:
            raise _trouble(self._read, error) from error

    def close(self) -> None:
        """Nothing is held."""


def _trouble(path: Path, error: OSError) -> MailboxTrouble:
    return MailboxTrouble(f"{path} cannot be used: {error.strerror or 'the disk does not answer'}.")
