"""Commercial measures and exposure from the terminal: orders come with the customers, a measure is proposed, shown, refused."""

import json

import pytest

from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example
"""
CUSTOMERS = """number,name,credit_limit,credit_currency,orders_given,orders_on
C1,Dupont SARL,120.00,EUR,50.00,2026-02-28
"""


@pytest.fixture(scope="module", autouse=True)
def books(relance: Relance, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("files")
    for kind, text in (("invoices", INVOICES), ("customers", CUSTOMERS)):
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
        assert relance("import", kind, str(folder / f"{kind}.csv")).code == 0


def test_exposure_is_reported_against_the_limit_and_a_measure_is_proposed_and_shown(relance: Relance) -> None:
    assert json.loads(relance("report", "exposure", "--json").out) == [
        {
            "customer": "C1", "name": "Dupont SARL", "currency": "EUR", "overdue": "100.00", "not_due": "0.00",
            "orders": "50.00", "exposure": "150.00", "above": "30.00", "limit": "120.00", "orders_on": "2026-02-28",
        }
    ]  # fmt: skip
    done = relance("measure", "propose", "C1", "prepayment", "--why", "late", "--lifted-by", "under_limit")
    assert (done.code, done.out) == (0, "Dupont SARL: measure 1 proposed: Supply against prepayment only.\n")
    (one,) = json.loads(relance("measure", "list", "--json").out)
    assert (one["kind"], one["state"], one["customer"]) == ("prepayment", "proposed", "C1")
    shown = relance("customer", "show", "C1").out
    assert "Measure 1: Supply against prepayment only (proposed)" in shown
    assert "50.00 EUR ordered on 2026-02-28; limit 120.00 EUR, exceeded by 30.00 EUR" in shown


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "99"), 1),
        (("show", "much"), 2),
        (("propose", "C1", "weather"), 2),
        (("propose", "C9", "stop_supply", "--why", "late"), 1),
        (("propose", "C1", "lower_limit", "--why", "late"), 1),
        (("lift", "1", "--why", "agreed"), 1),
    ],
)
def test_what_is_written_wrong_is_told_in_a_sentence(relance: Relance, words: tuple[str, ...], code: int) -> None:
    done = relance("measure", *words)
    assert (done.code, "Traceback" in done.err, bool(done.err.strip())) == (code, False, True), done
