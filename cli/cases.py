"""`relance case list|show|explain|hold|release|skip`."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, channels, refuse
from cli.case_pages import print_explained, print_history
from cli.printing import clean, fields_of, money, print_json, print_table
from policies.facts import HoldKind
from policies.hold_form import ASKED_FOR, HoldWords
from policies.problems import Problem

app = typer.Typer(help="Cases: one per overdue invoice.")
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Which = Annotated[str, typer.Argument(metavar="CASE", help="An invoice number, or a case number.", show_default=False)]
As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who does it.", show_default="local")]
AMOUNTS = {"original": "currency", "open": "currency"}


class Status(StrEnum):
    """Which cases are listed."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@app.command(name="list")
def list_cases(
    customer: Annotated[str, typer.Option("--customer", metavar="NUMBER", help="Only this customer's.")] = "",
    status: Annotated[Status, typer.Option("--status", help="Which cases.")] = Status.OPEN,
    json: Json = False,
) -> None:
    """Cases by due date, with what was reached and what comes next."""
    from storage import clock
    from storage.case_views import CaseView, listing

    async def work() -> tuple[CaseView, ...]:
        return await listing(await clock.now(), channels(), customer=customer or None, which=status.value)

    views = at_work(work)
    if json:
        print_json([fields_of(one, AMOUNTS) for one in views])
        return
    rows = [
        (one.id, one.customer_name[:30], one.invoice, one.due, money(one.open, one.currency), one.reached or "–",
        one.state,
         one.next_step or "", one.next_on)
        for one in views
    ]  # fmt: skip
    print_table(
        ["Case", "Customer", "Invoice", "Due", "Open", "Reached", "State", "Next", "On"],
        rows,
        "There are no such cases.",
    )


@app.command()
def show(case: Which, json: Json = False) -> None:
    """A case as it stands, with everything that happened."""
    _show(case, json, history=True)


@app.command()
def explain(case: Which, json: Json = False) -> None:
    """What would be done now, why, and the steps to come if nothing changes."""
    _show(case, json, history=False)


def _show(case: str, json: bool, *, history: bool) -> None:
    from storage import clock
    from storage.case_views import explained
    from storage.collecting import told
    from storage.timeline import events

    async def work() -> Any:
        one = await _found(case)
        return await explained(one, await clock.now(), channels()), await events(one) if history else ()

    found, happened = at_work(work)
    if json:
        shown = fields_of(found.view, AMOUNTS) | {"decision": told(found.decision, found.ladder.hash)}
        shown |= {"coming": [fields_of(one) for one in found.coming]}
        print_json(shown | ({"events": [fields_of(one) for one in happened]} if history else {}))
        return
    print_explained(found, coming=not history)
    if history:
        print_history(happened, found.view.currency)


@app.command()
def hold(
    case: Which,
    reason: Annotated[str, typer.Option("--reason", help="Why; the debtor may read it.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="YYYY-MM-DD", help="The last day held.")] = "",
    kind: Annotated[str, typer.Option("--kind", help=f"One of {', '.join(ASKED_FOR)}.")] = HoldKind.MANUAL.value,
    since: Annotated[
        str, typer.Option("--since", metavar="YYYY-MM-DD", help="Insolvency: the day of the judgment.")
    ] = "",
    channel: Annotated[
        list[str] | None, typer.Option("--channel", help="Opt-out: a channel the customer does not want.")
    ] = None,
    pay: Annotated[
        list[str] | None, typer.Option("--pay", metavar="YYYY-MM-DD=AMOUNT", help="Plan: a payment agreed.")
    ] = None,
    by: As = "",
) -> None:
    """Stop chasing one invoice, until a day or until it is released; the kind says what stops and how it ends."""
    from storage.hold_deeds import hold_customer

    words = HoldWords(reason, kind, until, since, ",".join(channel or []), ";".join(pay or []))
    _deed(case, lambda customer, invoice, at: hold_customer(customer, invoice, words, actor(by), at))


@app.command()
def release(case: Which, by: As = "") -> None:
    """Go on after a hold."""
    from storage.hold_deeds import release_customer

    _deed(case, lambda customer, invoice, at: release_customer(customer, invoice, actor(by), at))


@app.command()
def skip(
    case: Which, reason: Annotated[str, typer.Option("--reason", help="Why the step is left out.")], by: As = ""
) -> None:
    """Go on without the step the case has reached."""
    from storage import clock
    from storage.skipping import skip_step

    async def work() -> Any:
        return await skip_step(await _found(case), reason, actor(by), await clock.now(), channels())

    step = at_work(work)
    if isinstance(step, list):
        raise refuse(step)
    print(f"{step.id} is skipped.")


def _deed(case: str, do: Any) -> None:
    """Do something about the invoice of a case, and say what was done."""
    from storage import clock
    from storage.case_views import explained

    async def work() -> Any:
        at = await clock.now()
        view = (await explained(await _found(case), at, channels())).view
        return await do(view.customer_number, view.invoice, at)

    done = at_work(work)
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"{done.kind} · {done.customer_name} · {done.words}"))


async def _found(case: str) -> int:
    """The case meant, or a refusal that says why there is none."""
    from storage.case_views import find_case

    found: int | list[Problem] = await find_case(case)
    if isinstance(found, list):
        raise refuse(found)
    return found
