"""`relance question give`, `relance question waiting`."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from cli.at_work import at_work, refuse, signer
from cli.printing import clean, fields_of, print_json, print_table

app = typer.Typer(help="Questions: give one to somebody else; how long they wait for us.")
DAYS = 28
"""Days looked at where nobody says since when."""


@app.command()
def give(
    question: Annotated[int, typer.Argument(help="The question's number, as `inbox` lists it.", show_default=False)],
    login: Annotated[str, typer.Argument(help="Who is to answer it; see `user list`.", show_default=False)],
) -> None:
    """Give an open question to somebody else; nothing is decided by it."""
    from storage import clock
    from storage.question_moves import give as hand

    async def work() -> object:
        return await hand(question, login, signer(), await clock.now())

    given = at_work(work)
    if isinstance(given, list):
        raise refuse(given)
    print(clean(f"Question {question} is with {login} now{f', no longer with {given}' if given else ''}."))


@app.command()
def waiting(
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="From this day on; four weeks without it.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """How long questions waited for us, by kind and person: from when each was first asked to its answer."""
    from storage import clock, waiting_time

    async def work() -> tuple[waiting_time.Waited, ...]:
        today = (await clock.now()).date()
        return await waiting_time.waiting(since.date() if since else today - timedelta(days=DAYS), today)

    found = at_work(work)
    if json:
        print_json([fields_of(one) for one in found])
        return
    rows = [
        (one.kind.replace("_", " "), one.person, one.answered, one.median_days, one.open, one.longest_days, one.moved)
        for one in found
    ]
    heads = ["Kind", "Person", "Answered", "Median days", "Open", "Longest, days", "Moved"]
    print_table(heads, rows, "No question was answered, and none waits.")
