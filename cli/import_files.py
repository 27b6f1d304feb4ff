"""`relance import invoices|payments|customers FILE` and `import map FILE`."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.at_work import at_work
from cli.printing import print_json
from cli.refusal import Refusal
from policies.form_days import day_of
from tasks.invoice_mapping import RecordKind
from tasks.take_in import SOURCE, TakenIn, take_in
from tasks.take_in_folder import holds_files, take_in_folder

SHOWN = 20
"""Problems printed before the rest is only counted; `--json` lists all."""

app = typer.Typer(help="Read invoices, payments and customers from files.")

File = Annotated[Path, typer.Argument(help="A CSV file.", show_default=False)]
Invoices = Annotated[
    Path,
    typer.Argument(help="A CSV file, an e-invoice (PDF, XML), or a folder or zip of e-invoices.", show_default=False),
]
Mapped = Annotated[
    str,
    typer.Option(
        "--mapping", metavar="NAME|FILE", help="How the columns are to be read.", show_default="our own layout"
    ),
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing.")]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
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
    _import(RecordKind.INVOICES, file, mapping, dry_run, json, source, _said_due(due, file))


@app.command()
def payments(
    file: File, mapping: Mapped = "", dry_run: Dry = False, json: Json = False, source: Source = SOURCE
) -> None:
    """Bank lines; cases whose invoice is paid by them end."""
    _import(RecordKind.PAYMENTS, file, mapping, dry_run, json, source)


@app.command()
def customers(
    file: File, mapping: Mapped = "", dry_run: Dry = False, json: Json = False, source: Source = SOURCE
) -> None:
    """Customers with their contacts."""
    _import(RecordKind.CUSTOMERS, file, mapping, dry_run, json, source)


@app.command(name="map")
def show_map(file: File, json: Json = False) -> None:
    """The file's columns, its first rows, and what each known mapping would make of it. Nothing is kept."""
    from cli.mapping_preview import previews, print_previews, top_of

    header, rows = top_of(readable(file))
    found = previews(file)
    if json:
        print_json({"header": header, "rows": rows, "mappings": found})
    else:
        print_previews(header, rows, found)


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
    kind: RecordKind, file: Path, mapping: str, dry_run: bool, json: bool, source: str, due: date | None = None
) -> None:
    readable(file, folder=kind is RecordKind.INVOICES)
    taken = at_work(lambda: _take_in(kind, file, mapping, dry_run, source, due), first_import=True)
    if json:
        print_json(taken.shown())
    else:
        _tell(taken, file, dry_run)
    if taken.refused or (taken.problems and taken.read and not taken.new + taken.changed + taken.unchanged):
        raise typer.Exit(1)


async def _take_in(kind: RecordKind, file: Path, mapping: str, dry_run: bool, source: str, due: date | None) -> TakenIn:
    from storage import clock
    from storage.creditor import ensure_creditor

    creditor = await ensure_creditor()
    at = await clock.now()
    if kind is RecordKind.INVOICES and holds_files(file):
        return await take_in_folder(file, creditor.id, at, source=source, dry_run=dry_run, progress=_progress)
    return await take_in(kind, file, creditor.id, at, mapping=mapping or None, source=source, dry_run=dry_run, due=due)


def _progress(done: int, files: int) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{done} of {files} files", nl=done == files, err=True)


def _tell(taken: TakenIn, file: Path, dry_run: bool) -> None:
    for problem in taken.problems[:SHOWN]:
        typer.echo(str(problem), err=True)
    if len(taken.problems) > SHOWN:
        typer.echo(f"… and {len(taken.problems) - SHOWN} more; --json lists them all.", err=True)
    if taken.refused:
        typer.echo(f"{file.name} was refused: nothing of it went in.", err=True)
        return
    would = "Dry run, nothing was kept: " if dry_run else ""
    parts = [f"{taken.read} read", f"{taken.new} new", f"{taken.changed} changed", f"{taken.unchanged} unchanged"]
    if taken.money:
        parts += [f"{taken.money.booked} booked", f"{taken.money.unmatched} unmatched"]
    print(f"{would}{', '.join(parts)}, {len(taken.problems)} problems.")
