"""Letters on the command line: what is to be posted, and sentences where something cannot be so."""

import json
from pathlib import Path

from tests.cli.conftest import Relance


def test_without_letters_there_is_nothing_to_post_and_a_slip_is_a_sentence(relance: Relance, tmp_path: Path) -> None:
    assert relance("creditor", "set", "letters=off").code == 0  # makes the tables
    assert relance("letters", "list").out == "No letter waits.\n"
    assert json.loads(relance("letters", "list", "--json").out) == []
    wrong = relance("letters", "posted", "L9", "--on", "2026-03-03")
    assert (wrong.code, wrong.err.strip()) == (
        1,
        "letter: “L9” is no letter of the print queue (./relance letters list).",
    )
    assert (
        relance("letters", "posted", "L9", "--on", "3 March").err.strip()
        == "“3 March” is not a date; write YYYY-MM-DD."
    )
    lost = relance("letters", "outcome", "L9", "lost", "--on", "2026-03-03")
    assert (lost.code, "is no outcome; write delivered" in lost.err) == (1, True)
    file = tmp_path / "outcomes.csv"
    file.write_text("letter,outcome,date\nL9,delivered,2026-03-03\nL9,lost,2026-03-03\n")
    told = relance("letters", "import", str(file))
    assert (told.code, told.out) == (1, "2 read, 0 new.\n")
    assert told.err.strip().splitlines() == [
        "outcomes.csv:2: letter: “L9” is no letter of the print queue (./relance letters list).",
        "outcomes.csv:3: outcome: “lost” is unknown; write delivered, refused, not_collected, unknown_at_address.",
    ]


def test_letters_are_switched_on_by_a_word_and_no_other(relance: Relance) -> None:
    assert (
        relance("creditor", "set", "letters=queue", "registered_cost=583").out == "Changed: letters, registered_cost.\n"
    )
    assert json.loads(relance("creditor", "show", "--json").out)["registered_cost"] == 583
    wrong = relance("creditor", "set", "letters=printer")
    assert (wrong.code, wrong.err.strip()) == (1, "letters: “printer” is unknown; write off or queue.")
    assert relance("creditor", "set", "letters=off", "registered_cost=none").code == 0


def test_a_statement_of_nobody_is_refused_in_a_sentence(relance: Relance, tmp_path: Path) -> None:
    told = relance("customer", "statement", "C-999", "--pdf", str(tmp_path / "account.pdf"))
    assert (told.code, told.err.strip()) == (1, "There is no customer “C-999”.")
