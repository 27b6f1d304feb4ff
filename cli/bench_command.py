"""`relance bench`: measurements on a stack of its own, in a temporary folder; yours is not touched."""

import importlib
import os
from typing import Annotated, Any

import typer

from cli.printing import print_json
from cli.refusal import Refusal


def bench(
    names: Annotated[
        list[str] | None, typer.Argument(help="wakeups, opening, idle, faults, decide; none: wakeups.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Measure wake-ups per second, opening cases, ten thousand waiting ones, kills and races, or decisions."""
    from benchmarks import NAMES

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
        found[name] = importlib.import_module(f"benchmarks.{name}").run(_silent if json else _told)
    if json:
        print_json(found)


def _told(words: str) -> None:
    typer.echo(f"  {words}")


def _silent(_: str) -> None:
    """With --json only the figures are printed."""
