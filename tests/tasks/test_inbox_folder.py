"""The watched folder."""

import os
from datetime import date
from pathlib import Path

import pytest

from tasks.inbox_folder import arrived, file_away, inbox_folder, mark_of
from tasks.invoice_mapping import RecordKind

NOW = 1_774_900_000.0
"""31 March 2026, in seconds."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return inbox_folder({"RELANCE_HOME": str(tmp_path)})


def put(file: Path, age: float = 60, content: str = "x") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)
    os.utime(file, (NOW - age, NOW - age))
    return file


def test_files_are_read_oldest_first_by_the_mapping_of_their_folder(folder: Path) -> None:
    put(folder / "payments" / "releve.xml", 30)
    put(folder / "invoices" / "ibm-ar" / "export.csv", 90)
    put(folder / "customers" / "clients.csv", 60)
    assert [(one.path.name, one.kind, one.mapping) for one in arrived(folder, NOW)] == [
        ("export.csv", RecordKind.INVOICES, "ibm-ar"),
        ("clients.csv", RecordKind.CUSTOMERS, ""),
        ("releve.xml", RecordKind.PAYMENTS, ""),
    ]


def test_what_is_still_being_written_is_left_alone(folder: Path) -> None:
    put(folder / "payments" / "now.csv", 1)
    put(folder / "payments" / "half.csv.part")
    put(folder / "payments" / ".hidden.csv")
    put(folder / "payments" / "~$open.xlsx")
    assert arrived(folder, NOW) == ()


def test_documents_that_invoices_name_and_files_read_before_are_not_read_by_themselves(folder: Path) -> None:
    put(folder / "invoices" / "documents" / "FA-1.pdf")
    put(folder / "done" / "2026-03-30" / "old.csv")
    (folder / "payments" / "elsewhere.csv").symlink_to(put(folder.parent / "secret.csv"))
    assert arrived(folder, NOW) == ()


def test_a_file_of_the_same_name_with_other_content_is_another_file(folder: Path) -> None:
    first = arrived_mark(put(folder / "payments" / "releve.csv", 60, "a"), folder)
    second = arrived_mark(put(folder / "payments" / "releve.csv", 30, "bb"), folder)
    assert first != second


def arrived_mark(file: Path, folder: Path) -> str:
    return next(one.mark for one in arrived(folder, NOW) if one.path == file)


def test_a_file_is_kept_with_its_hash_and_its_report(folder: Path) -> None:
    file = put(folder / "payments" / "releve.csv", content="one,two\n")
    kept = file_away(file, folder, done=False, on=date(2026, 3, 31), report="releve.csv was refused: no header.")
    assert str(kept.relative_to(folder)) == "failed/2026-03-31/522d45a4d29c-releve.csv"
    assert (kept.read_text(), file.exists()) == ("one,two\n", False)
    digest = "522d45a4d29c"
    report = kept.with_name(f"{kept.name}.report.txt").read_text().splitlines()
    assert (report[0], report[1].startswith(f"SHA-256 {digest}")) == ("releve.csv was refused: no header.", True)


@pytest.mark.parametrize("name", [f"{'é' * 120}.csv", f"{'a' * 251}.csv", "relevé du 3 mars (copie).csv"])
def test_a_file_with_the_longest_of_names_is_kept_with_its_ending(name: str, folder: Path) -> None:
    kept = file_away(put(folder / "payments" / name), folder, done=True, on=date(2026, 3, 31), report="1 row.")
    assert (kept.read_text(), kept.suffix) == ("x", ".csv")
    assert sorted(one.name for one in kept.parent.iterdir()) == [kept.name, f"{kept.name}.report.txt"]


def test_a_file_written_to_since_has_another_mark(folder: Path) -> None:
    file = put(folder / "payments" / "releve.csv", 60, "a")
    before = mark_of(file)
    file.write_text("ab")
    assert mark_of(file) != before
