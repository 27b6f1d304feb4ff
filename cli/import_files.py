"""`relance import invoices|payments|customers FILE` and `import map FILE`."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.at_work import at_work
from cli.printing import print_json
from cli.progress_line import shown_progress
from cli.refusal import Refusal
from policies.form_days import day_of
from tasks.invoice_mapping import RecordKind
from tasks.take_in import SOURCE, TakenIn
from tasks.take_in_any import holds_files, take_in_any

SHOWN = 20
"""Problems printed before the rest is only counted; `--json` lists all."""

app = typer.Typer(help="Read invoices, payments and customers from files.")

File = Annotated[Path, typer.Argument(help="A CSV file or workbook (.xlsx).", show_default=False)]
BankFile = Annotated[
    Path,
    typer.Argument(
        help="A bank's file (CAMT, MT940, CFONB, OFX, pain.002), a CSV file or workbook.", show_default=False
    ),
]
Invoices = Annotated[
    Path,
    typer.Argument(
        help="A CSV file or workbook, an e-invoice (PDF, XML), or a folder or zip of e-invoices.", show_default=False
    ),
]
Mapped = Annotated[
    str,
    typer.Option(
        "--mapping", metavar="NAME|FILE", help="How the columns are to be read.", show_default="our own layout"
    ),
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing.")]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Through = Annotated[
    str,
    typer.Option(
        "--through", metavar="DATE", help="Last day the file knows everything of.", show_default="its last line"
    ),
]
Source = Annotated[str, typer.Option("--source", metavar="NAME", help="The program the numbers come from.")]
Due = Annotated[
    str,
    typer.Option("--due", metavar="DATE", help="When the e-invoice is due, if it states no day.", show_default=False),
]


@app.command()
def invoices(
    file: Invoices, mapping: Mapped = "", dry_run: Dry = False, json: Json = False, source: Source = SOURCE,
    due: Due = "",
) -> None:  # fmt: skip
    """Invoices and credit notes, with their customers."""
    _import(RecordKind.INVOICES, file, mapping, dry_run, json, source, due=_said_due(due, file))


@app.command()
def payments(
    file: BankFile, mapping: Mapped = "", dry_run: Dry = False, json: Json = False, source: Source = SOURCE,
    through: Through = "",
) -> None:  # fmt: skip
    """Bank lines; cases whose invoice is paid by them end."""
    last = day_of(through)
    if through and last is None:
        raise Refusal(f"--through: “{through}” is not a date; write it as YYYY-MM-DD.")
    _import(RecordKind.PAYMENTS, file, mapping, dry_run, json, source, through=last)


@app.command()
def customers(
    file: File, mapping: Mapped = "", dry_run: Dry = False, json: Json = False, source: Source = SOURCE
) -> None:
    """Customers with their contacts."""
    _import(RecordKind.CUSTOMERS, file, mapping, dry_run, json, source)


@app.command(name="map")
def show_map(
    file: File,
    kind: Annotated[str, typer.Option("--kind", metavar="invoices|payments|customers", help="What it holds.")] = "",
    date_order: Annotated[str, typer.Option("--date-order", metavar="dmy|mdy|ymd|ydm", help="Order of dates.")] = "",
    decimal: Annotated[str, typer.Option("--decimal", metavar=".|,", help="The decimal sign.")] = "",
    delimiter: Annotated[str, typer.Option("--delimiter", metavar="SIGN", help="What stands between cells.")] = "",
    encoding: Annotated[str, typer.Option("--encoding", metavar="NAME", help="Such as cp1252.")] = "",
    currency: Annotated[str, typer.Option("--currency", metavar="CODE", help="Where the file names none.")] = "",
    column: Annotated[
        list[str] | None, typer.Option("--column", metavar="FIELD=COLUMN", help="Which column is which field.")
    ] = None,
    word: Annotated[
        list[str] | None, typer.Option("--word", metavar="WORD=MEANING", help="What a kind or side means.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="COLUMN=WORD", help="Which rows count, by their state.")
    ] = None,
    save: Annotated[str, typer.Option("--save", metavar="NAME", help="Keep the mapping under this name.")] = "",
    json: Json = False,
) -> None:
    """The file's columns, the mapping proposed for it with its evidence, and what is for you to decide."""
    from cli.home import home_path
    from cli.mapping_answers import said_by_options
    from cli.mapping_preview import show_mapping

    os.environ["RELANCE_HOME"] = str(home_path())  # where mappings of your own stand
    said = said_by_options(
        kind, date_order, decimal, delimiter, encoding, currency, column or [], word or [], only or []
    )
    show_mapping(readable(file), said, save, json)


def readable(file: Path, *, folder: bool = False) -> Path:
    """The file, if there is one to read; `folder`: one of these will do as well."""
    if file.is_dir() and not folder:
        raise Refusal(f"{file} is a folder: name a file in it.")
    if not file.exists():
        raise Refusal(f"There is no file {file}.")
    return file


def _said_due(text: str, file: Path) -> date | None:
    day = day_of(text)
    if text and day is None:
        raise Refusal(f"--due: “{text}” is not a date; write it as YYYY-MM-DD.")
    if day and holds_files(file):
        raise Refusal("--due: name the one invoice that is due then, not a folder of them.")
    return day


def _import(
    kind: RecordKind, file: Path, mapping: str, dry_run: bool, json: bool, source: str, *,
    through: date | None = None, due: date | None = None,
) -> None:  # fmt: skip
    readable(file, folder=kind is RecordKind.INVOICES)
    with shown_progress():
        taken = at_work(lambda: _take_in(kind, file, mapping, dry_run, source, through, due), first_import=True)
    if json:
        print_json(taken.shown())
    else:
        _tell(taken, file, dry_run, mapping)
    if taken.refused or (taken.problems and taken.read and not taken.new + taken.changed + taken.unchanged):
        raise typer.Exit(1)


async def _take_in(
    kind: RecordKind, file: Path, mapping: str, dry_run: bool, source: str, through: date | None, due: date | None
) -> TakenIn:
    from storage import clock
    from storage.creditor import ensure_creditor

    creditor = await ensure_creditor()
    at = await clock.now()
    if through is not None and through > at.date():
        raise Refusal(f"--through: {through} is still to come; today is {at.date()}.")
    return await take_in_any(
        kind, file, creditor.id, at, mapping=mapping or None, source=source, dry_run=dry_run, through=through, due=due
    )


def _tell(taken: TakenIn, file: Path, dry_run: bool, mapping: str) -> None:
    for problem in taken.problems[:SHOWN]:
        typer.echo(str(problem), err=True)
    if len(taken.problems) > SHOWN:
        typer.echo(f"… and {len(taken.problems) - SHOWN} more; --json lists them all.", err=True)
    if taken.refused:
        if taken.is_table and not mapping:
            typer.echo(f"A table with columns of its own needs a mapping: ./relance import map {file}", err=True)
        typer.echo(f"{file.name} was refused: nothing of it went in.", err=True)
        return
    would = "Dry run, nothing was kept: " if dry_run else ""
    parts = [f"{taken.read} read", f"{taken.new} new", f"{taken.changed} changed", f"{taken.unchanged} unchanged"]
    if taken.money:
        parts += [f"{getattr(taken.money, name)} {name}" for name in ("booked", "proposed", "unmatched")]
        parts += [f"{taken.money.pending} only announced"] if taken.money.pending else []
    print(f"{would}{', '.join(parts)}, {len(taken.problems)} problems.")
