"""Which command runs, as it is typed without `relance`: by this name it is known who may run it."""

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import wraps
from typing import Any

_TYPED: ContextVar[str] = ContextVar("typed", default="")


def typed() -> str:
    """The command that runs: `live on`; empty where none does."""
    return _TYPED.get()


def commands(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every command below a group, by what is typed."""
    for name, one in group.commands.items():
        words = f"{path} {name}".strip()
        if hasattr(one, "commands"):
            yield from commands(one, words)
        else:
            yield words, one


def known_by_name(group: Any) -> Any:
    """The same commands; each says which it is when it is called."""
    for words, command in commands(group):
        command.callback = _saying(words, command.callback)
    return group


def _saying(words: str, callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def called(*given: Any, **named: Any) -> Any:
        _TYPED.set(words)
        return callback(*given, **named)

    return called
