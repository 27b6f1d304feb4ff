"""`relance court`: files before a court or an officer: what runs, what happened, what comes next."""

from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, refuse
from cli.printing import clean, fields_of, money, print_json, print_table
from cli.refusal import Refusal
from policies.court_event import EVENT_WORDS, CourtEvent
from policies.court_life import STATE_WORDS, TITLED, CourtState
from policies.money import plain
from storage.court_views import CourtFileView

app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")]
Number = Annotated[
    int, typer.Argument(min=1, max=2**63 - 1, help="The file's number, as `court list` shows it.", show_default=False)
]
Docket = Annotated[str, typer.Option("--reference", metavar="NUMBER", help="The court's or the officer's own number.")]
Court = Annotated[str, typer.Option("--court", help="The court or the officer.")]
EVENTS = ", ".join(one.value.replace("_", "-") for one in CourtEvent)
AFTER_TITLE = TITLED | {CourtState.FRUITLESS}
INTEREST = "Interest from the judgment on is not added by itself: the law files do not have its rate. Ask counsel before you claim it."


@app.command("list")
def list_files(
    every: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False, json: Json = False
) -> None:
    """The files before a court, with the nearest last day of each."""
    found = at_work(lambda: _list(every))
    if json:
        print_json([shown(one) for one in found])
        return
    rows = [
        (one.number, one.customer_name, one.title, one.court, one.docket, money(one.principal, one.currency),
         STATE_WORDS[one.state], one.next_last_day)
        for one in found
    ]  # fmt: skip
    heads = ["File", "Customer", "Way", "Court", "Reference", "Claimed", "State", "Last day"]
    print_table(heads, rows, "Nothing is before a court.")


@app.command("show")
def show(number: Number, json: Json = False) -> None:
    """One file: what it claims, what happened, its last days with their articles, what can follow."""
    one = at_work(lambda: _show(number))
    if json:
        print_json(shown(one))
        return
    for line in file_lines(one):
        print(clean(line))


@app.command("file")
def file_(
    customer: Annotated[str, typer.Argument(help="The customer's number or name.", show_default=False)],
    route: Annotated[str, typer.Argument(help="The way to court, such as injonction_de_payer.", show_default=False)],
    invoices: Annotated[str, typer.Option("--invoices", help="Numbers with commas between; empty: all.")] = "",
    on: Annotated[
        str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day it was handed over.", show_default="today")
    ] = "",
    court: Court = "",
    reference: Docket = "",
    by: By = "",
) -> None:
    """A file was given to a court or an officer outside the ladder: it is followed from here on."""
    _told(at_work(lambda: _file(customer, (route, on, invoices, court, reference), actor(by))))


@app.command("event")
def event(
    number: Number,
    what: Annotated[str, typer.Argument(metavar="EVENT", help=f"One of: {EVENTS}.", show_default=False)],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day it happened.")],
    last_day: Annotated[
        str,
        typer.Option("--last-day", metavar="YYYY-MM-DD", help="The next day that counts, where no law file has it."),
    ] = "",
    article: Annotated[str, typer.Option("--article", help="What that day rests on.")] = "",
    amount: Annotated[str, typer.Option("--amount", help="What an order grants, or enforcement brought.")] = "",
    words: Annotated[str, typer.Option("--words", help="A remark.")] = "",
    court: Court = "",
    reference: Docket = "",
    by: By = "",
) -> None:
    """Something happened to a file: its deadlines follow from it. A filing, letter, order, service, opposition or title told once more is put right."""
    said = (what, on, last_day, article, amount, words, reference, court)
    _told(at_work(lambda: _event(number, said, actor(by))))


def _told(done: Any) -> None:
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"{done.words[:1].upper()}{done.words[1:]}."))


def file_lines(one: CourtFileView) -> list[str]:
    """A file in lines."""
    docket = f", {one.docket}" if one.docket else ""
    lines = [
        f"Court file {one.number} · {one.customer_name} ({one.customer_number}) · {one.title} [{one.article}]",
        f"{one.court}{docket} · {money(one.principal, one.currency)} claimed · {STATE_WORDS[one.state]} · since {one.opened_on}",
    ]
    lines += [f"Ended on {one.ended_on}"] if one.ended_on else []
    lines += (
        [f"Nothing may be paid until its outcome is recorded ({one.forbids})."]
        if one.forbids and not one.ended_on and one.state not in TITLED
        else []
    )
    lines += [f"Granted: {money(one.ordered, one.currency)}"] if one.ordered is not None else []
    lines += [
        f"Invoice {each.invoice}: {money(each.claimed, one.currency)} claimed, {money(each.open, one.currency)} open"
        for each in one.claims
    ]
    lines += [
        f"{each.on}: {EVENT_WORDS[each.event]}{f' ({each.words})' if each.words else ''}, by {each.actor}"
        for each in one.events
    ]
    lines += [
        f"Last day {each.last_day} ({each.state}): {each.kind.replace('_', ' ')}, {each.what} [{each.article}]"
        for each in one.deadlines
    ]
    if one.may_follow:
        lines.append(f"What can follow: {', '.join(each.value.replace('_', '-') for each in one.may_follow)}.")
    return [*lines, *([INTEREST] if one.state in AFTER_TITLE else [])]


def shown(one: CourtFileView) -> dict[str, Any]:
    """The same for other programs."""
    exact = {
        "principal": plain(one.principal, one.currency),
        "ordered": None if one.ordered is None else plain(one.ordered, one.currency),
    }
    claims = [
        {"invoice": each.invoice, "claimed": plain(each.claimed, one.currency), "open": plain(each.open, one.currency)}
        for each in one.claims
    ]
    return fields_of(one) | exact | {
        "claims": claims, "events": [fields_of(each) for each in one.events], "deadlines": [fields_of(each) for each in one.deadlines],
        "may_follow": [each.value for each in one.may_follow],
    }  # fmt: skip


async def _list(every: bool) -> tuple[CourtFileView, ...]:
    from storage import court_views

    return await court_views.listing(every=every)


async def _show(number: int) -> CourtFileView:
    from storage import court_views

    found = await court_views.show(number)
    if found is None:
        raise Refusal(f"There is no court file {number}. See ./relance court list.")
    return found


async def _file(customer: str, said: tuple[str, ...], who: str) -> Any:
    from storage import clock, court_deeds

    return await court_deeds.open_by_hand(customer, court_deeds.FileWords(*said), who, await clock.now())


async def _event(number: int, said: tuple[str, ...], who: str) -> Any:
    from storage import clock, court_deeds

    return await court_deeds.record_event(number, court_deeds.EventWords(*said), who, await clock.now())
