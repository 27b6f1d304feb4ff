"""`relance policy list|show|check`: the ladders cases climb."""

from pathlib import Path
from typing import Annotated

import typer

from cli.printing import fields_of, print_json, print_table
from cli.refusal import Refusal
from policies.ladder import Ladder, Step
from policies.ladder_file import load_ladder
from policies.money import plain

LADDERS = Path(load_ladder.__code__.co_filename).parent / "ladders"

app = typer.Typer(help="Ladders: which steps, when, by which channel, who must agree.")
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@app.command(name="list")
def list_ladders(json: Json = False) -> None:
    """The ladders that come with Relance."""
    ladders = [_loaded(path) for path in sorted(LADDERS.glob("*.toml"))]
    shown = [{"id": one.id, "title": one.title, "hash": one.hash, "steps": len(one.steps)} for one in ladders]
    if json:
        print_json(shown)
    else:
        rows = [(one["id"], one["title"], one["steps"], str(one["hash"])[:12]) for one in shown]
        print_table(["Policy", "Title", "Steps", "Hash"], rows, "There are no policies.")


@app.command()
def show(policy: Annotated[str, typer.Argument(help="A policy's id, or a file.")], json: Json = False) -> None:
    """A ladder step by step."""
    ladder = _loaded(_path(policy))
    if json:
        steps = [fields_of(step) | {"also": list(step.also)} for step in ladder.steps]
        print_json({"id": ladder.id, "title": ladder.title, "hash": ladder.hash, "steps": steps})
        return
    print(f"{ladder.title} · {ladder.id} · {ladder.hash[:12]}\n")
    rows = [
        (step.id, f"D{step.offset:+d}", step.gap, ", ".join(step.channels), _conditions(step), _approval(step))
        for step in ladder.steps
    ]
    print_table(["Step", "Day", "Gap", "By", "Only if", "Approval"], rows, "The ladder has no steps.")
    for season in ladder.seasons:
        (first_month, first_day), (last_month, last_day) = season.first, season.last
        print(f"Closed from {first_day:02d}/{first_month:02d} to {last_day:02d}/{last_month:02d} (day/month).")


@app.command()
def check(file: Annotated[Path, typer.Argument(help="A policy file (TOML).")], json: Json = False) -> None:
    """Say everything that is wrong with a policy file."""
    found = load_ladder(_bytes(file), file.name)
    problems = found if isinstance(found, list) else []
    if json:
        print_json({"problems": [fields_of(one) for one in problems], "hash": getattr(found, "hash", None)})
    else:
        for problem in problems:
            typer.echo(str(problem), err=True)
        if isinstance(found, Ladder):
            print(f"{file.name} is a good policy: {len(found.steps)} steps, hash {found.hash[:12]}.")
    if problems:
        raise typer.Exit(1)


def _path(policy: str) -> Path:
    known = {path.stem: path for path in LADDERS.glob("*.toml")}
    if policy in known:
        return known[policy]
    if Path(policy).exists():
        return Path(policy)
    raise Refusal(f"There is no policy and no file “{policy}”; known are {', '.join(sorted(known))}.")


def _bytes(file: Path) -> bytes:
    if file.is_dir():
        raise Refusal(f"{file} is a folder: name a file in it.")
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"There is no file {file}.") from None


def _loaded(path: Path) -> Ladder:
    found = load_ladder(_bytes(path), path.name)
    if isinstance(found, list):
        raise Refusal("\n".join(str(problem) for problem in found))
    return found


def _conditions(step: Step) -> str:
    limits = step.only_above or {}
    parts = [f"overdue above {plain(limit, currency)} {currency}" for currency, limit in limits.items()]
    if step.lapse_after is not None:
        parts.append(f"until D{step.lapse_after:+d}")
    return ", ".join(parts)


def _approval(step: Step) -> str:
    limits = step.approval_above or {}
    above = ", ".join(f"{plain(limit, currency)} {currency}" for currency, limit in limits.items())
    asks = f"; asks {step.asks.value.replace('_', ' ')}" if step.asks else ""
    return f"{step.approval.value}{f' {above}' if above else ''}{asks}"
