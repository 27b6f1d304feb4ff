"""Workbooks are read like CSV: the sheet with the header, real dates without an order, stored results of formulas."""

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tasks.cell_values import DateOrder, Numerals
from tasks.invoice_mapping import Mapping, load_mapping
from tasks.read_customers import read_customers
from tasks.read_invoices import read_invoices
from tasks.read_payments import read_payments

HEAD = ["number", "customer_number", "customer_name", "due", "currency", "amount"]


def mapping(name: str = "relance", **changes: Any) -> Mapping:
    loaded = load_mapping(name)
    assert isinstance(loaded, Mapping), loaded
    return replace(loaded, **changes)


def book(folder: Path, rows: Iterable[list[Any]], more: Callable[[Workbook, Worksheet], None] | None = None) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    if more is not None:
        more(workbook, sheet)
    path = folder / "book.xlsx"
    workbook.save(path)
    return path


def test_real_dates_and_numbers_need_neither_an_order_nor_a_decimal_sign(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["FA-1", 411001, "Dupont", date(2025, 4, 3), "EUR", 1250.5],
        [2025002, "C-2", "Durand", datetime(2025, 12, 13), "EUR", 0.1 + 0.2],
        ["FA-3", "C-3", "Martin", "04/05/2025", "EUR", "1 250,50 €"],
    ]
    path = book(tmp_path, rows)
    for order in (DateOrder.DMY, DateOrder.YMD, DateOrder.MDY):
        reading = read_invoices(path, mapping(order=order, numerals=Numerals(",", " ")))
        read = [(one.number, one.customer_number, one.due, one.total, one.line) for one in reading.records]
        assert read[:2] == [
            ("FA-1", "411001", date(2025, 4, 3), 125050, 2), ("2025002", "C-2", date(2025, 12, 13), 30, 3),
        ]  # fmt: skip
    assert [one.due for one in read_invoices(path, mapping(order=DateOrder.DMY, numerals=Numerals(",", " "))).records][
        2
    ] == date(2025, 5, 4)


def test_titles_above_the_header_other_sheets_totals_and_repeated_headers_are_no_rows(tmp_path: Path) -> None:
    def more(workbook: Workbook, _: Worksheet) -> None:
        other = workbook.create_sheet("Factures")
        for row in [
            ["Atelier Nord — factures ouvertes"], [], HEAD, ["FA-1", "C-1", "", date(2025, 4, 3), "EUR", 10],
            HEAD, ["Total général", "", "", None, "", 10],
        ]:  # fmt: skip
            other.append(row)

    loaded = mapping()
    kind, layout = next(iter(loaded.layouts.items()))
    path = book(tmp_path, [["Notice"], ["number of pages", 3]], more)
    reading = read_invoices(path, replace(loaded, layouts={kind: replace(layout, total_rows=("total",))}))
    assert [(one.number, one.line) for one in reading.records] == [("FA-1", 4)]
    assert (reading.problems, reading.read) == ([], 1)


def test_merged_text_counts_for_each_row_and_a_merged_number_is_a_problem(tmp_path: Path) -> None:
    def more(_: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("F4:F5")

    rows = [
        HEAD,
        ["FA-1", "C-1", "Dupont", date(2025, 4, 3), "EUR", 10],
        ["FA-2", None, "Dupont", date(2025, 4, 3), "EUR", 20],
        ["FA-3", "C-3", "Martin", date(2025, 4, 3), "EUR", 30],
        ["FA-4", "C-3", "Martin", date(2025, 4, 3), "EUR", None],
    ]
    reading = read_invoices(book(tmp_path, rows, more), mapping())
    assert [(one.number, one.customer_number) for one in reading.records] == [("FA-1", "C-1"), ("FA-2", "C-1")]
    assert [(one.line, one.reason[:38]) for one in reading.problems] == [
        (4, "amount: This number is merged over sev"), (5, "amount: This number is merged over sev"),
    ]  # fmt: skip


def test_a_formula_without_a_stored_result_is_a_problem_and_zeros_of_a_format_stay(tmp_path: Path) -> None:
    def more(_: Workbook, sheet: Worksheet) -> None:
        sheet["B3"].number_format = "00000"

    rows = [
        HEAD,
        ["FA-1", "C-1", "", date(2025, 4, 3), "EUR", "=10*2"],
        ["FA-2", 42, "", date(2025, 4, 3), "EUR", 20],
        ["FA-3", "C-1", "", date(2025, 4, 3), "EUR", "#N/A"],
    ]
    reading = read_invoices(book(tmp_path, rows, more), mapping())
    assert [(one.number, one.customer_number) for one in reading.records] == [("FA-2", "00042")]
    assert [(one.line, one.reason) for one in reading.problems] == [
        (2, "amount: The formula in this cell has no stored result: open the workbook in a spreadsheet program, save it."),
        (4, "amount: The cell holds an error of the spreadsheet."),
    ]  # fmt: skip


def test_payments_and_customers_come_from_workbooks_too(tmp_path: Path) -> None:
    payments = book(tmp_path, [["value_date", "amount", "currency"], [date(2025, 12, 20), -100.25, "EUR"]])
    assert [one.amount for one in read_payments(payments, mapping("relance-payments")).records] == [-10025]
    customers = book(tmp_path, [["number", "name"], [7, "Dupont"]])
    assert [one.number for one in read_customers(customers, mapping("relance-customers")).records] == ["7"]


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


HOSTILE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "OpenDocument file"),
        ({"letter.txt": b"x"}, "an archive, not a workbook"),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}, "binary workbook"),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": HOSTILE}, "declares entities"),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x"}, "damaged"),
        ({"[Content_Types].xml": b"<x/>", "xl/a.xml": bytes(320 * 1024 * 1024)}, "when unpacked"),
    ],
)
def test_what_is_no_workbook_we_read_is_refused_in_a_sentence(
    parts: dict[str, bytes], words: str, tmp_path: Path
) -> None:
    reading = read_invoices(archive(tmp_path / "some.xlsx", parts), mapping())
    assert (reading.records, reading.refused, len(reading.problems)) == ((), True, 1)
    assert words in reading.problems[0].reason


def test_an_old_workbook_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert "save it as .xlsx" in read_invoices(path, mapping()).problems[0].reason


def test_sheets_with_one_header_are_never_passed_over(tmp_path: Path) -> None:
    def with_rows(workbook: Workbook, _: Worksheet) -> None:
        april = workbook.create_sheet("April")
        april.append(HEAD)
        april.append(["FA-2", "C-2", "Durand", date(2025, 5, 3), "EUR", 20])

    def empty(workbook: Workbook, _: Worksheet) -> None:
        workbook.create_sheet("Template").append(HEAD)

    rows = [HEAD, ["FA-1", "C-1", "Dupont", date(2025, 4, 3), "EUR", 10]]
    reading = read_invoices(book(tmp_path, rows, with_rows), mapping())
    told = "Several sheets have the columns that are wanted (Sheet, April): save each that counts as a workbook of its own."
    assert (reading.refused, [one.reason for one in reading.problems]) == (True, [told])
    assert [one.number for one in read_invoices(book(tmp_path, rows, empty), mapping()).records] == ["FA-1"]


def test_a_number_of_more_figures_than_a_spreadsheet_keeps_is_a_problem(tmp_path: Path) -> None:
    rows = [
        HEAD,
        *([number, "C-1", "Dupont", date(2025, 4, 3), "EUR", 10] for number in (1234567890123456789, 123456789012345)),
    ]
    reading = read_invoices(book(tmp_path, rows), mapping())
    told = "number: Spreadsheets keep fifteen figures of a number, and this one has more: write the column as text."
    assert [one.number for one in reading.records] == ["123456789012345"]
    assert [(one.line, one.reason) for one in reading.problems] == [(2, told)]
