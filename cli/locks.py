"""File locks that vanish with the process that held them: who uses the database, who holds the stack."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """An flock on one file. Closing it, or dying, gives it back."""

    def __init__(self, place: Path) -> None:
        self._descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, *, shared: bool = False) -> None:
        """Wait until the lock is ours."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)

    def try_take(self) -> bool:
        """Take the lock for us alone if nobody else has it."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def give_back(self) -> None:
        """Release the lock; this object is done with."""
        os.close(self._descriptor)


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Hold the lock on `place` exclusively for the block."""
    lock = FileLock(place)
    lock.take()
    try:
        yield
    finally:
        lock.give_back()
