"""Evidence is written where the house works, and checked anywhere: without a database, settings or network."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.home import CHECKOUT
from tests.cli.conftest import Relance, Said

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email,country
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example,FR
FA-2,2026-01-16,2026-02-15,EUR,50.00,C2,Garage Morel,compta@morel.example,FR
"""
OPENED = """
from cli.at_work import at_work
from datetime import datetime, UTC
from storage import opening
from storage.seals import seal_day

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)

async def work():
    await opening.open_due(AT)
    if {sealed}:
        await seal_day(1, "Europe/Paris", AT)

at_work(work)
"""


def in_the_books(home: Path, script: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PREFECT_"))}
    subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, env=kept | {"RELANCE_HOME": str(home)}, check=True)


@pytest.fixture(scope="module")
def bundle(relance: Relance, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    (folder / "invoices.csv").write_text(INVOICES)
    assert relance("import", "invoices", str(folder / "invoices.csv")).code == 0
    in_the_books(home, OPENED.format(sealed=False))
    assert relance("seal", "check").out == (
        "All journals are whole. No day is sealed yet: there is nothing else to compare them with.\n"
    )
    in_the_books(home, OPENED.format(sealed=True))
    place = folder / "fa-1.zip"
    said = relance("evidence", "FA-1", "-o", str(place), "--json")
    told = json.loads(said.out)
    assert (said.code, told["invoice"], told["left_out"], told["sealed_on"]) == (0, "FA-1", [], "2026-03-03")
    return place


def elsewhere(tmp_path: Path, *words: str) -> Said:
    """The command in a fresh home, with no database in reach."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PREFECT_"))}
    there = kept | {
        "RELANCE_HOME": str(tmp_path / "home"),
        "RELANCE_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *words], cwd=CHECKOUT, env=there, capture_output=True, text=True, check=False
    )
    return Said(done.returncode, done.stdout, done.stderr)


def test_a_file_is_checked_anywhere_against_the_seal_that_was_received(
    relance: Relance, bundle: Path, tmp_path: Path
) -> None:
    seal = json.loads(relance("seal", "show", "--json").out)["seal"]
    mail = tmp_path / "seal.eml"
    mail.write_text(f"Subject: Relance\nContent-Type: text/plain; charset=utf-8\n\nSeal: {seal}\nRoot: x\n")
    for given in (seal, str(mail)):
        said = elsewhere(tmp_path, "verify", str(bundle), "--seal", given)
        assert said.code == 0, said.out
        assert said.out.endswith("Seal 1 of 2026-03-03 is the one that was received.\nNothing was altered.\n")
    alone = elsewhere(tmp_path, "verify", str(bundle), "--json")
    told = json.loads(alone.out)
    assert (alone.code, told["ok"], told["seal_compared"], told["invoice"]) == (0, True, False, "FA-1")
    assert not (tmp_path / "home").exists()


def test_a_file_that_was_altered_is_named(bundle: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.zip"
    spoilt.write_bytes(bundle.read_bytes().replace(b"Dupont SARL", b"Dupond SARL", 1))
    said = elsewhere(tmp_path, "verify", str(spoilt))
    assert said.code == 1
    assert said.out.startswith("ALTERED: claim/claim.")
    wrong = elsewhere(tmp_path, "verify", str(bundle), "--seal", "0" * 64)
    assert wrong.code == 1
    assert "The seal that was received is none of those in this file" in wrong.out


def test_what_cannot_be_done_is_told(relance: Relance, bundle: Path, tmp_path: Path) -> None:
    assert elsewhere(tmp_path, "verify", str(tmp_path / "none.zip")).code == 2
    unsaid = elsewhere(tmp_path, "verify", str(bundle), "--seal", "mail.eml")
    assert (unsaid.code, "No seal was found in what was given" in unsaid.err, unsaid.out) == (2, True, "")
    again = relance("evidence", "FA-1", "-o", str(bundle))
    assert (again.code, again.err.strip()) == (1, f"{bundle} is there already: name another file.")
    unknown = relance("evidence", "FA-9", "-o", str(tmp_path / "x.zip"))
    assert (unknown.code, unknown.err.strip()) == (
        1,
        "There is no case and no invoice “FA-9”. See ./relance case list.",
    )


def test_the_books_hold_what_was_sealed(relance: Relance, bundle: Path) -> None:
    listed = json.loads(relance("seal", "list", "--json").out)
    assert [(one["number"], one["on"], one["journals"]) for one in listed] == [(1, "2026-03-03", 2)]
    assert relance("seal", "check").out == "All journals are whole, and hold what 1 seals say of them.\n"
    assert json.loads(relance("seal", "check", "--json").out) == {"ok": True, "seals": 1, "faults": []}
    assert "the journals hold what 1 seals say, the last of 2026-03-03" in relance("doctor").out
    assert relance("seal", "show", "9").code == 1


SETTLED_LONG_AGO = """
from cli.at_work import at_work
from sqlalchemy import text
from storage.session import transaction

async def work():
    async with transaction() as connection:
        for said in (
            "UPDATE customer SET kind = 'consumer' WHERE number = 'C2'",
            "UPDATE invoice SET issued = '2010-01-02', due = '2010-02-01', paid = total WHERE number = 'FA-2'",
            "UPDATE cases SET closed_at = '2010-03-01', outcome = 'paid' "
            "WHERE invoice_id = (SELECT id FROM invoice WHERE number = 'FA-2')",
        ):
            await connection.execute(text(said))

at_work(work)
"""


def test_a_consumer_is_erased_with_a_yes_and_a_business_never(relance: Relance, bundle: Path, home: Path) -> None:
    unsaid = relance("customer", "erase", "C2")
    assert (unsaid.code, unsaid.err.startswith("It cannot be undone.")) == (1, True)
    business = relance("customer", "erase", "C1", "--yes")
    assert business.code == 1
    assert "Customer C1 is no consumer: only a person's data are erased." in business.err

    in_the_books(home, SETTLED_LONG_AGO)
    (home / "list.txt").write_text("Garage Morel")
    said = relance("customer", "erase", "C2", "--yes")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Customer C2 is erased: ")
    assert "It can still be read in list.txt: remove the file by hand if it need not be kept.\n" in said.out
    assert relance("seal", "check").code == 0
    assert "Customer C2 was erased already." in relance("customer", "erase", "C2", "--yes").err
