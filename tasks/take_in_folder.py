"""Taking in a folder or archive of e-invoices, one file after the other, as if each were imported by itself."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from policies.problems import Problem
from tasks.invoice_mapping import RecordKind
from tasks.read_csv import FileRefused
from tasks.read_einvoice import is_einvoice
from tasks.take_in import SOURCE, TakenIn, take_in
from tasks.unpacked import is_archive, unpacked

Progress = Callable[[int, int], None]
"""Told after each file how many are done, and of how many."""


def holds_files(path: Path) -> bool:
    """Whether this is a folder, or an archive of files."""
    return path.is_dir() or is_archive(path)


async def take_in_folder(
    path: Path, creditor: int, at: datetime, *, source: str = SOURCE, dry_run: bool = False,
    progress: Progress | None = None,
) -> TakenIn:  # fmt: skip
    """Import every e-invoice in `path` and below it; what is none is listed. Files go in by name, each on its own."""
    with ExitStack() as stack:
        try:
            folder = path if path.is_dir() else stack.enter_context(unpacked(path))
        except FileRefused as refused:
            return _together([], [refused.problem], dry_run)
        files = sorted(one for one in folder.rglob("*") if one.is_file() and not one.name.startswith("."))
        taken: list[TakenIn] = []
        others: list[Problem] = []
        for done, file in enumerate(files, 1):
            if is_einvoice(file):
                taken.append(await take_in(RecordKind.INVOICES, file, creditor, at, source=source, dry_run=dry_run))
            else:
                others.append(Problem(file.name, None, "", "This is no e-invoice; import it by itself, or leave it."))
            if progress:
                progress(done, len(files))
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
