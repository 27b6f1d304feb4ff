"""`relance stay`: customers that are left alone for a time, one or a group, and what still holds."""

from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, refuse
from cli.printing import clean, fields_of, print_json, print_table
from policies.stay import StayKind, StayWords

app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@app.command("open")
def open_(
    customers: Annotated[
        list[str], typer.Argument(help="The customer's number, or its name; several: a group named together.")
    ],
    kind: Annotated[str, typer.Option("--kind", help=f"One of: {', '.join(StayKind)}.")],
    words: Annotated[str, typer.Option("--words", help="What is known, in a few words.")] = "",
    last_day: Annotated[
        str, typer.Option("--until", metavar="YYYY-MM-DD", help="It is looked at again by this day.")
    ] = "",
    since: Annotated[str, typer.Option("--since", metavar="YYYY-MM-DD", help="It began.", show_default="today")] = "",
    article: Annotated[str, typer.Option("--article", help="The decision or article the day rests on.")] = "",
    group: Annotated[
        bool, typer.Option("--group", help="With everybody who shares its payer or register number.")
    ] = False,
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")] = "",
) -> None:
    """Leave customers alone: every invoice is on hold at once, and each is resumed by itself (`case release`)."""
    said = StayWords(kind, words, since, last_day, article)
    done = at_work(lambda: _open(customers, said, actor(by), group=group))
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"{done.customer_name}: {done.words}; {len(done.cases)} invoices on hold."))


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False, json: Json = False
) -> None:
    """Customers that are left alone, why, until when, and what is still on hold."""
    from storage import stay_deeds

    found = at_work(lambda: stay_deeds.listing(every=every))
    if json:
        print_json([fields_of(one) for one in found])
        return
    rows = [
        (one.number, ", ".join(one.customers), one.kind.replace("_", " "), one.since, one.last_day or "–", one.article,
         one.follow_up or "to be done", ", ".join(one.held) or "nothing")
        for one in found
    ]  # fmt: skip
    heads = ["Stay", "Customers", "Why", "Since", "Look again by", "Rests on", "Asked of us", "On hold"]
    print_table(heads, rows, "Nobody is left alone.")


async def _open(customers: list[str], said: StayWords, who: str, *, group: bool) -> Any:
    from storage import clock, stay_deeds
    from storage.hold_deeds import Deed
    from storage.insolvency_questions import ask_about_insolvencies
    from tasks.insolvency_words import WORDS

    at = await clock.now()
    done = await stay_deeds.open_stay(customers, said, who, at, group=group)
    if isinstance(done, Deed):
        await ask_about_insolvencies(at, WORDS)
    return done
