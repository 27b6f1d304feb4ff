"""`relance incoming`: what came back is listed, shown, taken in by hand; doctor tries the mailbox."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Relance
from tests.tasks.incoming_letters import letter

LINES = "number,customer_number,customer_name,email,due,currency,amount\nF-2026-0042,C1,Martin,compta@martin.example,2026-03-27,EUR,10.00\n"


@pytest.fixture(scope="module")
def answered(relance: Relance, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invoice, and a file with what its customer wrote."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "lines.csv").write_text(LINES)
    assert relance("import", "invoices", str(folder / "lines.csv")).code == 0
    file = folder / "answer.eml"
    file.write_bytes(letter("Le virement part demain."))
    return file


def test_a_message_is_taken_in_by_hand_once(relance: Relance, answered: Path) -> None:
    first, second = relance("incoming", "read", str(answered)), relance("incoming", "read", str(answered))
    assert first.out.startswith("Message 1: reply, customer Martin (C1).")
    assert "A person must deal with it: ./relance incoming show 1" in first.out
    assert second.out == "This message is known already: nothing follows from it again.\n"
    listed = relance("incoming", "list", "--json").out
    (one,) = json.loads(listed)
    assert (one["kind"], one["customer_number"], one["text"]) == ("reply", "C1", "Le virement part demain.")
    shown = relance("incoming", "show", "1").out
    assert "Customer: Martin (C1) (the customer writes from there)" in shown
    assert "Nobody has dealt with it yet." in shown


def test_what_was_dealt_with_is_listed_with_all_only(relance: Relance, answered: Path, tmp_path: Path) -> None:
    relance("incoming", "read", str(answered))
    assert relance("incoming", "done", "1").out == "Message 1 is dealt with.\n"
    assert relance("incoming", "list").out == "Nothing waits to be read.\n"
    assert "dealt with by admin" in relance("incoming", "list", "--all").out
    assert relance("incoming", "export", "1", str(tmp_path / "x.eml")).code == 0
    assert (tmp_path / "x.eml").read_bytes() == answered.read_bytes()


def test_what_cannot_be_done_is_a_sentence(relance: Relance, tmp_path: Path) -> None:
    (tmp_path / "empty.eml").touch()
    said = [
        relance("incoming", "show", "99"), relance("incoming", "done", "99"), relance("incoming", "assign", "99", "C1"),
        relance("incoming", "read", str(tmp_path / "none.eml")), relance("incoming", "read", str(tmp_path / "empty.eml")),
    ]  # fmt: skip
    assert [one.code for one in said] == [1] * 5
    assert [one.err.strip().splitlines()[-1] for one in said] == [
        "There is no incoming message 99. See ./relance incoming list --all.",
        "There is no incoming message 99. See ./relance incoming list.",
        "There is no incoming message 99. See ./relance incoming list --all.",
        f"There is no file {tmp_path / 'none.eml'}.",
        f"{tmp_path / 'empty.eml'} is empty.",
    ]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "RELANCE_MAILBOX_URL is not set: bounces and replies are not read"),
        ("imap://a:geheim@imap.example?tls=none", "With tls=none the password would travel in clear"),
        ("imaps://a:geheim@127.0.0.1:9/INBOX", "127.0.0.1:9 cannot be reached: Connection refused."),
        ("maildir:/no/such/folder", "There is no folder /no/such/folder"),
    ],
)
def test_doctor_says_how_the_mailbox_is(relance: Relance, url: str, words: str) -> None:
    said = relance("doctor", RELANCE_MAILBOX_URL=url).out
    assert words in " ".join(said.split())
    assert "geheim" not in said
