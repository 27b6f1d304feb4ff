"""`relance`: finds the command, runs it, and turns whatever goes wrong into a sentence and an exit code."""

import errno
import importlib
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import NoReturn

import typer
import typer.main

from cli.refusal import Refusal
from cli.registry import COMMANDS, Entry
from cli.typed import known_by_name

REFUSED = 1
OUR_ROOMS = ("cli", "web", "flows", "tasks", "storage", "policies")
LOST_DATABASE = ("asyncpg", "sqlalchemy")


def application(called: str | None) -> typer.Typer:
    """All commands by name; only the one that is called is imported, the others are their help text."""
    app = typer.Typer(
        name="relance",
        help="Collects overdue invoices: one durable Prefect run per invoice, from the first reminder to Paid.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_everywhere)
    for name, entry in COMMANDS.items():
        _register(app, name, entry, real=name == called)
    return app


def run(words: Sequence[str] | None = None) -> NoReturn:
    """Entry point. Exit codes: 0 done, 1 refused or failed, 2 called wrongly."""
    given = list(sys.argv[1:] if words is None else words)
    if "--debug" in given:
        given.remove("--debug")
        os.environ["RELANCE_DEBUG"] = "1"
    called = next((word for word in given if not word.startswith("-")), None)
    try:
        known_by_name(typer.main.get_command(application(called)))(args=given, prog_name="relance")
    except BrokenPipeError:
        _discard_output()
    except Exception as problem:  # noqa: BLE001  # the outermost frame: a person reads a sentence, never a traceback
        if os.environ.get("RELANCE_DEBUG"):
            traceback.print_exc()
        print(sentence(problem), file=sys.stderr)
        sys.exit(REFUSED)
    sys.exit(0)


def sentence(problem: Exception) -> str:
    """What the person is told."""
    if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
        return "The disk is full: free some space, or set RELANCE_HOME to a folder on another disk."
    if isinstance(problem, Refusal) or type(problem).__module__.split(".")[0] in OUR_ROOMS:
        return str(problem)
    if isinstance(problem, OSError) and problem.filename:
        return f"{problem.filename}: {problem.strerror}."
    if isinstance(problem, ConnectionError) or type(problem).__module__.split(".")[0] in LOST_DATABASE:
        return f"The database did not do as asked ({type(problem).__name__}): try ./relance doctor, or add --debug."
    return f"Something went wrong that should not ({type(problem).__name__}: {problem}): add --debug to see where."


def _everywhere(debug: bool = typer.Option(False, "--debug", help="Show where an error came from.")) -> None:
    del debug  # taken off the words before, so that it may stand anywhere


def _register(app: typer.Typer, name: str, entry: Entry, *, real: bool) -> None:
    target = getattr(importlib.import_module(entry.module), entry.attribute) if real else _not_called
    if isinstance(target, typer.Typer):
        app.add_typer(target, name=name, help=entry.help, no_args_is_help=True)
        return
    settings = {"allow_extra_args": True, "ignore_unknown_options": True} if entry.passes_on else None
    command: Callable[..., object] = target
    app.command(name, help=entry.help, context_settings=settings)(command)


def _not_called() -> None:
    """Stands for a command that was not called."""


def _discard_output() -> NoReturn:
    # The reader (head, less) has gone: nothing more to say, and no complaint at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(REFUSED)


if __name__ == "__main__":
    run()
