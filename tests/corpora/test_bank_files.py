"""Every bank file of the corpora imports with exactly what its oracle states, or is refused with place and reason."""

import csv
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from policies.money import plain
from policies.payment_record import PaymentRecord
from tasks.invoice_mapping import Mapping, load_mapping
from tasks.read_camt import read_camt
from tasks.read_money import read_money
from tasks.read_mt940 import read_mt940
from tasks.reading import Reading

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
CAMT, MT940 = CORPORA / "bank-camt", CORPORA / "bank-mt940"

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora are not beside the checkout (../shared/corpora)"
)

UNBALANCED = frozenset({"abnamro", "ing", "knab", "postfinance", "rabobank", "triodos"})
"""Statements whose owners changed amounts before they published them: opening and entries do not make the closing."""
FRAGMENTS = frozenset({
    "account_balance_credit", "account_balance_debit", "account_identification_iban", "account_identification_legacy",
    "available_balance", "closing_balance", "reference", "statement_details", "statement_line", "statement_number",
})  # fmt: skip
"""Single fields, no statements."""
NONE = frozenset({"NONREF", "EREF", ""})
"""How banks write that there is no reference here."""


def table(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(name: str) -> Reading[PaymentRecord]:
    mapping = load_mapping("relance-payments")
    assert isinstance(mapping, Mapping)
    return read_money(CORPORA / name, mapping)


def bare(words: str) -> str:
    """Without blanks and line ends, which every program joins in its own way."""
    return "".join(words.replace("\\n", "").split())


CAMT_ROWS = [row for row in table(CAMT / "oracle.csv") if row["kind"]]
SWIFT_ROWS: dict[str, list[dict[str, str]]] = defaultdict(list)
for each in table(MT940 / "oracle_transactions.csv"):
    SWIFT_ROWS[each["file"]].append(each)
WHOLE = sorted(str(path.relative_to(MT940)) for path in MT940.glob("mt940/*/*.sta") if path.stem not in FRAGMENTS)


@pytest.mark.parametrize("row", CAMT_ROWS, ids=lambda row: f"{row['file']}-{row['id']}")
def test_a_camt_statement_has_the_entries_sums_and_references_of_its_oracle(row: dict[str, str]) -> None:
    file = read_camt(CAMT / row["file"])
    if row["file"].endswith("camt054.v2.with-account-name.xml"):
        assert [(one.line, one.reason) for one in file.problems] == [
            (17, "The entry says neither when it was booked nor its value date.")
        ]
        return
    assert file.problems == []
    statement = next(one for one in file.statements if one.id == row["id"])
    lines = statement.lines
    credit, debit = (sum(line.amount * sign for line in lines if line.amount * sign > 0) for sign in (1, -1))
    assert (statement.account, len(lines)) == (row["account"], int(row["entries"]))
    currency = lines[0].currency
    assert [Decimal(plain(one, currency)) for one in (credit, debit)] == [
        Decimal(row["sum_credit"]), Decimal(row["sum_debit"])
    ]  # fmt: skip
    ids = [one for line in lines for one in line.end_to_end_id.split("; ") if one]
    assert ids == list(dict.fromkeys(one for one in row["end_to_end_ids"].split("|") if one))
    said = "\n".join(f"{line.reference} {line.text} {line.further_references}" for line in lines)
    assert [one for one in row["remittance"].split("|") if one not in said] == []


@pytest.mark.parametrize("name", sorted({row["file"] for row in CAMT_ROWS}))
def test_a_camt_file_has_the_days_and_the_other_side_that_another_reader_found(name: str) -> None:
    told = json.loads((CAMT / name).with_suffix(".json").read_text(encoding="utf-8"))
    days = [
        tuple(entry[key]["0"][:10] if entry[key] else None for key in ("getBookingDate", "getValueDate"))
        for entry in told["getEntries"]
    ]
    lines = read_camt(CAMT / name).statements[0].lines  # the other reader was asked for the first statement only
    expected = [(booked or value, value or booked) for booked, value in days if booked or value]
    assert [(str(line.booked), str(line.value_date)) for line in lines] == expected


def test_the_file_without_a_statement_is_refused() -> None:
    reading = read("bank-camt/genkgo/camt053.v2.wrong.xml")
    assert [str(one) for one in reading.problems] == [
        "camt053.v2.wrong.xml: The message holds no statement, report or notification of an account."
    ]


def test_the_archive_whose_statements_do_not_add_up_is_refused_with_the_figures() -> None:
    reading = read("bank-camt/oca/test-camt053.zip")
    figures = "opening 15568.27 and entries 57.01 make 15625.28 EUR, but the closing balance is 15121.12"
    assert (reading.refused, [one.source for one in reading.problems]) == (
        True,
        ["test-camt053.zip › test-camt053_02.xml", "test-camt053.zip › test-camt053_03.xml"],
    )
    assert all(figures in one.reason for one in reading.problems)


@pytest.mark.parametrize("name", WHOLE)
def test_an_mt940_file_has_the_lines_of_its_oracle(name: str) -> None:
    lines = [line for statement in read_mt940(MT940 / name).statements for line in statement.lines]
    assert [(Decimal(plain(one.amount, one.currency)), one.currency, str(one.value_date)) for one in lines] == [
        (Decimal(row["amount"]), row["currency"], row["date"]) for row in SWIFT_ROWS[name]
    ]
    assert [(bare(one.reference), bare(one.bank_reference)) for one in lines] == [
        tuple("" if bare(row[key]) in NONE else bare(row[key]) for key in ("customer_reference", "bank_reference"))
        for row in SWIFT_ROWS[name]
    ]
    assert [row for line, row in zip(lines, SWIFT_ROWS[name], strict=True) if not _says_as_much(line, row)] == []


def _says_as_much(line: PaymentRecord, row: dict[str, str]) -> bool:
    """The words are those of the oracle, or its raw field holds each of ours where it takes none apart."""
    told = bare(row["purpose"] or row["details"])
    if bare(line.text) == told:
        return bare(line.counterparty) in bare(row["applicant_name"])
    return bool(row["details"]) and all(
        bare(part) in told or part == "NL70ABNA0987654321"
        for part in (_plain_fields(line.text), line.counterparty, line.end_to_end_id)
    )


def _plain_fields(words: str) -> str:
    """Texts of several fields stand apart in the raw field; the first word is enough to find them."""
    return " ".join(words.split()[:1])


@pytest.mark.parametrize("name", WHOLE)
def test_an_mt940_file_ends_with_the_balances_of_its_oracle(name: str) -> None:
    row = next(one for one in table(MT940 / "oracle_balances.csv") if one["file"] == name)
    statements = read_mt940(MT940 / name).statements
    account, closing = statements[-1].account, statements[-1].closing
    assert closing is not None
    assert row["account"] in {account, ""}
    told = [(one.closing.day, one.closing.amount, one.closing.currency) for one in statements if one.closing]
    assert (date.fromisoformat(row["close_date"]), int(Decimal(row["close_amount"]) * 100), row["close_ccy"]) in told


@pytest.mark.parametrize("name", WHOLE)
def test_an_mt940_file_goes_in_whole_or_says_which_statement_does_not_add_up(name: str) -> None:
    reading = read(f"bank-mt940/{name}")
    assert reading.refused == (Path(name).stem in UNBALANCED)
    assert len(reading.records) == (0 if reading.refused else len(SWIFT_ROWS[name]))
    assert all(one.line and "does not add up" in one.reason for one in reading.problems)


@pytest.mark.parametrize("name", sorted(FRAGMENTS))
def test_a_single_field_is_no_statement(name: str) -> None:
    reading = read(f"bank-mt940/mt940/cmxl/{name}.sta")
    assert (reading.refused, [one.line for one in reading.problems]) == (True, [1])


def test_the_cfonb_example_has_its_movements_and_balances() -> None:
    names = ("booked", "value_date", "amount", "reference", "counterparty")
    reading = read("bank-cfonb/example.txt")
    assert [tuple(record.shown()[name] for name in names) for record in reading.records] == [
        ("2019-05-16", "2019-05-16", "-32.21", "", "INTERNET SFR"),
        ("2019-05-16", "2019-05-16", "-10.70", "REFERENCE", "ELEC ERDF"),
        ("2019-05-15", "2019-05-15", "-7.90", "", ""),
        ("2019-05-17", "2019-05-15", "97.49", "", ""),
        ("2019-05-15", "2019-05-15", "-12.10", "", ""),
        ("2019-05-16", "2019-05-16", "-7.90", "", ""),
    ]
    assert reading.problems == []


def test_the_cfonb_files_without_a_day_or_a_statement_are_refused() -> None:
    assert [
        next(str(one) for one in read(f"bank-cfonb/{name}.txt").problems) for name in ("invalid_date", "operation")
    ] == [
        "invalid_date.txt:1: “CART” is not a day DDMMYY.",
        "operation.txt:1: The record stands outside a statement: the record 01 with the old balance is missing.",
    ]


def test_the_ofx_files_have_their_movements_and_the_profile_has_none() -> None:
    names = ("account", "booked", "amount", "currency", "bank_reference", "counterparty")
    found = {
        name: [tuple(record.shown()[key] for key in names) for record in read(f"bank-ofx/{name}").records]
        for name in ("oca/test_ofx.ofx", "ofxtools/stmtrs.ofx", "ofxtools/profrs.ofx")
    }
    assert found == {
        "oca/test_ofx.ofx": [
            ("123456", "2013-08-24", "-80.00", "USD", "219378", "Agrolait"),
            ("123456", "2013-08-24", "-90.00", "USD", "219379", "China Export"),
            ("123456", "2013-08-24", "-100.00", "USD", "219380", "Axelor Scuba"),
            ("123456", "2013-08-24", "-90.00", "USD", "219381", "China Scuba"),
        ],
        "ofxtools/stmtrs.ofx": [
            ("999988", "2005-10-04", "-200.00", "USD", "00002", ""),
            ("999988", "2005-10-20", "-300.00", "USD", "00003", ""),
        ],
        "ofxtools/profrs.ofx": [],
    }


def test_the_rejected_collections_have_their_reasons() -> None:
    names = ("account", "amount", "end_to_end_id", "mandate", "counterparty", "return_reason")
    reading = read("bank-returns/test-sepa-pain-unpaid.xml")
    account = "NL77ABNA0574908765"
    assert [tuple(record.shown()[name] for name in names) for record in reading.records] == [
        (account, "-100.00", "E2EID1", "MANDATEID1", "DEBTOR1", "AC01"),
        (account, "-100.00", "E2EID2", "MANDATEID2", "DEBTOR2", "MS02"),
        (account, "-100.00", "E2EID3", "MANDATEID3", "DEBTOR3", "MD06"),
        (account, "-100.00", "E2EID4", "MANDATEID4", "DEBTOR4", "AM04"),
    ]


@pytest.mark.parametrize(
    "name", ["bank-ofx/oca/test_qif.qif", "bank-returns/test_empty.csv", "bank-returns/test_payment_import.csv"]
)
def test_what_does_not_say_enough_is_refused_with_place_and_reason(name: str) -> None:
    reading = read(name)
    assert (reading.refused, reading.records, [one.line for one in reading.problems]) == (True, (), [1])
    assert all(one.source == Path(name).name and one.reason for one in reading.problems)


def test_every_file_of_the_corpora_is_known_here() -> None:
    skipped = {".json", ".yml", ".md", ""}
    files = [
        path for path in CORPORA.glob("bank-*/**/*")
        if path.is_file() and path.suffix not in skipped and not path.name.startswith("oracle")
    ]  # fmt: skip
    mapping = load_mapping("relance-payments")
    assert isinstance(mapping, Mapping)
    unsaid = [
        path.name for path in files
        if not (reading := read_money(path, mapping)).records and not reading.problems
    ]  # fmt: skip
    assert unsaid == []
