"""`relance bench`: measurements on a stack of its own, in a temporary folder; yours is not touched."""

import importlib
import multiprocessing
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from typing import Annotated, Any

import typer

from benchmarks import NAMES
from cli.printing import print_json
from cli.refusal import Refusal


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


def shortfalls(found: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What was measured and is not as it must be, in sentences."""
    wakeups, idle, faults, decide = (found.get(name, {}) for name in ("wakeups", "idle", "faults", "decide"))
    short = []
    if wakeups and wakeups["ratio"] < wakeups["wanted_ratio"]:
        short.append(f"The dispatcher is {wakeups['ratio']} times as fast as serve(), not {wakeups['wanted_ratio']}.")
    if idle and idle["core_percent"] > idle["limit_percent"]:
        short.append(f"Waiting cases cost {idle['core_percent']} % of a core, not {idle['limit_percent']} % at most.")
    if decide and decide["waiting_per_s"] < decide["wanted_per_s"]:
        short.append(f"{decide['waiting_per_s']} cases are decided a second, not {decide['wanted_per_s']}.")
    slow = {
        name: value for name, value in found.get("million", {}).items() if name.endswith("_s") and name != "limit_s"
    }
    limit = found.get("million", {}).get("limit_s", 0)
    short += [
        f"Among a million invoices {name[:-2]} takes {value} s, not {limit} s at most."
        for name, value in slow.items()
        if value > limit
    ]
    if found.get("agreement", {}).get("differences"):
        short.append("The engine and the virtual world do not do the same.")
    replay = found.get("replay", {})
    if replay and replay["seconds"] > replay["wanted_s"]:
        short.append(f"The replay takes {replay['seconds']} s, not {replay['wanted_s']} s at most.")
    if replay and replay["memory_mb"] > replay["wanted_mb"]:
        short.append(f"The replay needs {replay['memory_mb']} MB, not {replay['wanted_mb']} MB at most.")
    if replay and replay["acts_on_settled"]:
        short.append(f"The replay acts {replay['acts_on_settled']} times on settled invoices.")
    return short + [f"{name}: {wrong}." for name, part in faults.items() for wrong in part["wrong"]]


def _told(words: str) -> None:
    typer.echo(f"  {words}")


def _silent(_: str) -> None:
    """With --json only the figures are printed."""
