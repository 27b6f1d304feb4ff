"""One line on the terminal that says how far a long import is; nothing where the output is no terminal."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from storage.progress import progress_to

EVERY = 0.5
"""Seconds between two changes of the line."""


@contextmanager
def shown_progress() -> Iterator[None]:
    """What is done inside shows its progress on stderr, and wipes it out at its end."""
    if not sys.stderr.isatty():
        yield
        return
    last = time.monotonic()

    def tell(what: str, done: int, of: int | None) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY or done == of:
            last = time.monotonic()
            print(f"\r\033[K{done}{f' of {of}' if of else ''} {what}", end="", file=sys.stderr, flush=True)

    try:
        with progress_to(tell):
            yield
    finally:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
