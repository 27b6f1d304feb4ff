"""Terms records from the terminal: recorded with their proof, listed, withdrawn."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example
"""


@pytest.fixture(scope="module", autouse=True)
def billed(relance: Relance, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("files") / "invoices.csv"
    file.write_text(INVOICES, encoding="utf-8")
    assert relance("import", "invoices", str(file)).code == 0


def test_a_rate_and_a_sum_are_recorded_with_their_document_listed_and_withdrawn(
    relance: Relance, tmp_path: Path
) -> None:
    contract = tmp_path / "contract.pdf"
    contract.write_bytes(b"%PDF-1.7")
    words = ("--accepted", "2026-01-01", "--rate", "12.5", "--flat", "60.00", "--file", str(contract))
    said = relance("terms", "add", "C1", *words)
    assert (said.code, said.out) == (
        0,
        "Record 1: Dupont SARL · invoices issued from then on · 12.5 % a year, 60.00 EUR · accepted 2026-01-01\n",
    )
    (listed,) = json.loads(relance("terms", "list", "Dupont", "--json").out)
    shown = {name: listed[name] for name in ("id", "rate", "flat", "currency", "document_name", "set_by", "withdrawn")}
    assert shown == {
        "id": 1, "rate": "12.5", "flat": "60.00", "currency": "EUR", "document_name": "contract.pdf", "set_by": "admin",
        "withdrawn": None,
    }  # fmt: skip
    assert relance("terms", "withdraw", "1", "--reason", "wrong customer").out == "Record 1 no longer counts.\n"
    assert relance("terms", "list").out.splitlines()[1].split("  ")[-1] == "withdrawn: wrong customer"


def test_what_cannot_be_terms_is_refused_in_sentences(relance: Relance) -> None:
    said = relance("terms", "add", "C1", "--accepted", "1/1/2026", "--rate", "-2", "--flat", "x", "--currency", "euro")
    assert (said.code, said.err.splitlines()) == (
        1,
        [
            "--accepted: “1/1/2026” is not a day; write it as YYYY-MM-DD, for example 2024-03-31.",
            "--rate: “-2” is negative; an agreed rate is zero or more.",
            "--flat: “x” is not an amount with the decimal sign “.” and nothing between thousands.",
            "--currency: “euro” is not a currency; write it with three letters, such as EUR.",
            "--text or --file: nothing agreed is used without the words or the file that prove it.",
        ],
    )
    assert relance("terms", "withdraw", "7", "--reason", " ").err == "--reason: say why it should not count.\n"
