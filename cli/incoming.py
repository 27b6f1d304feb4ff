"""`relance incoming list|show|read|assign|done|export`: what came back, whoever it is of."""

from pathlib import Path
from typing import Annotated

import typer

from cli.at_work import actor, at_work, refuse
from cli.new_file import write_new
from cli.printing import clean, fields_of, print_json, print_table
from cli.refusal import Refusal
from policies.problems import Problem
from storage.incoming_views import IncomingView, incoming, one, raw_of

app = typer.Typer(help="Messages that came back: bounces, replies, complaints.")
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Number = Annotated[int, typer.Argument(help="The message's number.", show_default=False)]
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who does it.", show_default="you")]
MOST_BYTES = 50_000_000


@app.command(name="list")
def list_messages(
    everything: Annotated[bool, typer.Option("--all", help="Those that have been dealt with too.")] = False,
    customer: Annotated[str, typer.Option("--customer", metavar="NUMBER", help="Only of this customer.")] = "",
    json: Json = False,
) -> None:
    """Messages nobody has dealt with yet, the earliest first."""
    found = at_work(lambda: incoming(customer or None, everything=everything))
    if json:
        print_json([fields_of(view) for view in found])
        return
    rows = [
        (view.id, f"{view.received_at:%Y-%m-%d}", view.kind.replace("_", " "), _whose(view)[:30], view.sender[:40],
        view.subject[:50], "" if view.read_at is None else f"dealt with by {view.read_by}")
        for view in found
    ]  # fmt: skip
    headers = ["Message", "Came", "Is", "Customer", "From", "Subject", "State"]
    print_table(headers, rows, "Nothing waits to be read." if not everything else "Nothing has come back yet.")


@app.command()
def show(message: Number, json: Json = False) -> None:
    """One message: what it is and why, whose it is, and what its author wrote."""
    view = at_work(lambda: one(message))
    if view is None:
        raise _unknown(message)
    if json:
        print_json(fields_of(view))
        return
    print(clean(f"From {view.sender or 'nobody'} · came {view.received_at:%Y-%m-%d %H:%M} UTC by {view.channel}"))
    print(clean(f"{view.kind.replace('_', ' ').capitalize()}: {view.reason}"))
    print(clean(f"Customer: {_whose(view)} ({view.found_by})"))
    if view.message is not None:
        print(f"About our message {view.message}: ./relance outbox show {view.message}")
    if view.invoices:
        print(clean(f"Invoices: {', '.join(view.invoices)}"))
    if view.returns_on is not None:
        print(f"Back on {view.returns_on.isoformat()}")
    state = (
        f"Dealt with by {view.read_by} on {view.read_at:%Y-%m-%d}" if view.read_at else "Nobody has dealt with it yet"
    )
    print(clean(f"{state}.\n\n{view.subject}\n\n{view.text}"))


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A message as a file, e.g. answer.eml.")], json: Json = False
) -> None:
    """Take in one message by hand, exactly as if it had come to the mailbox."""
    if not file.is_file():
        raise Refusal(f"There is no file {file}.")
    if file.stat().st_size > MOST_BYTES:
        raise Refusal(f"{file} is larger than {MOST_BYTES // 1_000_000} MB: that is no message.")
    raw = file.read_bytes()
    if not raw.strip():
        raise Refusal(f"{file} is empty.")
    number, words = at_work(lambda: _take_in(raw))
    if json:
        view = at_work(lambda: one(number)) if number is not None else None
        print_json({"new": number is not None, "message": fields_of(view) if view else None})
        return
    print(clean(words))


async def _take_in(raw: bytes) -> tuple[int | None, str]:
    from storage import clock
    from storage.creditor import ensure_creditor
    from tasks.incoming_letter import take_in
    from tasks.mailbox_letters import MOST_BYTES as KEPT

    at = await clock.now()
    await ensure_creditor()
    taken = await take_in(raw[:KEPT], at, at)
    if taken.number is None:
        return None, "This message is known already: nothing follows from it again."
    view = await one(taken.number)
    assert view is not None, "it was just kept"
    waits = "" if view.read_at else f" A person must deal with it: ./relance incoming show {view.id}"
    return view.id, (f"Message {view.id}: {view.kind.replace('_', ' ')}, customer {_whose(view)}. {view.reason}{waits}")


@app.command()
def assign(
    message: Number,
    customer: Annotated[str, typer.Argument(help="The customer's number, or its name.")],
    by: By = "",
) -> None:
    """Say whose a message is: what follows from it follows now."""
    problems = at_work(lambda: _assign(message, customer, actor(by)))
    if problems:
        raise refuse(problems)
    print(clean(f"Message {message} is of {customer}."))


async def _assign(message: int, customer: str, who: str) -> list[Problem]:
    from storage import clock, incoming_deeds
    from tasks.incoming_letter import understood

    view, raw = await one(message), await raw_of(message)
    if view is None or raw is None:
        raise _unknown(message)
    return await incoming_deeds.assign(message, customer, await understood(view, raw), who, await clock.now())


@app.command()
def done(message: Number, by: By = "") -> None:
    """A person has dealt with it: what waited for that goes on. Complaints and opt-outs stay (`case release`)."""
    problems = at_work(lambda: _done(message, actor(by)))
    if problems:
        raise refuse(problems)
    print(f"Message {message} is dealt with.")


async def _done(message: int, who: str) -> list[Problem]:
    from storage import clock, incoming_deeds

    return await incoming_deeds.dealt_with(message, who, await clock.now())


@app.command()
def export(message: Number, file: Annotated[Path, typer.Argument(help="Where to write it, e.g. answer.eml.")]) -> None:
    """Write the bytes of a message to a file."""
    raw = at_work(lambda: raw_of(message))
    if raw is None:
        raise _unknown(message)
    write_new(file, raw)
    print(f"{len(raw)} bytes written to {file}.")


def _whose(view: IncomingView) -> str:
    return f"{view.customer_name} ({view.customer_number})" if view.customer_number else "nobody knows whose"


def _unknown(message: int) -> Refusal:
    return Refusal(f"There is no incoming message {message}. See ./relance incoming list --all.")
