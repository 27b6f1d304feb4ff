"""Huge and hostile tables end in a sentence, before they fill the memory."""

from collections import deque
from dataclasses import replace
from pathlib import Path

import pytest

from tasks import csv_cells, read_csv
from tasks.file_refused import FileRefused
from tasks.invoice_mapping import Layout, Mapping, load_mapping
from tasks.propose_mapping import Said, propose
from tasks.read_invoices import read_invoices

HEAD = "number,customer_number,issued,due,currency,amount\n"


def mapping() -> Mapping:
    loaded = load_mapping("relance")
    assert isinstance(loaded, Mapping), loaded
    return loaded


def test_a_file_of_two_hundred_megabytes_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write(HEAD.encode())
        file.truncate(200_000_000)
    reading = read_invoices(path, mapping())
    assert [one.reason for one in reading.problems] == [
        f"The file has 200 MB; at most {csv_cells.LARGEST // 1_000_000} are read at once: split it."
    ]
    with pytest.raises(FileRefused, match="split it"):
        propose(path, Said())


def test_a_file_of_which_every_row_is_wrong_is_refused_with_the_first(tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(HEAD + ",,,,EUR,x\n" * 8_000, encoding="utf-8")
    reading = read_invoices(path, mapping())
    assert (reading.refused, [one.line for one in reading.problems]) == (True, [2])
    assert reading.problems[0].reason.startswith("More than 20000 problems: the mapping does not fit the file.")


def test_rows_beyond_what_fits_into_memory_are_refused(tmp_path: Path) -> None:
    path, layout = tmp_path / "long.csv", Layout({"number": "n"})
    path.write_text("n\n" + "A\n" * (read_csv.MOST_ROWS + 1), encoding="utf-8")
    with pytest.raises(FileRefused, match=f"more than {read_csv.MOST_ROWS} rows; split it"):
        deque(read_csv.read_rows(path, mapping(), layout), maxlen=0)


def test_utf_16_without_its_mark_or_cut_short_is_refused(tmp_path: Path) -> None:
    path, sixteen = tmp_path / "f.csv", replace(mapping(), encoding="utf-16")
    found = []
    for content in (HEAD.encode("utf-8"), HEAD.encode("utf-16") + b"A", (HEAD + "\0").encode("utf-16")):
        path.write_bytes(content)
        found.append(read_invoices(path, sixteen).problems[0].reason)
    assert found == [
        "The mapping declares UTF-16, whose byte order mark is missing.",
        "From here on the file is not UTF-16.",
        "The line holds a NUL; this is not a text file.",
    ]
