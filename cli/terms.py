"""`relance terms add|list|withdraw`: agreed rates and sums count only with a record that proves them."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cli.at_work import actor, at_work, refuse
from cli.debt_options import Reading
from cli.printing import clean, fields_of, money, print_json, print_table
from cli.refusal import Refusal
from policies.interest.day_count import DayCount
from policies.money import plain
from storage.terms import Accepted, TermsView

app = typer.Typer(help="What customers agreed to: add, list, withdraw.")
As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who does it.", show_default="you")]
LARGEST_FILE = 20_000_000
LONGEST = 5_000


@app.command()
def add(
    customer: Annotated[str, typer.Argument(help="The customer's number, or its name.")],
    accepted: Annotated[str, typer.Option("--accepted", metavar="DATE", help="The day it was accepted.")],
    rate: Annotated[
        str | None, typer.Option("--rate", metavar="PERCENT", help="Agreed interest, percent a year.")
    ] = None,
    flat: Annotated[str | None, typer.Option("--flat", metavar="AMOUNT", help="Agreed flat sum or penalty.")] = None,
    currency: Annotated[str, typer.Option(help="Of the flat sum.")] = "EUR",
    basis: Annotated[DayCount | None, typer.Option(help="How the days of a year are counted for the rate.")] = None,
    limitation: Annotated[
        int | None,
        typer.Option("--limitation-years", min=1, max=30, help="Agreed limitation period, where the law allows."),
    ] = None,
    invoice: Annotated[str, typer.Option("--invoice", metavar="NUMBER", help="For this invoice alone.")] = "",
    text: Annotated[str, typer.Option("--text", help="The clause, or where it stands.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="The document that was accepted; it is kept.")] = None,
    by: As = "",
) -> None:
    """Record what a customer accepted: a rate, a sum or other clauses, with the text or file that proves it."""
    from storage import clock
    from storage.terms import record_terms

    if basis is not None and rate is None:
        raise Refusal("--basis: a day count belongs to a rate; give --rate too.")
    said = _read(accepted, rate, flat, currency, text, file)
    said = replace(said, limitation_years=limitation, day_count=None if basis is None else basis.value)

    async def work() -> object:
        return await record_terms(customer, invoice, said, actor(by), await clock.now())

    found = at_work(work)
    if isinstance(found, list):
        raise refuse(found)
    assert isinstance(found, TermsView), "what is not a problem is the record"
    whose = found.invoice or "invoices issued from then on"
    print(clean(f"Record {found.id}: {found.customer_name} · {whose} · {stated(found)} · accepted {found.accepted_on}"))


@app.command(name="list")
def list_records(
    customer: Annotated[str, typer.Argument(help="One customer; all without it.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """The records, with what proves them and who made them."""
    from storage.terms import list_terms

    async def work() -> object:
        return await list_terms(customer)

    found = at_work(work)
    if isinstance(found, list):
        raise refuse(found)
    assert isinstance(found, tuple), "what is not a problem is a list of records"
    if json:
        print_json([as_json(one) for one in found])
        return
    rows = [
        (one.id, one.customer_name[:30], one.invoice or "all", stated(one), one.accepted_on, one.document_name or
         one.words[:40], one.set_by, f"withdrawn: {one.withdrawn}" if one.withdrawn is not None else "")
        for one in found
    ]  # fmt: skip
    headers = ["Record", "Customer", "Invoice", "Agreed", "Accepted", "Proof", "By", ""]
    print_table(headers, rows, "Nothing was agreed on: what the law gives counts.")


@app.command()
def withdraw(
    record: Annotated[int, typer.Argument(help="The record, as `terms list` numbers it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it should not count.")],
    by: As = "",
) -> None:
    """Take back a record made by mistake: it stays in the books and no longer counts."""
    from storage import clock
    from storage.terms import withdraw_terms

    if not reason.strip():
        raise Refusal("--reason: say why it should not count.")

    async def work() -> object:
        return await withdraw_terms(record, reason.strip(), actor(by), await clock.now())

    problems = at_work(work)
    if isinstance(problems, list) and problems:
        raise refuse(problems)
    print(f"Record {record} no longer counts.")


def _read(accepted: str, rate: str | None, flat: str | None, currency: str, text: str, file: Path | None) -> Accepted:
    """What was typed, or every mistake in it."""
    code = currency.strip().upper()
    reading = Reading(code if _known(code) else "EUR")
    day, percent, amount = (
        reading.day("--accepted", accepted), reading.agreed_rate("--rate", rate), reading.amount("--flat", flat),
    )  # fmt: skip
    if not _known(code):
        reading.problems.append(
            f"--currency: “{currency}” is not a currency; write it with three letters, such as EUR."
        )
    if not text.strip() and file is None:
        reading.problems.append("--text or --file: nothing agreed is used without the words or the file that prove it.")
    if len(text) > LONGEST:
        reading.problems.append(f"--text: at most {LONGEST} signs; give a longer one as --file.")
    document = _bytes(file, reading)
    reading.check()
    assert day is not None, "checked"
    return Accepted(
        day, percent, amount, code if amount is not None else "", text.strip(), file.name if file else "", document
    )


def _known(code: str) -> bool:
    return len(code) == 3 and code.isascii() and code.isalpha()


def _bytes(file: Path | None, reading: Reading) -> bytes | None:
    if file is None:
        return None
    try:
        content = file.read_bytes()
    except OSError as problem:
        reading.problems.append(f"--file: {file}: {problem.strerror}.")
        return None
    if len(content) > LARGEST_FILE or not content:
        reading.problems.append(f"--file: {file.name} is empty or larger than {LARGEST_FILE // 1_000_000} MB.")
    return content


def stated(view: TermsView) -> str:
    """*12 % a year, 40.00 EUR*; where no figure was agreed: *clauses*."""
    basis = f" ({view.day_count})" if view.day_count else ""
    rate = [f"{view.rate:f} % a year{basis}"] if view.rate is not None else []
    flat = [money(view.flat, view.currency)] if view.flat is not None else []
    years = [f"limitation {view.limitation_years} years"] if view.limitation_years is not None else []
    return ", ".join(rate + flat + years) or "clauses"


def as_json(view: TermsView) -> dict[str, object]:
    """A record for other programs."""
    shown = fields_of(view) | {"rate": None if view.rate is None else f"{view.rate:f}"}
    return shown | {"flat": None if view.flat is None else plain(view.flat, view.currency)}
