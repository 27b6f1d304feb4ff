"""`relance mediation`: mediations that go on, what became of them, and the mediators that may be proposed."""

from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, named, refuse
from cli.printing import clean, money, print_json, print_table
from cli.refusal import Refusal
from policies.mediation import StartedBy
from policies.money import plain
from storage.mediation_questions import MediationView
from tasks.staff_text import told

app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")]
LARGEST = 2**63 - 1
"""No row has a higher number."""
Number = Annotated[
    int, typer.Argument(min=1, max=LARGEST, help="Its number, as `mediation list` shows it.", show_default=False)
]


@app.command("list")
def list_mediations(
    every: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False, json: Json = False
) -> None:
    """Mediations that go on: since when, with whom, and until when an answer is waited for."""
    found = at_work(lambda: _list(every))
    if json:
        print_json([shown(one) for one in found])
        return
    rows = [
        (one.number, one.customer_name, money(one.open, one.currency), one.mediator or "chosen together", one.proposed_on,
         one.last_day or "–", (one.outcome or one.state).replace("_", " "))
        for one in found
    ]  # fmt: skip
    heads = ["Mediation", "Customer", "Open", "Mediator", "Since", "Answer by", "State"]
    print_table(heads, rows, "Nothing is mediated.")


@app.command("propose")
def propose(
    customer: Annotated[str, typer.Argument(help="The customer's number, or its name.", show_default=False)],
    invoice: Annotated[
        list[str] | None,
        typer.Option(
            "--invoice", metavar="NUMBER", help="About this invoice; again for more. None: all that are open."
        ),
    ] = None,
    mediator: Annotated[str, typer.Option("--mediator", help="Who mediates; empty: the only one who may be.")] = "",
    last_day: Annotated[
        str,
        typer.Option("--by", metavar="DATE", help="The last day for an answer; empty: as the law or the policy says."),
    ] = "",
    by_customer: Annotated[bool, typer.Option("--by-customer", help="The customer turned to a mediator.")] = False,
    words: Annotated[str, typer.Option("--words", help="Kept here: nobody outside is given it.")] = "",
    by: By = "",
) -> None:
    """A mediation begins outside the ladder; nothing else leaves about its invoices until it is over."""
    from storage.mediation_deeds import MediationWords

    said = MediationWords(StartedBy.CUSTOMER if by_customer else StartedBy.PERSON, mediator, last_day, words)
    done = at_work(lambda: _propose(customer, ", ".join(invoice or []), said, actor(by)))
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"{done.customer_name}: {done.words}."))


@app.command("outcome")
def outcome(
    number: Number,
    what: Annotated[
        str, typer.Argument(metavar="OUTCOME", help="plan, credit, refused, no_answer, failed or under_way.")
    ],
    agreed: Annotated[
        str,
        typer.Option("--agreed", help="plan: 2026-05-01=500.00; 2026-06-01=250.00. credit: the amount given up."),
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="under_way: the day to come back to it.")] = "",
    note: Annotated[str, typer.Option("--note", help="Kept here: nobody outside is given it.")] = "",
    by: By = "",
) -> None:
    """Say what became of a mediation, as in the question about it."""
    values = {"decision": what, "payments": agreed, "date": on, "note": note}
    if refusal := at_work(lambda: _outcome(number, values, by)):
        raise Refusal(told(refusal))
    print("Thank you: it is written down.")


@app.command("mediators")
def mediators(json: Json = False) -> None:
    """The mediators you named; the law files name those of a whole country."""
    found = at_work(_mediators)
    if json:
        print_json([{"mediator": one.number, "kind": one.kind, "name": one.name, "address": one.address, "url": one.url,
                     "segment": one.segment} for one in found])  # fmt: skip
        return
    rows = [(one.number, one.kind.replace("_", " "), one.in_words, one.segment or "all") for one in found]
    print_table(["Mediator", "Kind", "Who", "Segment"], rows, "You named none.")


@app.command("name")
def name(
    who: Annotated[str, typer.Argument(help="The mediator's name.", show_default=False)],
    kind: Annotated[
        str, typer.Option("--kind", help="A route of a law file (consumer_mediation, conciliation), or mediator.")
    ] = "mediator",
    address: Annotated[str, typer.Option("--address", help="Postal address.")] = "",
    url: Annotated[str, typer.Option("--url", help="Web address.")] = "",
    segment: Annotated[str, typer.Option("--segment", help="For customers of this segment alone.")] = "",
    by: By = "",
) -> None:
    """Name a mediator that may be proposed."""
    from policies.mediation_proposal import Mediator

    one = Mediator(0, kind, who, address, url, segment)
    done = at_work(lambda: _name(one, actor(by)))
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"Mediator {done}: {one.in_words}."))


@app.command("forget")
def forget(number: Number, by: By = "") -> None:
    """Propose a mediator no more."""
    if problems := at_work(lambda: _forget(number, actor(by))):
        raise refuse(problems)
    print(f"Mediator {number} is proposed no more.")


def shown(one: MediationView) -> dict[str, Any]:
    """A mediation for other programs: amounts as strings with the currency's decimals; never what was said in it."""
    return {
        "mediation": one.number, "customer": one.customer_number, "name": one.customer_name, "started_by": one.started_by,
        "route": one.route, "mediator": one.mediator, "compulsory": one.compulsory, "proposed_on": one.proposed_on,
        "last_day": one.last_day, "last_day_from": one.last_day_from, "state": one.state, "outcome": one.outcome,
        "ended_on": one.ended_on, "currency": one.currency, "open": plain(one.open, one.currency),
        "invoices": [number for number, _, _ in one.invoices],
    }  # fmt: skip


async def _list(every: bool) -> tuple[MediationView, ...]:
    from storage import mediation_questions

    return await mediation_questions.show(every=every)


async def _propose(customer: str, invoices: str, words: Any, who: str) -> Any:
    from storage import clock, mediation_deeds

    return await mediation_deeds.propose(customer, invoices, words, who, await clock.now())


async def _outcome(number: int, values: dict[str, str], by: str) -> str | None:
    from storage import clock, mediation_deeds
    from tasks.mediation_words import about_mediation

    return await mediation_deeds.outcome(number, values, named(by), await clock.now(), about_mediation)


async def _mediators() -> Any:
    from storage import mediators as books

    return await books.listed()


async def _name(one: Any, who: str) -> Any:
    from storage import clock
    from storage import mediators as books
    from storage.law_store import mediation_routes

    return await books.name(one, (*mediation_routes(), "mediator"), who, await clock.now())


async def _forget(number: int, who: str) -> Any:
    from storage import clock
    from storage import mediators as books

    return await books.forget(number, who, await clock.now())
