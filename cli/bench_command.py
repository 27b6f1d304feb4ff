"""`relance bench`: measurements on a stack of its own, in a temporary folder; yours is not touched."""

import importlib
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Annotated, Any

import typer

from benchmarks import NAMES
from cli.printing import print_json
from cli.refusal import Refusal
from cli.shortfalls import shortfalls


def bench(
    names: Annotated[
        list[str] | None, typer.Argument(help=f"{', '.join(NAMES)}; none: {NAMES[0]}.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Measure the real thing: each benchmark prints its figures and what they should be."""
    wanted = names or [NAMES[0]]
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        raise Refusal(f"There is no benchmark “{unknown[0]}”: known are {', '.join(NAMES)}.")
    for name in [name for name in os.environ if name.startswith(("RELANCE_", "PREFECT_"))]:
        del os.environ[name]  # a setting of yours must not change the figures
    found: dict[str, Any] = {}
    for name in wanted:
        if not json:
            typer.echo(f"{name}:")
        found[name] = _apart(name, _silent if json else _told)
    if json:
        print_json(found)
    if short := shortfalls(found):
        raise Refusal(" ".join(short))


def _apart(name: str, say: Callable[[str], None]) -> dict[str, Any]:
    """Each in a process of its own: Prefect reads its settings once, and every house has other ports."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(measure, name, say).result()


def measure(name: str, say: Callable[[str], None]) -> dict[str, Any]:
    """The figures of one benchmark."""
    measured: dict[str, Any] = importlib.import_module(f"benchmarks.{name}").run(say)
    return measured


def _told(words: str) -> None:
    typer.echo(f"  {words}")


def _silent(_: str) -> None:
    """With --json only the figures are printed."""
