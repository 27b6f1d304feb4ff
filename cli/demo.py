"""`relance demo`: a hundred and twenty days of collecting sixty invoices, with everything real."""

import asyncio
import json
import os
import shutil
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

import typer

from cli.demo_play import Play
from cli.demo_world import DAYS, START
from cli.home import Home, home_path, open_home, read_json
from cli.ports import Ports, free_port, ports
from cli.refusal import Refusal
from cli.supervisor import Interrupted, Stack
from cli.up import say, show_links

CLOCK = f"stepped:{START.isoformat()}T05:00:00+00:00"


def demo(
    once: Annotated[bool, typer.Option("--once", help="Run unattended, print a table, and stop.")] = False,
    days: Annotated[int, typer.Option(min=1, max=365, help="Days to play.")] = DAYS,
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as JSON.")] = False,
) -> None:
    """Collect sixty invoices over 120 days; then stay up, so that you can answer what waits for a person."""
    folder = home_path() / ("demo-once" if once else "demo")
    os.environ["RELANCE_HOME"] = str(folder)
    os.environ["RELANCE_CLOCK"] = CLOCK
    os.environ.pop("RELANCE_SMTP_URL", None)
    _fresh(folder)
    home = open_home()
    chosen = _ports(once)
    try:
        told = _show(home, chosen, once, days, as_json)
    except Interrupted:
        say("Stopped")
        return
    if once:
        _remove(folder)
    found = told["comparison"]
    if found.duplicates or found.lost or told["problems"]:
        raise Refusal("The demo did not go well: " + "; ".join(told["problems"] or ["sink and ledger do not agree"]))


def _ports(once: bool) -> Ports:
    """Unattended, any free ports; else the usual ones, which can be bookmarked."""
    if once and not os.environ.get("RELANCE_PORT"):
        return Ports(free_port(), free_port())
    return ports()


def _show(home: Home, chosen: Ports, once: bool, days: int, as_json: bool) -> dict[str, Any]:
    with Stack(home, chosen, say) as stack:
        os.environ.update({name: value for name, value in stack.environment().items() if name.startswith("RELANCE_")})
        if not once:
            show_links(stack)
        play = Play(chosen.url, days, answers_to_the_end=once, say=say)
        told = _in_thread(stack, lambda: asyncio.run(play.run()))
        print(json.dumps(_shape(told)) if as_json else _table(told), flush=True)
        if not once:
            say("The clock stands still now. Answer what waits in the inbox; Ctrl-C stops everything.")
            stack.watch()
    return told


def _in_thread(stack: Stack, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Play beside the supervisor, which keeps watching the processes and the keyboard."""
    outcome: list[dict[str, Any] | BaseException] = []

    def perform() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: BLE001 - told to the person by the caller
            outcome.append(error)

    thread = threading.Thread(target=perform, daemon=True)
    thread.start()
    stack.watch(done=lambda: not thread.is_alive())
    if not outcome:
        raise Interrupted("Stopped before the demo was over.")
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def _shape(told: dict[str, Any]) -> dict[str, Any]:
    """The JSON other programs rely on."""
    acts = [{"stage": one.what[0], "channel": one.what[1], "count": one.count} for one in told["acts"]]
    news = [{"kind": one.what[0], "count": one.count} for one in told["news"]]
    cases = {one.what[0]: one.count for one in told["outcomes"]}
    answers = [{"question": one.what[0], "stage": one.what[1], "count": one.count} for one in told["answers"]]
    money = {one.what[0]: one.count for one in told["money"]}
    return {"cases": cases, "acts": acts, "news": news, **asdict(told["comparison"]), "answers": answers, "money_in_minor": money,
            "problems": told["problems"]}  # fmt: skip


def _table(told: dict[str, Any]) -> str:
    """The same for people."""
    from policies.money import plain

    lines = ["", "Cases"]
    lines += [f"  {one.what[0].replace('_', ' '):<32}{one.count:>8}" for one in told["outcomes"]]
    lines += ["Messages"]
    lines += [f"  {' · '.join(one.what).replace('_', ' '):<32}{one.count:>8}" for one in told["acts"]]
    lines += ["News told"]
    lines += [f"  {one.what[0].replace('_', ' '):<32}{one.count:>8}" for one in told["news"]]
    lines += ["Answers by people"]
    lines += [
        f"  {' · '.join(part for part in one.what if part).replace('_', ' '):<32}{one.count:>8}"
        for one in told["answers"]
    ]
    lines += ["Money in"]
    lines += [f"  {one.what[0]:<28}{plain(one.count, one.what[0]):>12}" for one in told["money"]]
    found = told["comparison"]
    lines += ["Sink against ledger"]
    lines += [f"  {name:<32}{value:>8}" for name, value in asdict(found).items()]
    lines += [f"  problem: {problem}" for problem in told["problems"]]
    return "\n".join(lines)


def _fresh(folder: Any) -> None:
    """Every demo starts from nothing; one that still runs is left alone and refused by its lock."""
    from cli.holding import holder

    if not folder.exists():
        return
    running = holder(Home(folder)) if (folder / "run").exists() else None
    if running is not None:
        raise Refusal(f"A demo already runs in {folder}: process {running.pid}. Stop it there with Ctrl-C.")
    _remove(folder)


def _remove(folder: Any) -> None:
    known = read_json(folder / "postgres.json").get("folder")
    if known and not str(known).startswith(str(folder)):
        shutil.rmtree(str(known), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        print(f"{folder} could not be removed.", file=sys.stderr)
