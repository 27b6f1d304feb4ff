"""A replay over the database, as a person asks for it."""

import json
from pathlib import Path

from cli.home import CHECKOUT
from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,country
FA-1,2025-02-01,2025-03-03,EUR,100.00,C1,Dupont SARL,FR
FA-2,2025-02-01,2025-03-03,EUR,200.00,C1,Dupont SARL,FR
"""
PAYMENTS = """value_date,amount,currency,text,invoices
2025-03-12,100.00,EUR,FA-1,FA-1
"""
FOUR = str(CHECKOUT / "docs" / "examples" / "four-reminders.toml")
ASKED = ("policy", "replay", FOUR, "--plain", "--from", "2025-03-01", "--to", "2025-12-31", "--json")


def test_the_books_are_replayed_by_date_or_as_they_were_learnt(relance: Relance, tmp_path: Path) -> None:
    """Everything was imported today: by its moment nothing was known last year, by its dates the invoices were late."""
    for kind, content in (("invoices", INVOICES), ("payments", PAYMENTS)):
        file = tmp_path / f"{kind}.csv"
        file.write_text(content, encoding="utf-8")
        assert relance("import", kind, str(file)).code == 0
    found = json.loads(relance(*ASKED, "--dated").out)
    acts = [(one["step"], one["count"]) for one in found["acts"]]
    assert acts == [("after_1", 2), ("after_8", 2), ("after_15", 1), ("after_30", 1)]
    by_moment = relance(*ASKED)
    assert (by_moment.code, by_moment.out) == (1, "")
    assert by_moment.err == (
        "No invoice was open and known from 2025-03-01 to 2025-12-31. What was imported later was not known then: "
        "--dated goes by the dates of facts instead.\n"
    )
