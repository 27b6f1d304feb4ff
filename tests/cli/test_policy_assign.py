"""Who follows which policy, chosen at the terminal."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email,policy
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example,key-account
"""


def test_policies_are_chosen_for_customers_groups_and_everybody(relance: Relance, tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text(INVOICES, encoding="utf-8")
    assert relance("import", "invoices", str(file)).code == 0
    assert relance("policy", "assign", "key-account", "--customer", "C1").out == "Dupont SARL: key-account.\n"
    assert (
        relance("policy", "assign", "fr-b2b", "--segment", "retail", "--country", "fr").out == "retail in FR: fr-b2b.\n"
    )
    assert relance("policy", "assign", "eu-b2b", "--everybody").out == "everybody: eu-b2b.\n"
    assert json.loads(relance("policy", "rules", "--json").out) == {
        "everybody": "eu-b2b",
        "rules": [{"segment": "retail", "country": "FR", "kind": "", "policy": "fr-b2b"}],
    }
    found = json.loads(relance("policy", "exceptions", "--json").out)
    assert [(one["way"], one["what"], one["invoice"], one["by"]) for one in found] == [
        ("own_policy", "key-account", "", "admin"), ("own_policy", "key-account", "FA-1", ""),
    ]  # fmt: skip
    assert (
        relance("policy", "assign", "none", "--customer", "C1").out == "Dupont SARL: no choice of their own any more.\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("fr-b2b",), "Say for whom: --customer, --invoice, --everybody, or any of --segment, --country and --kind."),
        (("fr-b2b", "--country", "France"), "--country: “France” is not a country; write its two letters, such as FR."),
        (("none", "--everybody"), "Everybody follows some policy: name another one."),
        (
            ("nobody", "--everybody"),
            "policy: There is no policy “nobody”; pin its file first: ./relance policy pin FILE.",
        ),
    ],
)
def test_what_cannot_be_chosen_is_refused_in_a_sentence(
    relance: Relance, words: tuple[str, ...], sentence: str
) -> None:
    said = relance("policy", "assign", *words)
    assert (said.code, said.err) == (1, f"{sentence}\n")
