"""Reading one file into records: rows with problems are listed, the rest go in, unless the dates speak against it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from policies.problems import Problem
from storage.progress import progress
from tasks.date_order import DateEvidence
from tasks.file_refused import FileRefused
from tasks.invoice_mapping import Layout, Mapping, RecordKind
from tasks.read_csv import read_rows
from tasks.reading import Reading, refusal
from tasks.row_values import RowValues

Record = TypeVar("Record")
MOST_PROBLEMS = 20_000
"""A file with more of them is not worth taking in by rows."""
TOLD_EVERY = 5_000
"""Rows between two words about how far the reading is."""


def read_records(
    path: Path,
    mapping: Mapping,
    kind: RecordKind,
    make: Callable[[RowValues], Record],
    dates: tuple[str, ...] = (),
) -> Reading[Record]:
    """Every row of `path` made into a record by `make`. One wrong date order refuses the whole file."""
    return replace(_read(path, mapping, kind, make, dates), is_table=True)


def _read(
    path: Path, mapping: Mapping, kind: RecordKind, make: Callable[[RowValues], Record], dates: tuple[str, ...]
) -> Reading[Record]:
    layout = mapping.layouts.get(kind)
    if layout is None:
        return refusal([Problem(path.name, None, "", f"The mapping {mapping.name} has no table [{kind.value}].")])
    evidence = DateEvidence(dates)
    try:
        records, problems, read = _rows(path, mapping, layout, make, evidence)
    except FileRefused as refused:
        return refusal([refused.problem])
    against = evidence.against(mapping.order, path.name, layout)
    return refusal(against, read) if against else Reading(tuple(records), problems, read)


def _rows(
    path: Path, mapping: Mapping, layout: Layout, make: Callable[[RowValues], Record], evidence: DateEvidence
) -> tuple[list[Record], list[Problem], int]:
    records: list[Record] = []
    problems: list[Problem] = []
    read = 0
    for row in read_rows(path, mapping, layout):
        read += 1
        if read % TOLD_EVERY == 0:
            progress("rows read", read)
        evidence.note(row)
        values = RowValues(path.name, row, mapping, layout)
        record = make(values)
        if values.problems:
            problems += values.problems[:1] if row.reason else values.problems
        else:
            records.append(record)
        problems += [] if row.reason else values.warnings
        if len(problems) > MOST_PROBLEMS:
            first = problems[0]
            reason = f"More than {MOST_PROBLEMS} problems: the mapping does not fit the file. The first: {first.reason}"
            raise FileRefused(Problem(path.name, first.line, first.field, reason))
    return records, problems, read


def once_each(
    reading: Reading[Record],
    key: Callable[[Record], str],
    bare: Callable[[Record], Record],
    line: Callable[[Record], int],
    source: str,
    column: str,
) -> Reading[Record]:
    """Each number once: an identical row is the same again, a different one is a problem and does not go in."""
    first: dict[str, Record] = {}
    problems = list(reading.problems)
    for record in reading.records:
        known = first.setdefault(key(record), record)
        if known is not record and bare(known) != bare(record):
            reason = (
                f"“{key(record)}” already stands on line {line(known)} with other values; keep one of the two rows."
            )
            problems.append(Problem(source, line(record), column, reason))
    problems.sort(key=lambda problem: problem.line or 0)
    return replace(reading, records=tuple(first.values()), problems=problems)
