"""Who holds the stack of a home folder: one supervisor at a time, and the others are told who it is."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from cli.home import Home, read_json, write_json
from cli.locks import FileLock
from cli.ports import Ports
from cli.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Holder:
    """The supervisor that runs the stack now."""

    pid: int
    since: datetime
    desk: int
    sink: int


def holder(home: Home) -> Holder | None:
    """Who runs the stack of this folder; None if nobody does."""
    lock = FileLock(home.run / "up.lock")
    try:
        return None if lock.try_take() else _noted(home)
    finally:
        lock.give_back()


@contextmanager
def hold(home: Home, ports: Ports) -> Iterator[None]:
    """Be the one who runs the stack, for the block; refused if somebody is."""
    lock = FileLock(home.run / "up.lock")
    try:
        if not _patiently(lock):
            raise Refusal(_held(home, _noted(home)))
        note = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(), "desk": ports.desk, "sink": ports.sink}
        write_json(home.run / "up.json", note)
        try:
            yield
        finally:
            (home.run / "up.json").unlink(missing_ok=True)
    finally:
        lock.give_back()


def _patiently(lock: FileLock) -> bool:
    # A command that only asks who holds the stack has the lock for an instant.
    for _ in range(5):
        if lock.try_take():
            return True
        time.sleep(0.05)
    return False


def _noted(home: Home) -> Holder | None:
    note = read_json(home.run / "up.json")
    try:
        return Holder(note["pid"], datetime.fromisoformat(note["since"]), note["desk"], note["sink"])
    except KeyError:
        return None


def _held(home: Home, who: Holder | None) -> str:
    if who is None:
        return f"Relance is being started or stopped in {home.path} right now: try again in a few seconds."
    return (
        f"Relance already runs in {home.path}: process {who.pid}, since {who.since.astimezone():%Y-%m-%d %H:%M}, "
        f"at http://127.0.0.1:{who.desk}. Stop it there with Ctrl-C, or set RELANCE_HOME and RELANCE_PORT for another."
    )
