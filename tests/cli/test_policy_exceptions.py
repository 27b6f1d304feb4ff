"""Who is treated outside the policy, from the terminal."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example
"""


def test_exceptions_are_listed_with_who_made_them(relance: Relance, opened: Callable[[], int], tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text(INVOICES, encoding="utf-8")
    assert relance("import", "invoices", str(file)).code == 0
    assert relance("policy", "exceptions").out == "Everybody is treated as the policy says.\n"
    assert opened() == 1
    assert relance("case", "hold", "FA-1", "--kind", "complaint", "--reason", "wrong goods").code == 0
    (one,) = json.loads(relance("policy", "exceptions", "--json").out)
    assert (one["way"], one["what"], one["customer_number"], one["invoice"], one["by"], one["reason"]) == (
        "hold", "complaint", "C1", "FA-1", "admin", "wrong goods",
    )  # fmt: skip
    (line,) = relance("policy", "exceptions").out.splitlines()[1:]
    assert "on hold: complaint" in line
