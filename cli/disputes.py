"""`relance disputes`: what customers dispute, who decides by when, what was decided, and what there is to learn."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, named, refuse
from cli.kept_files import to_keep, write_out
from cli.printing import clean, fields_of, money, print_json, print_table
from cli.refusal import Refusal
from policies.dispute_form import DisputeWords
from policies.dispute_reasons import DisputeReason, answer_reason, in_words
from policies.money import plain
from storage.dispute_views import DisputeView
from tasks.staff_text import told

app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")]
LARGEST = 2**63 - 1
"""No row has a higher number."""
Number = Annotated[
    int,
    typer.Argument(min=1, max=LARGEST, help="The dispute's number, as `disputes list` shows it.", show_default=False),
]
REASONS = ", ".join(in_words(one) for one in DisputeReason)


@app.command("list")
def list_disputes(
    every: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False, json: Json = False
) -> None:
    """What is disputed, or waits for a credit note, by the day on which it is to be decided."""
    found = at_work(lambda: _list(every))
    if json:
        print_json([shown(one) for one in found])
        return
    rows = [
        (one.number, one.customer_name, one.invoice or "everything", in_words(one.dispute.reason), _disputed(one),
         one.standing.replace("_", " "), one.dispute.owner, one.deadline)
        for one in found
    ]  # fmt: skip
    heads = ["Dispute", "Customer", "Invoice", "Reason", "Amount", "State", "Owner", "Decide by"]
    print_table(heads, rows, "Nothing is disputed.")


@app.command("show")
def show(number: Number, json: Json = False) -> None:
    """One dispute: what is said, what is open, its files, and what was decided."""
    one = at_work(lambda: _show(number))
    if json:
        print_json(shown(one))
        return
    print(clean(f"Dispute {one.number} · {one.customer_name} ({one.customer_number}) · {one.invoice or 'everything'}"))
    print(clean(f"{_disputed(one)} disputed since {one.dispute.since}: {in_words(one.dispute.reason)}"))
    if one.invoice:
        rest = money(one.open - one.set_aside, one.currency)
        print(
            f"{money(one.open, one.currency)} open, {money(one.set_aside, one.currency)} not asked for, {rest} asked for"
        )
    state = one.standing.replace("_", " ")
    print(clean(f"State: {state} · owner: {one.dispute.owner or '–'} · to be decided by {one.deadline}"))
    for name, words in (("Lines", one.lines), ("Words", one.text), ("Decided", _decision(one))):
        if words:
            print(clean(f"{name}: {words}"))
    for each in one.documents:
        print(clean(f"Document: {each.name}, {each.size} bytes, SHA-256 {each.sha256}, added by {each.actor}"))


@app.command("open")
def open_(
    invoice: Annotated[str, typer.Argument(help="The invoice that is disputed.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help=f"One of: {REASONS}.")],
    amount: Annotated[str, typer.Option("--amount", help="The part that is disputed; empty: the whole.")] = "",
    customer: Annotated[str, typer.Option("--customer", help="Where several have an invoice of this number.")] = "",
    lines: Annotated[str, typer.Option("--lines", help="What of the invoice it is about.")] = "",
    text: Annotated[str, typer.Option("--text", help="What the customer says.")] = "",
    owner: Annotated[str, typer.Option("--owner", help="Who decides.", show_default="the customer's owner")] = "",
    deadline: Annotated[str, typer.Option("--by", metavar="YYYY-MM-DD", help="To be decided by this day.")] = "",
    by: By = "",
) -> None:
    """An invoice is disputed, in whole or in part; the rest of it goes on being collected."""
    words = DisputeWords(reason, amount, lines, text, owner, deadline)
    done = at_work(lambda: _open(customer, invoice, words, actor(by)))
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"Disputed: {done.words}. Its owner is asked."))


@app.command("decide")
def decide(
    number: Number,
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="accept, accept_part, reject, withdrawn or later.")],
    amount: Annotated[str, typer.Option("--amount", help="accept_part: what the customer is right about.")] = "",
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="later: the day to ask again.")] = "",
    why: Annotated[str, typer.Option("--why", help="The reason; of a rejection the customer reads it.")] = "",
    by: By = "",
) -> None:
    """Decide a dispute, as in the question about it."""
    values = {"decision": verdict, "amount": amount, "date": on, "note": why}
    refusal = at_work(lambda: _decide(number, values, by))
    if refusal:
        raise Refusal(told(refusal))
    print("Thank you: it is decided.")


@app.command("document")
def document(
    number: Number,
    file: Annotated[Path | None, typer.Argument(help="A file to keep with it, byte for byte.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Write its files out.")] = None,
    by: By = "",
) -> None:
    """Add a file to a dispute, or write its files out."""
    kept = to_keep(file, out, "the dispute")
    if kept is None:
        assert out is not None, "one of the two is named"
        write_out(out, "dispute", number, at_work(lambda: _documents(number)))
        return
    if problems := at_work(lambda: _add(number, *kept, actor(by))):
        raise refuse(problems)
    print(clean(f"{kept[0]} is kept with dispute {number}."))


@app.command("stats")
def stats(
    since: Annotated[str, typer.Option("--since", metavar="YYYY-MM-DD", help="Opened from this day on.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="YYYY-MM-DD", help="Opened up to this day.")] = "",
    json: Json = False,
) -> None:
    """What is disputed most, by reason, customer and segment: how often, how much, how long, and how it ended."""
    from cli.dispute_stats import print_stats

    print_stats(since, until, json=json)


def shown(one: DisputeView) -> dict[str, Any]:
    """A dispute for other programs: amounts as strings with the currency's decimals."""
    amounts = {
        name: plain(value, one.currency) if one.currency else ""
        for name, value in (("disputed", one.disputed), ("claimed", one.claimed), ("open", one.open),
                            ("not_asked_for", one.set_aside), ("credited", one.credited))
    }  # fmt: skip
    return {
        "dispute": one.number, "customer": one.customer_number, "name": one.customer_name, "invoice": one.invoice,
        "case": one.case, "run": one.run, "currency": one.currency, "whole": one.dispute.amount is None, **amounts,
        "reason": one.dispute.reason, "answer_reason": answer_reason(one.dispute.reason), "state": one.standing,
        "lines": one.lines, "text": one.text, "source": one.source, "opened_by": one.opened_by, "opened_at": one.opened_at,
        "owner": one.dispute.owner, "deadline": one.deadline, "ask_on": one.ask_on, "decided_by": one.decided_by,
        "decided_on": one.decided_on, "why": one.why, "documents": [fields_of(each) for each in one.documents],
    }  # fmt: skip


def _disputed(one: DisputeView) -> str:
    return money(one.disputed, one.currency) if one.currency else "–"


def _decision(one: DisputeView) -> str:
    if not one.decided_by:
        return ""
    return f"{one.dispute.state.value} on {one.decided_on} by {one.decided_by}{f': {one.why}' if one.why else ''}"


async def _list(every: bool) -> tuple[DisputeView, ...]:
    from storage import clock, dispute_views

    return await dispute_views.listing(await clock.now(), every=every)


async def _show(number: int) -> DisputeView:
    from storage import clock, dispute_views

    found = await dispute_views.show(number, await clock.now())
    if found is None:
        raise Refusal(f"There is no dispute {number}. See ./relance disputes list.")
    return found


async def _open(customer: str, invoice: str, words: DisputeWords, who: str) -> Any:
    from storage import clock, dispute_deeds

    return await dispute_deeds.open_dispute(customer, invoice, words, who, await clock.now())


async def _decide(number: int, values: dict[str, str], by: str) -> str | None:
    from storage import clock, dispute_deeds

    return await dispute_deeds.decide(number, values, named(by), await clock.now())


async def _add(number: int, name: str, content: bytes, who: str) -> Any:
    from storage import clock, dispute_deeds

    return await dispute_deeds.add_document(number, name, content, who, await clock.now())


async def _documents(number: int) -> tuple[tuple[str, bytes], ...]:
    from storage import dispute_deeds

    return await dispute_deeds.documents(number)
