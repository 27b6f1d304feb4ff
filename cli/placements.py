"""`relance placement list|show|status|paid|recall|import`: files that are with a collection agency."""

import csv
import io
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, refuse
from cli.printing import clean, fields_of, money, print_json, print_table
from cli.refusal import Refusal
from policies.money import plain
from policies.placement import TOLD_BY_AGENCY
from policies.placement_form import PaidWords, StatusWords
from policies.problems import Problem
from storage.placement_views import PlacementView

app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")]
Which = Annotated[str, typer.Argument(metavar="PLACEMENT", help="Its number or its reference.", show_default=False)]
On = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day the agency names; empty: today.")]
Theirs = Annotated[str, typer.Option("--their-reference", metavar="WORDS", help="What the agency calls it.")]
STATUSES = ", ".join(one.value for one in TOLD_BY_AGENCY)
AMOUNTS = dict.fromkeys(("principal", "told", "recovered", "direct", "fees", "awaited"), "currency")
MOST_BYTES = 5_000_000


@app.command("list")
def list_placements(
    every: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False, json: Json = False
) -> None:
    """Files that are with an agency, the oldest first."""
    found = at_work(lambda: _read(every=every))
    if json:
        print_json([shown(one) for one in found])
        return
    rows = [
        (one.id, one.reference, one.agency, one.customer_name, money(one.principal, one.currency), money(one.told, one.currency),
         one.state, one.placed_on, one.ends_on or "–")
        for one in found
    ]  # fmt: skip
    print_table(
        ["Placement", "Reference", "Agency", "Customer", "Placed", "Open", "State", "Since", "Until"],
        rows,
        "Nothing is placed.",
    )


@app.command("show")
def show(placement: Which, json: Json = False) -> None:
    """One file: what it lists, what the agency told, what came of it."""
    found = at_work(lambda: _show(placement))
    if isinstance(found, list):
        raise refuse(found)
    one, told = found
    if json:
        events = [fields_of(each) | {"amount": plain(each.amount, one.currency)} for each in told]
        print_json(shown(one) | {"events": events})
        return
    print(clean(f"Placement {one.id} · {one.reference} · {one.agency} · {one.customer_name} ({one.customer_number})"))
    print(clean(f"Invoices: {', '.join(one.invoices)} · state: {one.state} {one.ended_how}".rstrip()))
    for name, amount in (("Placed", one.principal), ("Paid to the agency", one.recovered), ("Its fees", one.fees),
                         ("Paid to us", one.direct), ("Not passed on yet", one.awaited)):  # fmt: skip
        print(f"{name}: {money(amount, one.currency)}")
    for each in told:
        amount = f" {money(each.amount, one.currency)}" if each.amount else ""
        print(clean(f"{each.on} {each.status.replace('_', ' ')}{amount} {each.said} ({each.actor})"))


@app.command("status")
def status(
    placement: Which,
    told: Annotated[str, typer.Argument(metavar="STATUS", help=f"One of: {STATUSES}.", show_default=False)],
    on: On = "",
    amount: Annotated[str, typer.Option("--amount", help="Of a promise: how much.")] = "",
    words: Annotated[str, typer.Option("--text", metavar="WORDS", help="What the agency says.")] = "",
    their_reference: Theirs = "",
    by: By = "",
) -> None:
    """Note what the agency tells about a file."""
    said = StatusWords(told, amount, on, words, their_reference)
    _done(at_work(lambda: _status(placement, said, actor(by))))


@app.command("paid")
def paid(
    placement: Which,
    amount: Annotated[
        str, typer.Argument(help="What the customer paid to the agency, such as 400.00.", show_default=False)
    ],
    fee: Annotated[str, typer.Option("--fee", help="What the agency keeps; empty: as agreed.")] = "",
    on: On = "",
    accessories: Annotated[
        str, typer.Option("--accessories", help="What of it is interest and flat sums: it settles no invoice.")
    ] = "",
    their_reference: Theirs = "",
    by: By = "",
) -> None:
    """The customer paid to the agency: the debt falls by all of it but interest and flat sums; the fee is our cost."""
    said = PaidWords(amount=amount, fee=fee, on=on, their_reference=their_reference, accessories=accessories)
    _done(at_work(lambda: _paid(placement, said, actor(by))))


@app.command("recall")
def recall(
    placement: Which,
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help="The reason.")] = "",
    by: By = "",
) -> None:
    """Take a file back: the agency is told at once."""
    _done(at_work(lambda: _recall(placement, why, actor(by))))


@app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.csv", help="Columns: reference, status, date, amount, fee, accessories, text."),
    ],
    by: By = "",
    json: Json = False,
) -> None:
    """Read what an agency tells of many files: a row each; status `paid` is money paid to the agency."""
    rows = _rows(file)
    found = at_work(lambda: _import(rows, actor(by)))
    wrong = [{"line": line, "field": one.field, "reason": one.reason} for line, all_ in found for one in all_]
    if json:
        print_json({"read": len(rows), "new": len(rows) - len({line for line, _ in found}), "problems": wrong})
    else:
        print(f"{len(rows) - len({line for line, _ in found})} of {len(rows)} rows were noted.")
        for one in wrong:
            print(clean(f"Line {one['line']}: {one['reason']}"))
    if wrong:
        raise typer.Exit(1)


def _rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows, each with its line."""
    try:
        content = file.read_bytes()
        if len(content) > MOST_BYTES:
            raise Refusal(f"{file} is larger than {MOST_BYTES // 1_000_000} MB: split it.")
        text = content.decode("utf-8-sig")
        read = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
        rows = [(read.line_num, row) for row in read]
    except (OSError, UnicodeDecodeError, csv.Error):
        raise Refusal(f"{file} cannot be read as a CSV file in UTF-8.") from None
    if not rows or not {"reference", "status"} <= set(read.fieldnames or ()):
        raise Refusal(
            "The file needs the columns reference and status; date, amount, fee, accessories, text as they are known."
        )
    return rows


def shown(one: PlacementView) -> dict[str, Any]:
    """A placement as other programs read it."""
    flat = None if one.fee_flat is None else plain(one.fee_flat, one.currency)
    return fields_of(one, AMOUNTS) | {"fee_flat": flat}


def _done(done: Any) -> None:
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"Noted: {done.words}."))


async def _read(*, every: bool) -> tuple[PlacementView, ...]:
    from storage.placement_views import placements

    return await placements(every=every)


async def _show(said: str) -> Any:
    from storage import clock
    from storage.placement_views import events, placement_of

    found = await placement_of(said, await clock.now())
    return found if isinstance(found, list) else (found, await events(found.id))


async def _status(placement: str, said: StatusWords, by: str) -> Any:
    from storage import clock
    from storage.placement_deeds import note_status

    return await note_status(placement, said, by, await clock.now())


async def _paid(placement: str, said: PaidWords, by: str) -> Any:
    from storage import clock
    from storage.placement_deeds import paid_to_agency

    return await paid_to_agency(placement, said, by, await clock.now())


async def _recall(placement: str, why: str, by: str) -> Any:
    from storage import clock
    from storage.placement_deeds import take_back

    return await take_back(placement, why, by, await clock.now())


async def _import(rows: list[tuple[int, dict[str, str]]], by: str) -> list[tuple[int, list[Problem]]]:
    """What is wrong with each row, by its line; the others are noted."""
    found: list[tuple[int, list[Problem]]] = []
    for line, row in rows:
        told = {
            name: (row.get(name) or "").strip()
            for name in ("reference", "status", "date", "amount", "fee", "text", "accessories")
        }
        if told["status"].lower() in ("paid", "paid to agency"):
            paid = PaidWords(
                told["amount"],
                fee=told["fee"],
                on=told["date"],
                their_reference=told["text"],
                accessories=told["accessories"],
            )
            done = await _paid(told["reference"], paid, by)
        else:
            done = await _status(
                told["reference"], StatusWords(told["status"], told["amount"], told["date"], told["text"]), by
            )
        if isinstance(done, list):
            found.append((line, done))
    return found
