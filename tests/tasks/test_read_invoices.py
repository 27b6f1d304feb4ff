"""Files of other programs: what is clear goes in, what is not is listed, what is doubtful as a whole is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from policies.agreed_record import AgreedRecord
from policies.case import DebtorKind
from policies.discount import DiscountRecord
from policies.problems import Problem
from policies.records import DocumentKind, InvoiceRecord
from policies.stages import Stage
from tasks.cell_values import DateOrder, Numerals, Unreadable, day_in, read_amount
from tasks.invoice_mapping import DEFAULTS, Mapping, RecordKind, load_mapping, shipped
from tasks.read_customers import read_customers
from tasks.read_invoices import read_invoices
from tasks.read_payments import read_payments

HEAD = "number,customer_number,issued,due,currency,amount"


def mapping(name: str = "relance", **changes: Any) -> Mapping:
    loaded = load_mapping(name)
    assert isinstance(loaded, Mapping), loaded
    return replace(loaded, **changes)


def written(folder: Path, *lines: str | bytes, end: bytes = b"\n") -> Path:
    path = folder / "invoices.csv"
    path.write_bytes(b"".join((each.encode() if isinstance(each, str) else each) + end for each in lines))
    return path


def found(reading: Any) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.field) for problem in reading.problems]


def test_our_own_layout_is_read_whole(tmp_path: Path) -> None:
    head = HEAD + (
        ",customer_name,email,phone,country,language,owner,salesperson,customer_kind,iban,reference,seller,buyer,"
        "kind,prepaid,reached_stage,reached_on,document"
    )
    row = (
        'FA-1,C-1,2025-11-03,2025-12-03,eur,1250.5,"Dupont, SARL",compta@dupont.example,06 12 34 56 78,FR,fr-FR,Jean,'
        "Ana,public,FR76 3000 6000 0112 3456 7890 189,PO-7,Nous,Eux,invoice,250,second_reminder,2025-12-15,fa-1.pdf"
    )
    reading = read_invoices(written(tmp_path, head, row, end=b"\r\n"), mapping())
    assert reading.problems == []
    assert reading.records == (
        InvoiceRecord(
            number="FA-1", kind=DocumentKind.INVOICE, issued=date(2025, 11, 3), due=date(2025, 12, 3), currency="EUR",
            total=125050, prepaid=25000, customer_number="C-1", customer_name="Dupont, SARL",
            email="compta@dupont.example", phone="+33612345678", country="FR", language="fr", owner="Jean",
            salesperson="Ana", customer_kind=DebtorKind.PUBLIC, iban="FR7630006000011234567890189", reference="PO-7",
            seller="Nous", buyer="Eux", reached_stage=Stage.SECOND_REMINDER, reached_on=date(2025, 12, 15),
            document="fa-1.pdf", policy="", line=2,
        ),
    )  # fmt: skip
    shown = reading.records[0].shown()
    assert {name: shown[name] for name in ("total", "prepaid", "payable", "issued", "kind")} == {
        "total": "1250.50", "prepaid": "250.00", "payable": "1000.50", "issued": "2025-11-03", "kind": "invoice",
    }  # fmt: skip


def test_a_cash_discount_has_an_amount_and_a_last_day_or_is_told(tmp_path: Path) -> None:
    rows = [
        "FA-1,C-1,2026-01-01,2026-02-01,EUR,1250.00,25.00,2026-01-15", "FA-2,C-1,2026-01-01,2026-02-01,EUR,1250.00,25.00,",
        "FA-3,C-1,2026-01-01,2026-02-01,EUR,1250.00,,",
    ]  # fmt: skip
    reading = read_invoices(written(tmp_path, f"{HEAD},discount,discount_until", *rows), mapping())
    assert [one.discounts for one in reading.records] == [
        (DiscountRecord("", until=date(2026, 1, 15), amount=2_500),), (),
    ]  # fmt: skip
    assert found(reading) == [(3, "discount_until")]


def test_rows_with_problems_are_listed_with_line_and_column_and_the_rest_go_in(tmp_path: Path) -> None:
    reading = read_invoices(
        written(
            tmp_path,
            HEAD + ",email,reached_stage,reached_on,kind,prepaid",
            "FA-1,C-1,2025-11-03,2025-12-03,EUR,10.00,,,,,",
            "FA-2,C-1,2025-11-03,someday,EUR,10.00,,,,,",
            "FA-3,C-1,2025-11-03,2025-12-03,EUR,10.005,,,,,",
            ",C-1,2025-11-03,,EURO,10,not an address,,,,",
            "",
            "FA-5,C-1,2025-11-03,2025-12-03,EUR,-3,,,,,",
            "FA-6,C-1,2025-11-03,2025-12-03,EUR,0,,,,,",
            '"FA-7\nb",C-1,2025-11-03,2025-12-03,EUR,10,,third_reminder,,,',
            "FA-8,C-1,2025-11-03,2025-12-03,EUR,10,,formal_notice,,,",
            "FA-9,C-1,2025-11-03,2025-12-03,EUR,10,,,2025-12-15,,11",
            "FA-10,C-1,2025-11-03,2025-12-03,EUR,10,00,,,,,",
            "FA-11,C-1,,2025-12-03,JPY,1000,,,,credit_note,",
        ),
        mapping(),
    )
    assert [record.number for record in reading.records] == ["FA-1", "FA-11"]
    assert found(reading) == [
        (3, "due"), (4, "amount"), (5, "currency"), (5, "due"), (5, "number"), (5, "email"), (7, "amount"),
        (8, "amount"), (9, "reached_stage"), (11, "reached_on"), (12, "prepaid"), (12, "reached_stage"), (13, ""),
    ]  # fmt: skip
    assert (reading.read, reading.refused) == (11, False)
    assert str(reading.problems[0]) == ("invoices.csv:3: due: “someday” is not a date in the declared order Y-M-D.")


def test_a_number_that_stands_twice_is_taken_once_and_listed_only_where_it_differs(tmp_path: Path) -> None:
    rows = [f"FA-1,C-1,2025-11-03,2025-12-03,EUR,{amount}" for amount in ("10.00", "10.00", "12.00")]
    reading = read_invoices(written(tmp_path, HEAD, *rows), mapping())
    assert [(each.number, each.total, each.line) for each in reading.records] == [("FA-1", 1000, 2)]
    reason = "“FA-1” already stands on line 2 with other values; keep one of the two rows."
    assert reading.problems == [Problem("invoices.csv", 4, "number", reason)]


def dates(tmp_path: Path, order: DateOrder, *texts: str) -> Any:
    rows = [f"FA-{n},C-1,,{text},EUR,1" for n, text in enumerate(texts)]
    return read_invoices(written(tmp_path, HEAD, *rows), mapping(order=order))


def test_one_date_only_the_other_order_reads_refuses_the_whole_file_with_that_row(tmp_path: Path) -> None:
    reading = dates(tmp_path, DateOrder.MDY, "03/04/2025", "05/06/2025", "13/06/2025", "nonsense")
    assert (reading.records, reading.read, reading.refused) == ((), 4, True)
    reason = (
        "“13/06/2025” is no date in the declared order M/D/Y, while D/M/Y reads every date of this column. "
        'Nothing was imported: declare date_order = "D/M/Y" if that is the order.'
    )
    assert reading.problems == [Problem("invoices.csv", 4, "due", reason)]


def test_a_slip_in_a_file_whose_order_is_proven_is_one_row_s_problem(tmp_path: Path) -> None:
    reading = dates(tmp_path, DateOrder.DMY, "25/04/2025", "04/25/2025", "31/02/2025")
    assert (len(reading.records), found(reading), reading.refused) == (1, [(3, "due"), (4, "due")], False)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("03/04/2025", DateOrder.DMY, date(2025, 4, 3)),
        ("3.4.2025", DateOrder.DMY, date(2025, 4, 3)),
        ("03/04/2025", DateOrder.MDY, date(2025, 3, 4)),
        ("2025-04-03", DateOrder.YMD, date(2025, 4, 3)),
        ("20250403", DateOrder.YMD, date(2025, 4, 3)),
        ("2025-04-03 00:00:00", DateOrder.YMD, date(2025, 4, 3)),
        ("2025-04-03", DateOrder.YDM, date(2025, 3, 4)),
        ("2025-04-03T23:30:15", DateOrder.YMD, date(2025, 4, 3)),
        ("2025-04-03T23:30:15Z", DateOrder.YMD, None),
        ("03/04/2025 9:15", DateOrder.DMY, date(2025, 4, 3)),
        ("03/04/25", DateOrder.DMY, None),
        ("03/04-2025", DateOrder.DMY, None),
        ("2025403", DateOrder.YMD, None),
        ("0003-04-03", DateOrder.YMD, None),
        ("٠٣/٠٤/٢٠٢٥", DateOrder.DMY, None),
        ("29/02/2025", DateOrder.DMY, None),
    ],
)
def test_a_date_is_read_in_the_declared_order_or_not_at_all(text: str, order: DateOrder, expected: date | None) -> None:
    assert day_in(text, order) == expected


@pytest.mark.parametrize(
    ("text", "currency", "numerals", "expected"),
    [
        ("1250.5", "EUR", Numerals(".", ""), 125050),
        ("1 250,50", "EUR", Numerals(",", " "), 125050),
        ("1\u202f250,50", "EUR", Numerals(",", " "), 125050),
        ("1.250.000,00", "EUR", Numerals(",", "."), 125000000),
        ("-15088.0", "JPY", Numerals(".", ""), -15088),
        ("12,50-", "EUR", Numerals(",", ""), -1250),
        ("1.2345", "TND", Numerals(".", ""), None),
        ("1,250.50", "EUR", Numerals(".", ""), None),
        ("12,50.00", "EUR", Numerals(".", ","), None),
        ("1250,50", "EUR", Numerals(".", ","), None),
        ("€12", "EUR", Numerals(".", ""), None),
        ("1e5", "EUR", Numerals(".", ""), None),
        ("-12-", "EUR", Numerals(".", ""), None),
        ("١٢", "EUR", Numerals(".", ""), None),
        ("9" * 30, "EUR", Numerals(".", ""), None),
    ],
)
def test_an_amount_is_read_with_the_declared_signs_or_not_at_all(
    text: str, currency: str, numerals: Numerals, expected: int | None
) -> None:
    if expected is None:
        with pytest.raises(Unreadable):
            read_amount(text, currency, numerals)
    else:
        assert read_amount(text, currency, numerals) == expected


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        ([], None, "The file is empty"),
        (["", "FA-1"], 1, "must be a header"),
        (
            [HEAD, "FA-1,Société,,2025-12-03,EUR,1".encode("cp1252")],
            2,
            "(0xE9) is not utf-8, which the mapping relance",
        ),
        ([HEAD, "FA-1,C\0,,2025-12-03,EUR,1"], 2, "NUL byte"),
        ([HEAD, "x" * 200_000], 2, "longer than 100000 bytes"),
        ([HEAD.encode("utf-16")], 1, "This is UTF-16, not CSV"),
        ([b"PK\x03\x04workbook"], None, "begins like a workbook and is damaged"),
        ([HEAD.replace(",", ";"), "x"], 1, "it seems to use “;”"),
        (["number,total", "x,1"], 1, "needs these columns"),
        ([HEAD + ",due", "x"], 1, "Two columns have this name"),
        ([HEAD, 'FA-1,"C"1,,2025-12-03,EUR,1'], 2, "quotes do not close"),
        ([HEAD, 'FA-1,"C-1,,2025-12-03,EUR,1', "FA-2,C-1,,2025-12-03,EUR,1"], 3, "quotes do not close"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_in_a_sentence(
    lines: list[str | bytes], line: int | None, words: str, tmp_path: Path
) -> None:
    reading = read_invoices(written(tmp_path, *lines), mapping())
    assert (reading.records, reading.refused, [problem.line for problem in reading.problems]) == ((), True, [line])
    assert words in reading.problems[0].reason


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    reasons = [read_invoices(path, mapping()).problems[0].reason for path in (tmp_path / "none.csv", tmp_path)]
    assert reasons == ["There is no file of this name.", "The file cannot be opened: Is a directory."]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    reading = read_invoices(written(tmp_path, "\ufeff" + HEAD, "FA-1,C-1,,2025-12-03,EUR,1"), mapping())
    assert (len(reading.records), reading.problems) == (1, [])


def test_a_french_export_is_read_with_a_mapping_of_your_own(tmp_path: Path) -> None:
    own = tmp_path / "sage.toml"
    own.write_text(
        """
title = "Sage"
[file]
encoding = "cp1252"
delimiter = ";"
[values]
date_order = "D/M/Y"
decimal = ","
thousands = " "
[invoices]
negative_is_credit_note = true
only_where = { Statut = ["Comptabilisé"] }
[invoices.columns]
number = "N° pièce"
customer_number = "Tiers"
due = "Échéance"
amount = "Montant TTC"
[invoices.constants]
currency = "EUR"
language = "fr"
""",
        encoding="utf-8",
    )
    lines = [
        "N° pièce;Tiers;Échéance;Montant TTC;Statut", "FA-1;DUPONT;03/12/2025;1 250,50;Comptabilisé",
        "AV-1;DUPONT;03/12/2025;-50,00;Comptabilisé", "FA-2;DUPONT;x;y;Brouillon",
    ]  # fmt: skip
    path = written(tmp_path, *[line.encode("cp1252") for line in lines])
    reading = read_invoices(path, mapping(str(own)))
    assert [(each.number, each.kind, each.total, each.language) for each in reading.records] == [
        ("FA-1", "invoice", 125050, "fr"), ("AV-1", "credit_note", 5000, "fr"),
    ]  # fmt: skip
    assert (reading.problems, reading.read) == ([], 2)


def test_payments_are_read_signed_and_equal_rows_are_two_movements(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "value_date,amount,currency,counterparty,text,invoices,return_reason",
        "2025-12-20,100.00,EUR,Dupont,VIR FA-1 FA-2,FA-1; FA-2,",
        "2025-12-20,100.00,EUR,Dupont,VIR FA-1 FA-2,FA-1; FA-2,",
        "2025-12-22,-100.00,EUR,Dupont,REJET,FA-1,AM04",
        ",100.00,EUR,,,,",
        "2025-12-20,0,EUR,,,,",
    )
    reading = read_payments(path, mapping(DEFAULTS[RecordKind.PAYMENTS]))
    assert [(each.amount, each.booked, each.invoices, each.return_reason) for each in reading.records] == [
        (10000, date(2025, 12, 20), ("FA-1", "FA-2"), ""), (10000, date(2025, 12, 20), ("FA-1", "FA-2"), ""),
        (-10000, date(2025, 12, 22), ("FA-1",), "AM04"),
    ]  # fmt: skip
    assert found(reading) == [(5, "value_date"), (6, "amount")]
    assert reading.records[2].shown()["amount"] == "-100.00"


def test_customers_are_read_and_their_time_zones_exist(tmp_path: Path) -> None:
    rows = ["C-1,Dupont,FR,Europe/Paris,business", "C-2,Durand,FRA,Mars,nobody"]
    path = written(tmp_path, "number,name,country,time_zone,kind", *rows)
    reading = read_customers(path, mapping(DEFAULTS[RecordKind.CUSTOMERS]))
    assert [(each.number, each.time_zone, each.kind) for each in reading.records] == [
        ("C-1", "Europe/Paris", "business")
    ]
    assert found(reading) == [(3, "country"), (3, "time_zone"), (3, "kind")]


def test_a_credit_limit_is_read_in_its_currency(tmp_path: Path) -> None:
    rows = ["C-1,Dupont,5000.00,EUR", "C-2,Durand,,", "C-3,Martin,5000,", "C-4,Petit,-1.00,EUR", "C-5,Grand,0.00,EUR"]
    path = written(tmp_path, "number,name,credit_limit,credit_currency", *rows)
    reading = read_customers(path, mapping(DEFAULTS[RecordKind.CUSTOMERS]))
    assert [(each.number, each.credit_limit, each.credit_currency) for each in reading.records] == [
        ("C-1", 500_000, "EUR"), ("C-2", None, ""), ("C-5", 0, "EUR"),
    ]  # fmt: skip
    assert found(reading) == [(4, "credit_currency"), (5, "credit_limit")]
    assert [reading.records[place].shown()["credit_limit"] for place in (0, 1)] == ["5000.00", None]


def test_every_mapping_that_comes_with_the_program_loads() -> None:
    assert shipped() == (
        "cegid-echeancier", "ebp-echeancier", "ibm-ar", "pennylane-factures", "relance", "relance-customers",
        "relance-history", "relance-payments", "sage-echeancier", "sap-open-items",
    )  # fmt: skip
    assert [type(load_mapping(name)) for name in shipped()] == [Mapping] * 10


def test_everything_wrong_with_a_mapping_is_told_by_key(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        """
title = "own"
[file]
encoding = "utf-32"
delimiter = "::"
[values]
date_order = "day first"
decimal = ","
thousands = ","
[invoices]
optional = ["due"]
[invoices.columns]
number = ""
colour = "x"
[payments]
columns = { amount = "a", booked = "b", currency = "c" }
only_where = { Statut = "1" }
"""
    )
    problems = load_mapping(path)
    assert isinstance(problems, list)
    assert [problem.field for problem in problems] == [
        "file.encoding", "file.delimiter", "values.date_order", "values.thousands", "invoices.columns.number",
        "invoices.columns.colour", "invoices.optional", "invoices.columns", "invoices.columns", "invoices.columns",
        "invoices.columns", "payments.only_where.Statut",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("title = 1\nwhat = 2", ["title", "what", "file", "values"]),
        (
            "title = 'x'\n[file]\nencoding = 'utf-8'\n[values]",
            ["file.delimiter", "values.date_order", "values.decimal", "values.thousands"],
        ),
        ("title = ", [""]),
    ],
)
def test_a_mapping_that_is_not_whole_is_refused(text: str, fields: list[str], tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text)
    problems = load_mapping(path)
    assert isinstance(problems, list)
    assert [problem.field for problem in problems] == fields


def test_a_mapping_nobody_knows_is_answered_with_those_there_are() -> None:
    problems = load_mapping("sage")
    assert isinstance(problems, list)
    assert "known are cegid-echeancier, ebp-echeancier, ibm-ar" in problems[0].reason


def test_what_a_customer_accepted_is_read_with_its_day_and_its_proof(tmp_path: Path) -> None:
    rows = [
        "C-1,Dupont,12.5,60.00,EUR,8,2026-01-01,art. 7 of the framework contract",
        "C-2,Durand,,,,,,",
        "C-3,Martin,12%,,,,2026-01-01,",
        "C-4,Petit,-1,,,,2026-01-01,art. 7",
        "C-5,Grand,10,40.00,,,2026-01-01,art. 7",
        "C-6,Brun,,,,31,2026-01-01,art. 7",
    ]
    columns = "contract_rate,contract_flat,contract_currency,contract_limitation_years,terms_accepted_on,terms_words"
    path = written(tmp_path, f"number,name,{columns}", *rows)
    reading = read_customers(path, mapping(DEFAULTS[RecordKind.CUSTOMERS]))
    agreed = AgreedRecord(date(2026, 1, 1), Decimal("12.5"), 60_00, "EUR", 8, "art. 7 of the framework contract")
    assert [(each.number, each.terms) for each in reading.records] == [("C-1", agreed), ("C-2", None)]
    assert found(reading) == [
        (4, "terms_words"), (5, "contract_rate"), (6, "contract_currency"), (7, "contract_limitation_years"),
    ]  # fmt: skip
    assert reading.records[0].shown()["terms"]["rate"] == "12.5"


def test_what_was_accepted_for_one_invoice_is_read_in_its_currency(tmp_path: Path) -> None:
    columns = "number,due,currency,amount,customer_number,contract_rate,contract_flat,terms_accepted_on,terms_words"
    path = written(tmp_path, columns, "FA-1,2026-03-01,GBP,100.00,C-1,8,25.00,2026-02-01,order 12")
    reading = read_invoices(path, mapping(DEFAULTS[RecordKind.INVOICES]))
    assert [each.agreed for each in reading.records] == [
        AgreedRecord(date(2026, 2, 1), Decimal(8), 25_00, "GBP", None, "order 12")
    ]


def test_how_and_to_whom_an_invoice_is_paid_is_read_and_its_words_are_checked(tmp_path: Path) -> None:
    head = f"{HEAD},payment_method,instrument_on,einvoice_status,assignee,assignee_iban,draft"
    start = "C1,2026-01-01,2026-02-01,EUR,10.00"
    reading = read_invoices(
        written(
            tmp_path,
            head,
            f"F1,{start},LCR,2026-02-28,207,Facto SA,FR76 3000 6000 0112 3456 7890 189,no",
            f"F2,{start},barter,,,,,",
            f"F3,{start},,,,,FR7630006000011234567890189,",
            f"F4,{start},,,,,,yes",
            f"F5,{start},,,,,FR7630006000011234567890188,perhaps",
        ),
        mapping(),
    )
    assert [
        (one.number, one.payment_method, one.instrument_on, one.einvoice_status, one.assignee, one.assignee_iban, one.is_draft)
        for one in reading.records
    ] == [
        ("F1", "bill", date(2026, 2, 28), "207", "Facto SA", "FR7630006000011234567890189", False),
        ("F4", "", None, "", "", "", True),
    ]  # fmt: skip
    assert found(reading) == [(3, "payment_method"), (4, "assignee"), (6, "assignee_iban"), (6, "draft")]


def test_an_empty_cell_of_how_an_invoice_is_paid_is_told_from_a_column_that_is_not_there(tmp_path: Path) -> None:
    head = HEAD + ",assignee,assignee_iban,einvoice_status"
    lines = [
        f"FA-{number},C-1,2025-11-03,2025-12-03,EUR,10.00,{rest}" for number, rest in ((1, "Facto SA,,210"), (2, ",,"))
    ]
    reading = read_invoices(written(tmp_path, head, *lines), mapping())
    assert [(one.number, one.emptied) for one in reading.records] == [
        ("FA-1", ("assignee_iban",)),
        ("FA-2", ("assignee", "einvoice_status", "assignee_iban")),
    ]
