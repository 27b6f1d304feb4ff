"""`relance case list|show|explain|act|hold|release|send-copy|skip`."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, channels, refuse, signer
from cli.call_sheet import call_lines, made_as_json
from cli.case_pages import print_case, print_history, print_life
from cli.case_questions import asked_as_json, asked_words
from cli.case_reasons import print_reasons, reasons_as_json
from cli.interest import as_json
from cli.printing import clean, fields_of, money, print_json, print_table
from policies.facts import HoldKind
from policies.form_days import day_of
from policies.hold_form import ASKED_FOR, HoldWords
from policies.law.limitation_rules import Interruption
from policies.problems import Problem

app = typer.Typer(help="Cases: one per overdue invoice.")
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Which = Annotated[str, typer.Argument(metavar="CASE", help="An invoice number, or a case number.", show_default=False)]
KINDS = ", ".join(kind.value for kind in Interruption)
As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who does it.", show_default="you")]
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
    """Every rule that is asked about the case now, its answer, what it rests on, and the next five acts."""
    _show(case, json, history=False)


def _show(case: str, json: bool, *, history: bool) -> None:
    from storage import clock, questions
    from storage.call_record import calls_of_case
    from storage.case_views import explained
    from storage.collecting import told
    from storage.timeline import events

    async def work() -> Any:
        one, at = await found_case(case), await clock.now()
        asked = [(question, at) for question in await questions.of_case(one)]
        happened = await events(one) if history else ()
        return await explained(one, at, channels()), happened, await calls_of_case(one), asked

    found, happened, calls, asked = at_work(work)
    if json:
        shown = fields_of(found.view, AMOUNTS) | {"decision": told(found.why.decision, found.ladder.hash)}
        shown |= reasons_as_json(found)
        shown["calls"] = [made_as_json(one) for one in calls]
        shown["claimable"] = None if found.claimable is None else as_json(found.claimable)
        shown["questions"] = [asked_as_json(question) for question, _ in asked]
        print_json(shown | ({"events": [fields_of(one) for one in happened]} if history else {}))
        return
    print_case(found)
    for line in call_lines(calls, found.dossier.case.calendar.zone):
        print(clean(line))
    for question, at in asked:
        print(clean(asked_words(question, at)))
    if history:
        print_history(happened, found.view.currency)
    else:
        print_reasons(found)


@app.command()
def act(
    case: Which,
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help=f"One of {KINDS}.", show_default=False)] = "",
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day it was done.")] = "",
    words: Annotated[str, typer.Option("--words", help="What it was, and where the proof is.")] = "",
    take_back: Annotated[
        int,
        typer.Option("--take-back", metavar="NUMBER", help="An act that counts no longer, as `case show` numbers it."),
    ] = 0,
    by: As = "",
) -> None:
    """Record an act that keeps the claim alive (an acknowledgement, a court act…), or take one back."""
    from storage import clock, limitation_acts

    async def work() -> Any:
        one, at = await found_case(case), await clock.now()
        if take_back:
            return await limitation_acts.take_back(one, take_back, words, actor(by), at)
        day = day_of(on.strip())
        if day is None:
            return [Problem("command", None, "on", "Write the day it was done as YYYY-MM-DD.")]
        recorded = await limitation_acts.record_act([one], kind, day, words, actor(by), at)
        return recorded if isinstance(recorded, list) else recorded[one]

    done = at_work(work)
    if isinstance(done, list):
        raise refuse(done)
    print_life(done.life.time, f"{done.case.invoice}: ")


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
    interest_until: Annotated[
        str, typer.Option("--interest-until", metavar="YYYY-MM-DD", help="Plan: the last day that earns interest.")
    ] = "",
    by: As = "",
) -> None:
    """Stop chasing one invoice, until a day or until it is released; the kind says what stops and how it ends."""
    from storage.hold_deeds import hold_customer

    words = HoldWords(reason, kind, until, since, ",".join(channel or []), ";".join(pay or []), interest_until)
    _deed(case, lambda customer, invoice, at: hold_customer(customer, invoice, words, actor(by), at))


@app.command()
def release(case: Which, by: As = "") -> None:
    """Go on after a hold."""
    from storage.hold_deeds import release_customer

    _deed(case, lambda customer, invoice, at: release_customer(customer, invoice, actor(by), at))


@app.command(name="send-copy")
def send_copy(case: Which, by: As = "") -> None:
    """Send the stored file of the invoice to its customer once more."""
    from storage.writing_by_hand import resend_invoice

    _deed(case, lambda customer, invoice, at: resend_invoice(invoice, customer, actor(by), at))


@app.command()
def skip(
    case: Which, reason: Annotated[str, typer.Option("--reason", help="Why the step is left out.")], by: As = ""
) -> None:
    """Go on without the step the case has reached."""
    from storage import clock
    from storage.skipping import skip_step

    async def work() -> Any:
        who = actor(by)
        return await skip_step(await found_case(case), reason, who, await clock.now(), channels(), signer().role)

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
        view = (await explained(await found_case(case), at, channels())).view
        return await do(view.customer_number, view.invoice, at)

    done = at_work(work)
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"{done.kind} · {done.customer_name} · {done.words}"))


async def found_case(case: str) -> int:
    """The case meant, or a refusal that says why there is none."""
    from storage.case_views import find_case

    found: int | list[Problem] = await find_case(case)
    if isinstance(found, list):
        raise refuse(found)
    return found
