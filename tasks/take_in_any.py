"""Taking in whatever was named: one file, or a folder or archive of e-invoices, each as if it were imported by itself."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from policies.problems import Problem
from storage.progress import progress
from tasks.archive import Limits, is_archive, unpacked
from tasks.file_refused import FileRefused
from tasks.invoice_mapping import RecordKind
from tasks.read_einvoice import is_einvoice
from tasks.take_in import SOURCE, TakenIn, take_in

LIMITS = Limits(files=10_000, bytes=500 * 1024 * 1024)


def holds_files(path: Path) -> bool:
    """Whether this is a folder, or an archive of files."""
    return path.is_dir() or is_archive(path)


async def take_in_any(
    kind: RecordKind, path: Path, creditor: int, at: datetime, *, mapping: str | None = None, source: str = SOURCE,
    dry_run: bool = False, through: date | None = None, due: date | None = None,
) -> TakenIn:  # fmt: skip
    """As `take_in`; of invoices also every e-invoice in a folder, below it, or in an archive: what is none is listed."""
    if kind is not RecordKind.INVOICES or not holds_files(path):
        return await take_in(
            kind, path, creditor, at, mapping=mapping, source=source, dry_run=dry_run, through=through, due=due
        )
    try:
        with _files(path) as files:
            return await _each(files, creditor, at, source, dry_run)
    except FileRefused as refused:
        return _together([], [refused.problem], dry_run)


@contextmanager
def _files(path: Path) -> Iterator[list[Path]]:
    """The files by name; hidden ones are left out."""
    if path.is_dir():
        yield sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
        return
    with unpacked(path, LIMITS) as members:
        yield [one.path for one in members if not one.path.name.startswith(".")]


async def _each(files: Sequence[Path], creditor: int, at: datetime, source: str, dry_run: bool) -> TakenIn:
    taken: list[TakenIn] = []
    others: list[Problem] = []
    for done, file in enumerate(files, 1):
        if is_einvoice(file):
            taken.append(await take_in(RecordKind.INVOICES, file, creditor, at, source=source, dry_run=dry_run))
        else:
            others.append(Problem(file.name, None, "", "This is no e-invoice; import it by itself, or leave it."))
        progress("files read", done, len(files))
    return _together(taken, others, dry_run)


def _together(taken: Sequence[TakenIn], others: Sequence[Problem], dry_run: bool) -> TakenIn:
    records = tuple(record for one in taken for record in one.records or ())
    return TakenIn(
        kind=RecordKind.INVOICES,
        read=sum(one.read for one in taken),
        new=sum(one.new for one in taken),
        changed=sum(one.changed for one in taken),
        unchanged=sum(one.unchanged for one in taken),
        problems=(*(problem for one in taken for problem in one.problems), *others),
        refused=all(one.refused for one in taken),
        records=records if dry_run else None,
    )
