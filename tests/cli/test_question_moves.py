"""Who looks after a customer, and who has a question, from the terminal."""

import json
from pathlib import Path

from tests.cli.conftest import Relance

CUSTOMERS = "number,name,owner,backup,salesperson\nC1,Dupont SARL,marie,paul,sophie\n"


def test_the_people_of_a_customer_are_imported_shown_and_set(relance: Relance, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(CUSTOMERS, encoding="utf-8")
    assert relance("import", "customers", str(file)).code == 0
    assert "Owner: marie (while away: paul) · salesperson: sophie" in relance("customer", "show", "C1").out
    done = relance("customer", "set", "C1", "backup=karim")
    assert (done.code, done.out.splitlines()) == (
        0, ["Dupont SARL: backup=karim. New questions go by it; those that are open stay where they are."],
    )  # fmt: skip
    assert json.loads(relance("customer", "show", "C1", "--json").out)["backup"] == "karim"
    forgotten = relance("customer", "set", "C1", "backup")
    assert (forgotten.code, forgotten.err) == (
        1, "“backup” is not NAME=VALUE; write for example backup=paul.\n",
    )  # fmt: skip
    assert json.loads(relance("customer", "show", "C1", "--json").out)["backup"] == "karim"
    wrong = relance("customer", "set", "C1", "boss=karim")
    assert (wrong.code, wrong.err) == (1, "boss: Name owner, backup or salesperson, such as backup=paul.\n")


def test_what_is_not_there_cannot_be_given_away_or_objected_to(relance: Relance) -> None:
    given = relance("question", "give", "4711", "paul")
    assert (given.code, given.err) == (1, "question: Question 4711 is not open. See ./relance inbox.\n")
    objected = relance("customer", "object", "C1", "--why", "a good customer")
    assert (objected.code, objected.err) == (
        1, "No formal notice to Dupont SARL is about to leave: there is nothing to object to.\n",
    )  # fmt: skip
    assert relance("question", "waiting").out == "No question was answered, and none waits.\n"
