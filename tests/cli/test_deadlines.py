"""`relance deadlines` and `case explain` tell of the days after which something is lost."""

import json

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


def test_nothing_is_listed_where_nothing_is_lost(relance: Relance) -> None:
    done = relance("deadlines")
    assert (done.code, done.out.strip()) == (0, "No deadline stands.")
    assert json.loads(relance("deadlines", "--all", "--json").out) == []
