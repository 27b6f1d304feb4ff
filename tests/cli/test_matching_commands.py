"""`relance match` and `relance unmatched`: what waits for a person, and what a person decides by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email
FA-2026-0142,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example
FA-2026-0143,2026-01-16,2026-02-15,EUR,50.00,C1,Dupont SARL,compta@dupont.example
"""
PAYMENTS = """value_date,amount,currency,reference,text,counterparty
2026-03-01,100.00,EUR,,VIREMENT,
2026-03-02,90.00,EUR,,LOYER,SCI DU PORT
"""


@pytest.fixture(scope="module", autouse=True)
def imported(relance: Relance, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two invoices; a line that may pay the first, and one that speaks of nothing."""
    folder: Path = tmp_path_factory.mktemp("files")
    for kind, content in (("invoices", INVOICES), ("payments", PAYMENTS)):
        (folder / f"{kind}.csv").write_text(content, encoding="utf-8")
        assert relance("import", kind, str(folder / f"{kind}.csv")).code == 0


def listed(relance: Relance, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(relance(*words, "--json").out)
    return found


def test_a_proposal_is_listed_asked_and_answered(relance: Relance) -> None:
    (proposal,) = listed(relance, "match")
    assert (proposal["text"], proposal["left"], proposal["why"]) == (
        "VIREMENT",
        "100.00",
        "the amount is open, but nothing else speaks for it (the amount); but nothing else confirms it; question 1",
    )
    assert [reading["shares"] for reading in proposal["readings"]] == [
        [{"invoice": "FA-2026-0142", "customer": "Dupont SARL", "amount": "100.00", "let_go": "0.00"}]
    ]
    (question,) = listed(relance, "inbox")
    assert [one["code"] for one in question["decisions"]] == ["offer_1", "none", "wait_2"]
    assert relance("answer", "1", "--decision", "offer_1").code == 0
    assert [(one["text"], one["candidates"]) for one in listed(relance, "unmatched")] == [("LOYER", [])]


def test_a_line_is_booked_by_hand_undone_and_set_aside(relance: Relance) -> None:
    rent = next(one for one in listed(relance, "unmatched") if one["text"] == "LOYER")
    number = str(rent["payment"])
    said = relance("match", number, "FA-2026-0143=40", "--why", "they called")
    assert said.out == f"Bank line {number} of 90.00 EUR is booked: 40.00 EUR on FA-2026-0143; 50.00 EUR left.\n"
    undone = relance("match", "--undo", number, "--json")
    assert (json.loads(undone.out)["verdict"], json.loads(undone.out)["booked"]) == ("undo", [])
    assert relance("match", "--aside", number, "--why", "the rent").code == 0
    assert "LOYER" not in relance("unmatched").out
    assert [one["aside"] for one in listed(relance, "unmatched", "--aside") if one["text"] == "LOYER"] == ["the rent"]


def test_wrong_words_end_in_a_sentence(relance: Relance) -> None:
    assert [relance("match", *words).err for words in (["7"], ["99", "FA-1", "--why", "x"], ["--aside", "2"])] == [
        "Name the invoices bank line 7 pays: ./relance match 7 INVOICE[=AMOUNT] --why WORDS.\n",
        "There is no bank line 99. See ./relance unmatched.\n",
        "why: Say why, in a few words: --why.\n",
    ]
    assert relance("match", "2", "FA-1", "--aside", "2").code == 2
