"""How far a long import is: told to whoever asked for it (a terminal, a run's artifact), to nobody otherwise."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Tell = Callable[[str, int, int | None], None]
"""What is being done, how many are done, and of how many (None: not known)."""

_TELL: ContextVar[Tell | None] = ContextVar("tell", default=None)


def progress(what: str, done: int, of: int | None = None) -> None:
    """So far `done`."""
    tell = _TELL.get()
    if tell is not None:
        tell(what, done, of)


@contextmanager
def progress_to(tell: Tell | None) -> Iterator[None]:
    """Everything done inside tells `tell` how far it is."""
    before = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(before)
