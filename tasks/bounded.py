"""Reading a file nobody trusts (PDF, workbook) in a process of its own, with an end to its time and memory."""

import multiprocessing
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from policies.problems import Problem
from tasks.read_csv import FileRefused

SECONDS = 30.0
MEGABYTES = 400

T = TypeVar("T")


def bounded(read: Callable[[Path], T], path: Path, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> T:
    """What `read(path)` answers, read in a process of its own that has `seconds` and `megabytes` at most.

    `read` is a module's own function, its answer can be pickled. Raises FileRefused with a sentence where it refuses,
    takes too long, wants more memory, or dies.
    """
    here, there = multiprocessing.get_context("spawn").Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=_in_child, args=(there, read, path, megabytes))
    child.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise _refused(path, f"Reading the file took longer than {seconds:.0f} seconds; it was given up.")
        answer: T = _answer(here, path)
        return answer
    finally:
        child.kill()
        child.join()


def _answer(here: Connection, path: Path) -> Any:
    try:
        worked, answer = here.recv()
    except EOFError:
        raise _refused(path, "The program that read the file died of it; the file is damaged or hostile.") from None
    if worked:
        return answer
    if isinstance(answer, Problem):
        raise FileRefused(answer)
    raise _refused(path, answer)


def _in_child(there: Connection, read: Callable[[Path], Any], path: Path, megabytes: int) -> None:
    _limit(megabytes)
    with suppress(BrokenPipeError):
        there.send(_tried(read, path, megabytes))


def _tried(read: Callable[[Path], Any], path: Path, megabytes: int) -> tuple[bool, Any]:
    try:
        return True, read(path)
    except FileRefused as refused:
        return False, refused.problem
    except MemoryError:
        return False, f"Reading the file needs more than {megabytes} MB of memory; it was given up."
    except Exception:  # noqa: BLE001  # whatever a hostile file makes a library do ends in a sentence
        return False, "The file is damaged and cannot be read; export it again."


def _limit(megabytes: int) -> None:
    if sys.platform == "linux":  # macOS accepts the limit and ignores it
        size = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _refused(path: Path, reason: str) -> FileRefused:
    return FileRefused(Problem(path.name, None, "", reason))
