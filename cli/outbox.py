"""`relance outbox list|show|export|resend|settle`: every message as it was written."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.at_work import actor, at_work, refuse
from cli.new_file import write_new
from cli.printing import clean, fields_of, money, print_json, print_table
from cli.refusal import Refusal
from policies.money import plain
from policies.problems import Problem
from storage.deliveries import reports_of
from storage.outbox import Letter, Posted, letter, messages

app = typer.Typer(help="Messages as they were written, and where they went.")
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
LAST = 2**63 - 1
Number = Annotated[int, typer.Argument(min=1, max=LAST, help="The message's number.", show_default=False)]


@app.command(name="list")
def list_messages(
    customer: Annotated[str, typer.Option("--customer", metavar="NUMBER", help="Only to this customer.")] = "",
    drafts: Annotated[bool, typer.Option("--drafts", help="Drafts and voided ones too.")] = False,
    json: Json = False,
) -> None:
    """Messages in the order they left."""
    found = at_work(lambda: messages(customer or None, drafts=drafts))
    if json:
        print_json([as_json(one) for one in found])
        return
    rows = [
        (one.id, f"{one.handed_at:%Y-%m-%d}" if one.handed_at else "", one.customer_name[:30], one.stage, one.channel,
        one.state, one.route, money(one.demanded, one.currency), _cost(one), one.recipient)
        for one in found
    ]  # fmt: skip
    headers = ["Message", "Left", "Customer", "Stage", "By", "State", "Route", "Demanded", "Cost", "To"]
    print_table(headers, rows, "No message has left yet.")
    if costs := _sums(found):
        print(f"Together they cost {' and '.join(money(cost, currency) for currency, cost in costs.items())}.")


@app.command()
def show(message: Number, json: Json = False) -> None:
    """One message, as its reader sees it."""
    found, reports = _letter(message), at_work(lambda: reports_of([message])).get(message, ())
    if json:
        events = [{"at": one.at, "kind": one.kind.value, "status": one.status, "words": one.words} for one in reports]
        print_json(as_json(found.posted) | {"text": found.text, "sha256": found.sha256, "events": events})
        return
    posted = found.posted
    print(clean(f"To {posted.recipient} · {posted.stage} by {posted.channel} · {posted.state} ({posted.route})"))
    print(clean(f"For {', '.join(posted.invoices) or 'a draft'} · SHA-256 {found.sha256}"))
    if posted.route == "sink" and posted.handed_at:
        print(clean(f"Kept by the local sink; in earnest it would have gone to {posted.recipient}."))
    if posted.words:
        print(clean(f"Answer: {posted.words}"))
    for one in reports:
        print(
            clean(f"{one.at:%Y-%m-%d %H:%M} UTC {one.kind.value.replace('_', ' ')} {one.status} {one.words}".rstrip())
        )
    print(f"\n{clean(posted.subject)}\n\n{clean(found.text)}")


@app.command()
def export(
    message: Annotated[int | None, typer.Argument(min=1, max=LAST, help="The message's number; or choose several by an option.")] = None,
    file: Annotated[Path | None, typer.Argument(help="Where to write it, e.g. reminder.eml.")] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="PATH", help="A folder to make, or a .zip: the bytes with a list of them.")
    ] = None,
    customer: Annotated[str, typer.Option("--customer", metavar="NUMBER", help="Every message to this customer.")] = "",
    invoice: Annotated[str, typer.Option("--case", metavar="INVOICE", help="Every message about this invoice.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="Every message that left on this day or later.")] = "",
) -> None:  # fmt: skip
    """Write the exact bytes of messages, for somebody else to check."""
    chosen = [bool(message), bool(customer), bool(invoice), bool(since)]
    if to is not None and any(chosen):
        _export_all(to, message, customer, invoice, since)
    elif message is not None and file is not None and not any(chosen[1:]):
        _export_one(message, file)
    else:
        raise Refusal(
            "Say which and where: ./relance outbox export 12 reminder.eml, or --customer, --case or --since with --to proofs.zip."
        )


@app.command()
def resend(
    message: Number,
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why it is to leave once more.")] = "",
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who asks for it.", show_default="you")] = "",
) -> None:
    """Ask the person in charge whether an e-mail that left may leave once more, word for word."""
    from storage import clock
    from storage.resend_questions import ask_resend
    from tasks.send_again import about_resending, sent_again

    async def work() -> object:
        return await ask_resend(message, reason, actor(by), await clock.now(), sent_again, about_resending)

    asked = at_work(work)
    if isinstance(asked, list):
        raise refuse(asked)
    print(f"Question {asked} asks for it: ./relance inbox. Nothing leaves before it is answered.")


@app.command()
def settle(
    message: Number,
    outcome: Annotated[str, typer.Argument(help="delivered or not-delivered.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="How you know.")] = "",
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who says so.", show_default="you")] = "",
) -> None:
    """Say whether a message that may or may not have left arrived: one beside the ladder, or one sent once more."""
    from storage import clock
    from storage.doubts import DoubtSettled, settle_doubt

    async def work() -> DoubtSettled | list[Problem]:
        return await settle_doubt(message, outcome, reason, actor(by), await clock.now())

    done = at_work(work)
    if isinstance(done, list):
        raise refuse(done)
    already = " already" if done.before else ""
    print(f"Message {message} to {done.recipient} counts as {outcome.replace('-', ' ')}{already}.")
    if outcome != "delivered":
        print("It is not sent again by itself: write anew, or ask for it with ./relance outbox resend.")


def _export_one(message: int, file: Path) -> None:
    found = _letter(message)
    write_new(file, found.raw)
    print(f"{len(found.raw)} bytes, SHA-256 {found.sha256}, written to {file}.")


def _export_all(to: Path, message: int | None, customer: str, invoice: str, since: str) -> None:
    from storage.proofs import bytes_of, proofs
    from tasks.proof_files import ProofFiles

    day = _day(since) if since else None

    async def work() -> list[int]:
        found = await proofs(message=message, customer=customer or None, invoice=invoice or None, since=day)
        if not found:
            raise Refusal("No such message has left. See ./relance outbox list.")
        try:
            files = ProofFiles(to)
        except FileExistsError:
            raise Refusal(f"{to} is there already: name another place.") from None
        for one in found:
            files.add(one, await bytes_of(one.id))
        files.close()
        return [row["message"] for row in files.rows if not row["bytes_match"]]

    spoilt = at_work(work)
    if spoilt:
        named = ", ".join(map(str, spoilt))
        raise Refusal(f"Written to {to}, but the bytes of message {named} are not those that were fingerprinted.")
    print(f"Written to {to}, with manifest.csv and manifest.json.")


def _day(since: str) -> date:
    try:
        return date.fromisoformat(since)
    except ValueError:
        raise Refusal(f"“{since}” is not a day; write it like 2026-03-31.") from None


def as_json(one: Posted) -> dict[str, object]:
    """A message as other programs read it; no cost: nobody named a price."""
    cost = None if one.cost is None else plain(one.cost, one.cost_currency)
    return fields_of(one, {"demanded": "currency"}) | {"cost": cost}


def _cost(one: Posted) -> str:
    return "" if one.cost is None else money(one.cost, one.cost_currency)


def _sums(found: Iterable[Posted]) -> dict[str, int]:
    """What the messages cost by currency, where it is known."""
    sums: dict[str, int] = {}
    for one in found:
        if one.cost is not None:
            sums[one.cost_currency] = sums.get(one.cost_currency, 0) + one.cost
    return dict(sorted(sums.items()))


def _letter(message: int) -> Letter:
    found = at_work(lambda: letter(message))
    if found is None:
        raise Refusal(f"There is no message {message}. See ./relance outbox list.")
    return found
