"""Who is treated outside the policy, from the terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path

from cli.home import CHECKOUT
from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example
"""
OPEN = """
from cli.at_work import at_work
from storage import clock, opening

async def work():
    return await opening.open_due(await clock.now())

print(len(at_work(work)))
"""


def test_exceptions_are_listed_with_who_made_them(relance: Relance, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text(INVOICES, encoding="utf-8")
    assert relance("import", "invoices", str(file)).code == 0
    assert relance("policy", "exceptions").out == "Everybody is treated as the policy says.\n"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PREFECT_"))}
    opened = subprocess.run(
        [sys.executable, "-c", OPEN], cwd=CHECKOUT, env=kept | {"RELANCE_HOME": str(home)}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert opened.stdout == "1\n"
    assert relance("case", "hold", "FA-1", "--kind", "complaint", "--reason", "wrong goods", "--as", "Lea").code == 0
    (one,) = json.loads(relance("policy", "exceptions", "--json").out)
    assert (one["way"], one["what"], one["customer_number"], one["invoice"], one["by"], one["reason"]) == (
        "hold", "complaint", "C1", "FA-1", "Lea", "wrong goods",
    )  # fmt: skip
    (line,) = relance("policy", "exceptions").out.splitlines()[1:]
    assert "on hold: complaint" in line
