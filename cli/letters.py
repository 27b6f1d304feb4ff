"""`relance letters list|posted|outcome|import`: what is printed and posted by a person, and what became of it."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from cli.at_work import actor, at_work, refuse
from cli.printing import clean, fields_of, money, print_json, print_table
from cli.refusal import Refusal
from policies.posting import one_line_of
from policies.problems import Problem
from storage.letter_rows import LetterRow, all_letters, open_letters
from tasks.take_in_outcomes import TakenIn, take_in_outcomes

app = typer.Typer(help="Letters to print and post, and what became of them.")
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who says so.", show_default="you")]
SHOWN = timedelta(days=14)
"""How long a withdrawn letter stays in the list."""


@app.command(name="list")
def list_letters(
    everything: Annotated[bool, typer.Option("--all", help="Every letter there ever was.")] = False, json: Json = False
) -> None:
    """What is to be posted, what must not be, and what is not known yet of letters posted."""
    from storage import clock
    from tasks.print_folder import print_folder, take_back

    async def work() -> tuple[LetterRow, ...]:
        at = await clock.now()
        await take_back(at)
        return await (all_letters() if everything else open_letters(at - SHOWN))

    found = at_work(work)
    if json:
        amounts = {"demanded": "currency", "cost": "cost_currency"}
        print_json([{"letter": one.name, "state": one.state} | fields_of(one, amounts) for one in found])
        return
    rows = [
        (one.name, _to_do(one), one.printed_on, one.customer_name[:30], one.stage, "registered" if one.registered else "plain",
         money(one.demanded, one.currency), one_line_of(one.address)[:60], one.tracking)
        for one in found
    ]  # fmt: skip
    print_table(
        ["Letter", "Do", "Printed", "Customer", "Stage", "By", "Demanded", "To", "Tracking"], rows, "No letter waits."
    )
    if any(one.state == "to_post" for one in found):
        print(clean(f"Print from {print_folder()}; then: ./relance letters posted L… [--tracking …]"))


def _to_do(one: LetterRow) -> str:
    if one.state == "to_post":
        return "post" if one.placed else "wait: not in the folder yet"
    if one.state == "withdrawn":
        return f"DO NOT POST: {one.withdrawn_why}"
    if one.state == "posted":
        return f"posted {one.posted_on}, outcome not known"
    return f"{one.state.replace('_', ' ')} {one.outcome_on}" + (": find another address" if one.address_sought else "")


@app.command()
def posted(
    letters: Annotated[list[str], typer.Argument(metavar="LETTER…", help="L12, or several.", show_default=False)],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day, YYYY-MM-DD.", show_default="today")] = "",
    tracking: Annotated[str, typer.Option("--tracking", help="The post's number, for one letter.")] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="It had left before it was withdrawn.")] = False,
    by: By = "",
) -> None:
    """These letters are posted: their steps are done on that day."""
    from storage import clock
    from storage.letter_posted import posted as say_posted
    from tasks.print_folder import take_back

    if tracking and len(letters) > 1:
        raise Refusal("A tracking number is of one letter: say one at a time.")
    day = _day(on) if on else None

    async def work() -> tuple[list[str], list[Problem]]:
        told, wrong, at = [], [], await clock.now()
        for each in letters:
            ended = await say_posted(each, day, tracking, actor(by), at, anyway=anyway)
            if isinstance(ended, list):
                wrong += ended
            else:
                told.append(ended.words)
        await take_back(at)
        return told, wrong

    _tell(*at_work(work))


@app.command()
def outcome(
    letter: Annotated[str, typer.Argument(help="L12, or the tracking number.", show_default=False)],
    what: Annotated[
        str, typer.Argument(help="delivered, refused, not_collected, unknown_at_address.", show_default=False)
    ],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day the post tells, YYYY-MM-DD.")],
    by: By = "",
) -> None:
    """What became of a letter; it decides from when the delay it gives runs."""
    from storage import clock
    from storage.letter_outcomes import outcome as write_outcome
    from tasks.read_letter_outcomes import outcome_called

    kind, day = outcome_called(what), _day(on)
    if kind is None:
        raise Refusal(f"“{what}” is no outcome; write delivered, refused, not_collected or unknown_at_address.")

    async def work() -> tuple[list[str], list[Problem]]:
        ended = await write_outcome(letter, kind, day, actor(by), await clock.now())
        return ([], ended) if isinstance(ended, list) else ([ended.words], [])

    _tell(*at_work(work))


@app.command(name="import")
def import_outcomes(
    file: Annotated[Path, typer.Argument(help="CSV with the columns letter, outcome, date.")],
    by: By = "",
    json: Json = False,
) -> None:
    """Outcomes from a file: the letter's number or the post's, the outcome, the day. Reading it twice changes nothing."""
    from storage import clock

    async def work() -> TakenIn:
        return await take_in_outcomes(file, actor(by), await clock.now())

    found = at_work(work)
    if json:
        print_json(found.as_json())
        return
    print(f"{found.read} read, {found.new} new.")
    if found.problems:
        raise refuse(found.problems)


def _tell(told: list[str], wrong: list[Problem]) -> None:
    for words in told:
        print(clean(f"{words}{'' if words.endswith('.') else '.'}"))
    if wrong:
        raise refuse(wrong)


def _day(said: str) -> date:
    try:
        return datetime.strptime(said.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise Refusal(f"“{said}” is not a date; write YYYY-MM-DD.") from None
