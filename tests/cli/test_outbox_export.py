"""What left can be handed to somebody else: exact bytes, and a list with fingerprint, recipient, time and answer."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cli.home import CHECKOUT
from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email,country
FA-1,2026-01-02,2026-02-01,EUR,100.00,../C1,Dupont SARL,compta@dupont.example,FR
FA-2,2026-01-16,2026-02-15,EUR,50.00,C2,Garage Morel,compta@morel.example,FR
"""
LEFT = """
from cli.at_work import at_work
from sqlalchemy import text
from storage.session import transaction
from datetime import datetime, UTC
from storage import opening

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
MESSAGE = text('''INSERT INTO message (creditor_id, customer_id, currency, stage, window_on, channel, state, route, key, sender,
    recipient, subject, raw, sha256, contact_role, calculated_at, handed_at, words, provider_id)
    SELECT creditor_id, id, 'EUR', 'formal_notice', :on, 'email', :state, 'live', 'k' || :n, 'us@nord.example', :to, '=SUM(1)',
    convert_to('mail ' || :n, 'UTF8'), encode(sha256(convert_to('mail ' || :n, 'UTF8')), 'hex'), 'accounts', :at, :at, :words, 'q-7'
    FROM customer WHERE number = :customer''')
EFFECT = text('''INSERT INTO effect (case_id, step, channel, state, route, message_id, changed_at)
    SELECT c.id, 'formal_notice', 'email', 'confirmed', 'live', 1, :at FROM cases c JOIN invoice i ON i.id = c.invoice_id
    WHERE i.number = 'FA-1' ''')

async def work():
    await opening.open_due(AT)
    async with transaction() as connection:
        for n, on, state, to, customer, words in (
            ("1", 1, "confirmed", "compta@dupont.example", "../C1", "250 2.0.0 Ok: queued as 4X"),
            ("2", 4, "refused", "=x@morel.example", "C2", "550 no such user"),
            ("3", 5, "voided", "compta@morel.example", "C2", ""),
        ):
            at = datetime(2026, 3, on, 9, tzinfo=UTC)
            values = {"n": n, "on": at.date(), "state": state, "to": to, "customer": customer, "words": words, "at": at}
            await connection.execute(MESSAGE, values)
        await connection.execute(EFFECT, {"at": AT})

at_work(work)
"""

DOUBTFUL = """
from cli.at_work import at_work
from sqlalchemy import text
from storage.session import transaction

async def work():
    async with transaction() as connection:
        await connection.execute(text("UPDATE message SET state = 'ambiguous', kind = 'written', stage = '' WHERE id = 3"))

at_work(work)
"""


@pytest.fixture(scope="module", autouse=True)
def left(relance: Relance, home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A formal notice that left, one that was refused, one that is void."""
    file = tmp_path_factory.mktemp("files") / "invoices.csv"
    file.write_text(INVOICES, encoding="utf-8")
    assert relance("import", "invoices", str(file)).code == 0
    at_home(LEFT, home)


def at_home(program: str, home: Path) -> None:
    """Run a program on the home's database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PREFECT_"))}
    subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, env=kept | {"RELANCE_HOME": str(home)}, check=True)


def test_everything_since_a_day_is_one_archive_with_its_list(relance: Relance, tmp_path: Path) -> None:
    archive = tmp_path / "proofs.zip"
    said = relance("outbox", "export", "--since", "2026-03-01", "--to", str(archive))
    assert said.out == f"Written to {archive}, with manifest.csv and manifest.json.\n"
    with zipfile.ZipFile(archive) as book:
        names = ["00000001-___C1-formal_notice.eml", "00000002-C2-formal_notice.eml"]
        assert book.namelist() == [*names, "manifest.json", "manifest.csv"]
        assert [book.read(name) for name in names] == [b"mail 1", b"mail 2"]
        told = json.loads(book.read("manifest.json"))
        rows = list(csv.DictReader(io.StringIO(book.read("manifest.csv").decode("utf-8-sig"))))
    assert told[0] == {
        "message": 1, "file": names[0], "sha256": hashlib.sha256(b"mail 1").hexdigest(), "bytes_match": True,
        "customer": "../C1 Dupont SARL", "invoices": ["FA-1"], "stage": "formal_notice", "channel": "email",
        "state": "confirmed", "route": "live", "to": "compta@dupont.example", "role": "accounts", "sender": "us@nord.example",
        "written_at": "2026-03-01T09:00:00+00:00", "left_at": "2026-03-01T09:00:00+00:00",
        "answer": "250 2.0.0 Ok: queued as 4X", "provider_id": "q-7", "message_id": told[0]["message_id"], "reports": [],
        "resend_of": None,
    }  # fmt: skip
    assert told[0]["message_id"].endswith("@nord.example>")
    assert [(row["message"], row["to"], row["answer"], row["bytes_match"]) for row in rows] == [
        ("1", "compta@dupont.example", "250 2.0.0 Ok: queued as 4X", "yes"), ("2", "'=x@morel.example", "550 no such user", "yes"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [(("--customer", "C2"), [2]), (("--case", "FA-1"), [1]), (("1",), [1]), (("--since", "2026-03-02"), [2])],
)
def test_one_message_a_case_or_a_customer_is_a_folder(
    relance: Relance, tmp_path: Path, chosen: tuple[str, ...], numbers: list[int]
) -> None:
    folder = tmp_path / "proofs"
    assert relance("outbox", "export", *chosen, "--to", str(folder)).code == 0
    assert [one["message"] for one in json.loads((folder / "manifest.json").read_text())] == numbers
    again = relance("outbox", "export", *chosen, "--to", str(folder))
    assert (again.code, again.err) == (1, f"{folder} is there already: name another place.\n")


def test_what_cannot_be_exported_is_a_sentence(relance: Relance, tmp_path: Path) -> None:
    place = str(tmp_path / "x.zip")
    refused = [
        relance("outbox", "export"), relance("outbox", "export", "--customer", "C9", "--to", place),
        relance("outbox", "export", "3", "--to", place), relance("outbox", "export", "--since", "March", "--to", place),
    ]  # fmt: skip
    assert [one.code for one in refused] == [1, 1, 1, 1]
    assert [one.err.splitlines()[0][:31] for one in refused] == [
        "Say which and where: ./relance ", "No such message has left. See .", "No such message has left. See .", "“March” is not a day; write it ",
    ]  # fmt: skip
    assert not (tmp_path / "x.zip").exists()


def test_what_may_not_leave_once_more_is_a_sentence(relance: Relance) -> None:
    said = relance("outbox", "resend", "2", "--reason", "another mailbox")
    assert (said.code, said.err) == (
        1, "Message 2 cannot leave once more: it is refused, and only what surely left leaves again.\n",
    )  # fmt: skip
    assert relance("outbox", "resend", "1").err.startswith("Say why it is to leave once more: --reason")


def test_show_tells_what_was_answered(relance: Relance) -> None:
    assert "Answer: 250 2.0.0 Ok: queued as 4X\n" in relance("outbox", "show", "1").out


def test_what_may_have_left_is_settled_by_a_person_once(relance: Relance, home: Path) -> None:
    at_home(DOUBTFUL, home)
    words = ("--reason", "he read it to me")
    said = [
        relance("outbox", "settle", "3", "delivered"), relance("outbox", "settle", "3", "lost", *words),
        relance("outbox", "settle", "1", "delivered", *words), relance("outbox", "settle", "99", "delivered", *words),
        relance("outbox", "settle", "3", "not-delivered", *words), relance("outbox", "settle", "3", "not-delivered", *words),
        relance("outbox", "settle", "3", "delivered", *words),
    ]  # fmt: skip
    again = "It is not sent again by itself: write anew, or ask for it with ./relance outbox resend.\n"
    assert [(one.code, one.err or one.out) for one in said] == [
        (1, "Say how you know: --reason “the customer read it to me on the telephone”.\n"),
        (1, "“lost” is no outcome: say delivered or not-delivered.\n"),
        (1, "Message 1 is confirmed: there is no doubt about it to settle.\n"),
        (1, "There is no message 99. See ./relance outbox list.\n"),
        (0, f"Message 3 to compta@morel.example counts as not delivered.\n{again}"),
        (0, f"Message 3 to compta@morel.example counts as not delivered already.\n{again}"),
        (1, "Message 3 is refused: there is no doubt about it to settle.\n"),
    ]
    assert "Answer: decided by admin: he read it to me\n" in relance("outbox", "show", "3").out
