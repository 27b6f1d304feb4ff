"""Agreements from the terminal: a plan, a promise, a settlement and a set-off; shown, refused in sentences, cancelled."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.conftest import Relance

TODAY = datetime.now(UTC).date()
SOON = (TODAY + timedelta(days=30)).isoformat()
INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example
FA-2,2026-01-02,2026-02-01,EUR,50.00,C1,Dupont SARL,compta@dupont.example
"""


@pytest.fixture(scope="module", autouse=True)
def billed(relance: Relance, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("files") / "invoices.csv"
    file.write_text(INVOICES, encoding="utf-8")
    assert relance("import", "invoices", str(file)).code == 0


def test_a_plan_is_agreed_on_shown_with_its_payments_and_cancelled(relance: Relance) -> None:
    words = ("--in", "2", "--first", "2030-05-01", "--late-days", "8", "--first-payment")
    made = relance("agreement", "plan", "Dupont", *words)
    assert (made.code, made.out) == (0, "Dupont SARL: plan, agreement 1, 2 payments from 1 May.\n")
    found = json.loads(relance("agreement", "show", "C1", "--json").out)
    assert found == {
        "agreements": [
            {
                "number": 1, "kind": "plan", "state": "awaiting_first", "customer": "C1", "invoices": ["FA-1", "FA-2"],
                "currency": "EUR", "amount": "150.00", "open": "150.00", "received": "0.00", "due": "2030-06-01",
                "next": {"on": "2030-05-01", "amount": "75.00"},
                "payments": [{"on": "2030-05-01", "amount": "75.00"}, {"on": "2030-06-01", "amount": "75.00"}],
                "their_invoice": "", "why": "payment plan", "by": "admin",
            }
        ],
        "promises": [],
    }  # fmt: skip
    again = relance("agreement", "settle", "C1", "--amount", "90.00", "--by", SOON, "--why", "poor")
    assert (again.code, again.err) == (
        1, "FA-1 is in agreement 1; FA-2 is in agreement 1: name other invoices, or cancel it first.\n",
    )  # fmt: skip
    assert relance("agreement", "cancel", "1").out == "Dupont SARL: cancel, agreement 1.\n"
    assert relance("agreement", "cancel", "1").err == "Agreement 1 is over already (cancelled).\n"


def test_a_settlement_and_a_set_off_are_asked_about_and_a_wrong_one_is_told_field_by_field(relance: Relance) -> None:
    offered = relance("agreement", "settle", "C1", "--invoice", "FA-1", "--amount", "70", "--by", SOON, "--why", "x")
    assert (offered.out, offered.err) == ("Dupont SARL: settlement, agreement 2 proposed.\n", "")
    off = relance(
        "agreement", "set-off", "C1", "--invoice", "FA-2", "--their-invoice", "D-9", "--amount", "20.00", "--json"
    )
    assert json.loads(off.out) == {"done": "set-off", "customer": "C1", "words": "agreement 3 proposed"}
    titles = [one["title"] for one in json.loads(relance("inbox", "--json").out)]
    assert sorted(titles) == ["Set off? · Dupont SARL · 20,00\xa0€", "Settle for less? · Dupont SARL · 70,00\xa0€"]
    assert [relance("agreement", "cancel", number).code for number in ("2", "3")] == [0, 0]
    wrong = relance("agreement", "settle", "C1", "--amount", "much", "--by", "soon")
    assert wrong.code == 1
    assert wrong.err.splitlines() == [
        "amount: “much” is no amount in EUR; write 1250.00.",
        f"by: “soon” is not a date; write it as YYYY-MM-DD, for example {TODAY + timedelta(days=7)}.",
        "why: Say why less is enough: whoever decides reads it.",
    ]


def test_a_promise_is_noted_and_shown(relance: Relance) -> None:
    made = relance("agreement", "promise", "C1", "--invoice", "FA-1", "--pay", "2030-05-01=40.00")
    assert made.code == 0, made.err
    promised = json.loads(relance("agreement", "show", "--json").out)["promises"]
    assert promised == [
        {
            "customer": "C1", "invoice": "FA-1", "until": None, "payments": [{"on": "2030-05-01", "amount": "40.00"}],
            "word": "",
        }
    ]  # fmt: skip
    assert "40.00 EUR" in relance("agreement", "show").out


def test_goods_that_come_back_set_the_credit_note_to_come_aside(relance: Relance) -> None:
    done = relance("agreement", "goods-back", "C1", "--invoice", "FA-2", "--amount", "20.00", "--by", SOON)
    assert (done.out, done.err) == ("Dupont SARL: dispute, FA-2, 20.00 EUR.\n", "")
    wrong = relance("agreement", "goods-back", "C1", "--invoice", "FA-1", "--amount", "900.00")
    assert (wrong.code, wrong.err) == (
        1, "amount: Only 100.00 EUR is open of the invoice; leave it empty to dispute the whole.\n",
    )  # fmt: skip
