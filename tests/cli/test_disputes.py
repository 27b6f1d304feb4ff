"""Disputes from the terminal: opened, shown, documented, decided; whatever is written wrong is told in a sentence."""

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
    assert relance("disputes", "open", "FA-1", "--reason", "price", "--amount", "40.00").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "99"), 1),
        (("show", "99999999999999999999"), 2),
        (("open", "FA-1", "--reason", "weather"), 1),
        (("decide", "1", "perhaps"), 1),
        (("decide", "1", "accept_part", "--amount", "much"), 1),
        (("decide", "1", "reject"), 1),
        (("document", "1", "/nowhere/at/all"), 1),
        (("stats", "--since", "soon"), 1),
    ],
)
def test_what_is_written_wrong_is_told_in_a_sentence(relance: Relance, words: tuple[str, ...], code: int) -> None:
    done = relance("disputes", *words)
    assert (done.code, "Traceback" in done.err, bool(done.err.strip())) == (code, False, True), done


def test_a_document_goes_in_and_comes_out_as_it_was(relance: Relance, tmp_path: Path) -> None:
    note = tmp_path / "delivery note.bin"
    note.write_bytes(bytes(range(256)))
    assert relance("disputes", "document", "1", str(note)).code == 0
    out = tmp_path / "out"
    assert relance("disputes", "document", "1", "--out", str(out)).out == f"{out}/1-1-delivery note.bin\n"
    assert (out / "1-1-delivery note.bin").read_bytes() == bytes(range(256))
    again = relance("disputes", "document", "1", "--out", str(out))
    assert (again.code, "nothing is written over" in again.err) == (1, True)
    nowhere = relance("disputes", "document", "1", "--out", str(note))
    assert (nowhere.code, nowhere.err) == (1, f"{note} is a file: name a folder.\n")
