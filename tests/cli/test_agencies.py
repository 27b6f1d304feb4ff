"""Agencies and their files from the terminal; whatever is written wrong is told in a sentence."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example
"""
SUD = ("email=dossiers@sud.example", "mandate=2026-01-15", "reference=M-12", "fee=12.5", "days=90", "minimum=500.00")


@pytest.fixture(scope="module", autouse=True)
def named(relance: Relance, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("files") / "invoices.csv"
    file.write_text(INVOICES, encoding="utf-8")
    assert relance("import", "invoices", str(file)).code == 0
    assert relance("agency", "set", "Agence Sud", *SUD, "--default").code == 0


def test_an_agency_is_named_and_changed_by_what_is_said(relance: Relance) -> None:
    assert relance("agency", "set", "Agence Nord", "folder=nord", "fee_flat=20.00").code == 0
    assert relance("agency", "set", " agence nord", "days=60").code == 0
    listed = relance("agency", "list", "--json")
    assert listed.code == 0, listed
    found = json.loads(listed.out)
    shown = [
        (one["name"], one["email"], one["folder"], one["fee_percent"], one["fee_flat"], one["minimum"], one["term_days"], one["is_default"])
        for one in found
    ]  # fmt: skip
    assert shown == [
        ("Agence Nord", "", "nord", None, "20.00", None, 60, False),
        ("Agence Sud", "dossiers@sud.example", "", "12.5", None, "500.00", 90, True),
    ]
    assert relance("agency", "choose", "C1", "Agence Nord").code == 0
    assert relance("agency", "choose", "C1", "Agence Sud").code == 0


def test_a_preview_of_a_customer_of_whom_nothing_is_collected_says_so(relance: Relance) -> None:
    assert relance("agency", "preview", "C1").out == "Nothing of this customer is being collected.\n"


def test_where_nothing_is_placed_nothing_is_listed(relance: Relance) -> None:
    assert json.loads(relance("placement", "list", "--all", "--json").out) == []
    assert json.loads(relance("agency", "compare", "--json").out) == []


@pytest.mark.parametrize(
    "words",
    [
        ("agency", "set", " ", "email=a@b.example"),
        ("agency", "set", "X", "fee=15"),
        ("agency", "set", "X", "email=nobody"),
        ("agency", "set", "X", "folder=../up"),
        ("agency", "set", "X", "email=a@b.example", "folder=nord"),
        ("agency", "set", "Agence Sud", "folder=sud"),
        ("agency", "set", "X", "email=a@b.example", "mandate=soon"),
        ("agency", "set", "X", "email=a@b.example", "fee=101"),
        ("agency", "set", "X", "email=a@b.example", "colour=red"),
        ("agency", "choose", "C1", "Nobody"),
        ("agency", "preview", "Nobody"),
        ("placement", "show", "9"),
        ("placement", "status", "9", "received"),
        ("placement", "paid", "9", "100.00"),
        ("placement", "recall", "9", "--why", "ours"),
        ("placement", "recall", "9"),
        ("placement", "import", "/nowhere.csv"),
    ],
)
def test_what_is_written_wrong_is_told_in_a_sentence(relance: Relance, words: tuple[str, ...]) -> None:
    done = relance(*words)
    assert (done.code, "Traceback" in done.err, bool(done.err.strip())) == (1, False, True), done


def test_a_file_of_statuses_names_the_line_of_what_is_not_known(relance: Relance, tmp_path: Path) -> None:
    file = tmp_path / "statuses.csv"
    file.write_text("reference;status;amount\nP-9;received;\nP-9;paid;100.00\n", encoding="utf-8")
    done = relance("placement", "import", str(file), "--json")
    told = json.loads(done.out)
    assert (done.code, told["read"], told["new"], [one["line"] for one in told["problems"]]) == (1, 2, 0, [2, 3])


@pytest.mark.parametrize(
    "content", ['reference;status\nP-9;"' + "x" * 200_000, "reference;status\n" + "P-9;received\n" * 400_000]
)
def test_a_file_that_cannot_be_read_whole_is_refused(relance: Relance, tmp_path: Path, content: str) -> None:
    file = tmp_path / "statuses.csv"
    file.write_text(content, encoding="utf-8")
    done = relance("placement", "import", str(file))
    assert (done.code, done.out, "Traceback" in done.err) == (1, "", False), done
