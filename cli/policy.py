"""`relance policy list|show|check|test|replay|assign|rules|pin|migrate|plan|exceptions`: the ladders cases climb."""

from pathlib import Path
from typing import Annotated

import typer

from cli.ladder_files import checked, own, read, shipped
from cli.policy_assign import assign, rules
from cli.policy_exceptions import exceptions
from cli.policy_migration import list_versions, migrate, pin, plan
from cli.policy_replay import replay
from cli.policy_show import show
from cli.policy_test import play_scenarios
from cli.printing import fields_of, print_json, print_table
from policies.ladder import Ladder

app = typer.Typer(help="Ladders: which steps, when, by which channel, who must agree.")
app.command()(show)
app.command(name="test")(play_scenarios)
app.command()(replay)
app.command()(assign)
app.command()(rules)
app.command()(pin)
app.command()(migrate)
app.command()(plan)
app.command()(exceptions)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@app.command(name="list")
def list_ladders(
    pinned: Annotated[bool, typer.Option("--pinned", help="The versions cases follow or a person pinned.")] = False,
    json: Json = False,
) -> None:
    """The ladders that come with Relance, and those of your own (`policies` in RELANCE_HOME)."""
    if pinned:
        list_versions(json=json)
        return
    ladders = [(read(path), whose) for whose, paths in (("shipped", shipped()), ("own", own())) for path in paths]
    shown = [
        {"id": one.id, "title": one.title, "hash": one.hash, "steps": len(one.steps), "whose": whose}
        for one, whose in ladders
    ]
    if json:
        print_json(shown)
    else:
        rows = [(one["id"], one["title"], one["steps"], str(one["hash"])[:12], one["whose"]) for one in shown]
        print_table(["Policy", "Title", "Steps", "Hash", "Whose"], rows, "There are no policies.")


@app.command()
def check(file: Annotated[Path, typer.Argument(help="A policy file (TOML).")], json: Json = False) -> None:
    """Say everything that is wrong with a policy file."""
    found = checked(file)
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
