"""E-invoices from the command line."""

import json
from pathlib import Path

from tests.cli.conftest import Relance
from tests.tasks.einvoices import Invented, cii, pdf, ubl, written


def test_a_folder_of_invoices_shows_what_is_read_and_what_a_person_must_say(relance: Relance, tmp_path: Path) -> None:
    one = Invented()
    written(tmp_path, pdf(("factur-x.xml", cii(one))), "1.pdf")
    written(tmp_path, ubl(one.but(number="MV-26-0009", due="")), "2.xml")
    said = relance("import", "invoices", str(tmp_path), "--dry-run", "--json")
    found = json.loads(said.out)
    assert (said.code, found["read"], found["new"]) == (0, 2, 1)
    assert [(record["number"], record["due"], record.get("problem", False)) for record in found["records"]] == [
        ("MV-26-0007", "2026-04-01", False),
        ("MV-26-0009", None, True),
    ]
    assert [(one["file"], one["field"]) for one in found["problems"]] == [("2.xml", "due")]
    refused = relance("import", "invoices", str(tmp_path), "--due", "2026-05-01")
    assert (refused.code, refused.err.strip()) == (
        1, "--due: name the one invoice that is due then, not a folder of them."
    )  # fmt: skip
