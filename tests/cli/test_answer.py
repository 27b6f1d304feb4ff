"""Answering from the terminal: the same rows and the same refusals as in the UI."""

import asyncio
import json
from pathlib import Path

import asyncpg
import pytest

from cli.home import Home, read_json
from tests.cli.conftest import Relance

INVOICE = """number,issued,due,currency,amount,customer_number,customer_name,email
FA-1,2025-01-02,2025-02-01,EUR,9000.00,C1,Dupont SARL,compta@dupont.example
"""
CASE = """
    WITH opened AS (
        INSERT INTO cases (creditor_id, customer_id, invoice_id, currency, policy_hash, opened_at)
        SELECT creditor_id, customer_id, id, currency, 'h', now() FROM invoice RETURNING id, creditor_id, customer_id
    ), asked AS (
        INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, lead_id, state, title, description,
                              fingerprint, shown_facts, amount, asked_at)
        SELECT creditor_id, customer_id, 'EUR', 'approve', 'formal_notice', 'formal_notice', id, 'open',
               'Formal notice · Dupont SARL', 'Send it?', 'abc123', '9 000,00 €', 900000, now() FROM opened RETURNING id
    )
    INSERT INTO question_case (question_id, case_id, principal) SELECT asked.id, opened.id, 900000 FROM asked, opened
"""


@pytest.fixture(scope="module", autouse=True)
def question(relance: Relance, home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One open question: may the formal notice leave?"""
    file = tmp_path_factory.mktemp("files") / "invoices.csv"
    file.write_text(INVOICE, encoding="utf-8")
    assert relance("import", "invoices", str(file)).code == 0
    asyncio.run(_plant(home))


async def _plant(home: Path) -> None:
    port, secret = read_json(home / "postgres.json")["port"], Home(home).secrets()["superuser"]
    connection = await asyncpg.connect(f"postgresql://postgres:{secret}@127.0.0.1:{port}/relance")
    ladder = (Path("policies") / "ladders" / "fr-b2b.toml").read_bytes()
    await connection.execute("INSERT INTO policy (hash, ladder, text) VALUES ('h', 'fr-b2b', $1)", ladder)
    await connection.execute(CASE)
    await connection.close()


def test_the_inbox_is_listed_for_a_person_and_never_longer_than_was_asked_for(relance: Relance) -> None:
    lines = [relance("inbox", *words).out.splitlines() for words in ((), ("--all",), ("--limit", "1"))]
    assert [len(one) for one in lines] == [2, 2, 2]
    assert "9000.00 EUR" in lines[0][1]
    assert relance("inbox", "--mine").out == "Nothing waits for a person.\n"
    assert relance("inbox", "--todo", "karim", "--json").out == "[]\n"
    both = relance("inbox", "--mine", "--todo", "karim")
    assert (both.code, both.err) == (1, "Say --mine or --todo NAME, not both.\n")
    assert relance("inbox", "--limit", "0").code == 2


def test_a_question_is_listed_refused_and_answered_once(relance: Relance) -> None:
    listed = json.loads(relance("inbox", "--json").out)
    assert [(one["question"], one["kind"], one["amount"]) for one in listed] == [(1, "approve", "9000.00 EUR")]
    assert [one["code"] for one in listed[0]["decisions"]] == ["send", "wait_7", "wait_30", "skip", "stop"]

    nobody = relance("answer", "1")
    assert (nobody.code, nobody.err) == (1, "Nobody is at the terminal: name the decision with --decision.\n")
    wrong = relance("answer", "1", "--decision", "burn")
    assert (wrong.code, wrong.err.split(".")[0]) == (1, "“burn” is no decision of this question")
    unknown = relance("answer", "1", "--decision", "send", "--set", "colour=red")
    assert (unknown.code, unknown.err) == (1, "This question has no field “colour”; its fields are only, note.\n")
    unwritten = relance("answer", "1", "--decision", "skip")
    assert (unwritten.code, unwritten.err) == (1, "note: Needed to choose “Skip this step”.\n")
    assert relance("answer", "1", "--set", "note", "--decision", "skip").code == 2

    taken = relance("answer", "1", "--decision", "Send the formal notice")
    assert (taken.code, taken.out) == (0, "Thank you: the answer is taken.\n")
    again = relance("answer", "1", "--decision", "send")
    assert (again.code, again.err) == (1, "Question 1 is not open. See ./relance inbox.\n")


def test_a_case_shows_its_history_and_explains_itself(relance: Relance) -> None:
    shown = json.loads(relance("case", "show", "FA-1", "--json").out)
    assert [one["kind"] for one in shown["events"]] == ["approved", "answered"]
    assert (shown["open"], shown["customer_number"], shown["reached"]) == ("9000.00", "C1", None)
    explained = relance("case", "explain", "FA-1")
    assert explained.code == 0
    assert "Policy: French business customers" in explained.out


def test_a_case_is_held_released_and_a_step_skipped(relance: Relance) -> None:
    assert relance("case", "hold", "FA-1", "--reason", "checks").out == "hold · Dupont SARL · until released\n"
    assert [one["state"] for one in json.loads(relance("case", "list", "--json").out)] == ["held"]
    assert relance("case", "release", "FA-1").out == "release · Dupont SARL · collecting goes on\n"
    assert relance("case", "release", "FA-1").err == "Nothing is on hold here.\n"
    late = relance("case", "hold", "FA-1", "--until", "2020-01-01")
    assert (late.code, late.err.startswith("until: 2020-01-01 is not in the future")) == (1, True)
    skipped = relance("case", "skip", "FA-1", "--reason", "agreed")
    assert (skipped.code, skipped.out.endswith(" is skipped.\n")) == (0, True)
