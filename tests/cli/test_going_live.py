"""`live on` switches only when everything is there, the name is right and the creditor's own server took a test message."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import pytest

from tests.cli.conftest import Relance
from tests.tasks.smtp_servers import Mailbox, real_server

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email,country
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example,FR
FA-2,2026-01-16,2026-02-15,EUR,50.00,C2,Garage Morel,compta@morel.example,FR
"""
OURS = (
    "name=Atelier Nord SAS", "email=compta@nord.example", "address=1 rue du Port, 44000 Nantes",
    "mentions=SAS au capital de 10 000 euros, SIREN 123 456 789, RCS Nantes",
)  # fmt: skip
NAMED = ("live", "on", "--creditor", "Atelier Nord SAS")
SINK = "Messages go to the local sink only.\n"


@contextmanager
def mail_server(handler: object) -> Iterator[str]:
    """A server on a free port; the address of it as RELANCE_SMTP_URL has it."""
    ports: SimpleQueue[int] = SimpleQueue()
    loop, done = asyncio.new_event_loop(), asyncio.Event()

    async def serve() -> None:
        async with real_server(handler) as port:
            ports.put(port)
            await done.wait()

    thread = Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        yield f"smtp://127.0.0.1:{ports.get(timeout=10)}?tls=none&timeout=2"
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()


@pytest.fixture(scope="module", autouse=True)
def imported(relance: Relance, tmp_path_factory: pytest.TempPathFactory) -> None:
    file: Path = tmp_path_factory.mktemp("files") / "invoices.csv"
    file.write_text(INVOICES, encoding="utf-8")
    assert relance("import", "invoices", str(file)).code == 0


def test_every_thing_that_is_missing_is_a_sentence_and_nothing_is_switched(relance: Relance) -> None:
    without = relance(*NAMED)
    assert (
        without.code,
        without.err.splitlines()[-1].startswith("No mail server is set, so nothing could leave: set RELANCE_SMTP_URL"),
    ) == (1, True)
    bad = relance(*NAMED, RELANCE_SMTP_URL="http://mail")
    assert "RELANCE_SMTP_URL: It must start with smtp:// or smtps://" in bad.err
    said = relance(*NAMED, RELANCE_SMTP_URL="smtp://127.0.0.1:9?tls=none")
    assert said.code == 1
    assert said.err.splitlines()[-4:] == [
        "The company has no name yet: ./relance creditor set name=…",
        "The address messages are sent from is missing: ./relance creditor set email=…",
        "The company's address is missing: ./relance creditor set address=…",
        "Messages must state its legal form, its SIREN, RCS with the city of its register: ./relance creditor set mentions=…",
    ]
    assert SINK in relance("status").out


def test_a_wrong_name_or_none_or_an_unknown_customer_switches_nothing(relance: Relance) -> None:
    assert relance("creditor", "set", *OURS).code == 0
    mailbox = Mailbox()
    with mail_server(mailbox) as url:
        wrong = relance("live", "on", "--creditor", "Atelier Sud", RELANCE_SMTP_URL=url)
        nobody = relance("live", "on", RELANCE_SMTP_URL=url)
        unknown = relance(*NAMED, "--only", "C9", RELANCE_SMTP_URL=url)
    assert [one.code for one in (wrong, nobody, unknown)] == [1, 1, 1]
    assert wrong.err.splitlines()[-1].startswith(
        "“Atelier Sud” is not the name of this creditor: nothing was switched."
    )
    assert nobody.err.splitlines()[-1].startswith("Say whose messages go live: --creditor NAME")
    assert unknown.err.splitlines()[-1] == "There is no customer “C9”."
    assert mailbox.kept == []
    assert SINK in relance("status").out


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"data": "554 5.7.1 we do not know you"}, "was not taken: 554 5.7.1 we do not know you"),
        ({"data": "999 what"}, "may or may not have arrived: "),
    ],
)
def test_a_test_message_the_server_did_not_surely_take_leaves_it_off(
    relance: Relance, answers: dict[str, str], sentence: str
) -> None:
    with mail_server(Mailbox(**answers)) as url:
        said = relance(*NAMED, RELANCE_SMTP_URL=url)
    assert said.code == 1
    assert f"The test message to compta@nord.example {sentence}" in said.err
    assert said.err.rstrip().endswith("Nothing was switched on.")
    assert SINK in relance("status").out


def test_live_begins_with_named_customers_and_a_first_day_and_ends_at_once(relance: Relance) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as url:
        first = relance(*NAMED, "--only", "C1", "--first-day", "20", RELANCE_SMTP_URL=url)
        more = relance(*NAMED, "--only", "C2", "--first-day", "20", RELANCE_SMTP_URL=url)
        lifted = relance(*NAMED, RELANCE_SMTP_URL=url)
        assert first.out.splitlines() == [
            "The test message to compta@nord.example was taken. Messages go to C1 only; everything else stays in the sink.",
            "At most 20 leave today, twice as many on each day after it; after seven such days nothing is limited.",
            "What only the sink had of those who now hear is sent again, from the first step nobody heard of; gaps hold.",
        ]
        assert "Messages go to C1, C2 only;" in more.out
        assert (lifted.code, lifted.err.splitlines()[-1]) == (
            1, "So far only C1, C2 may hear from you: say --only for more of them, or --everybody to lift the list.",
        )  # fmt: skip
        words = "Messages go to C1, C2 only, everything else to the local sink; 20 of 20 may still leave today"
        assert f"{words}.\n" in relance("status").out
        checks = json.loads(relance("doctor", "--json").out)["checks"]
        assert [one["words"] for one in checks if one["subject"] == "live"] == [words]
        assert relance("live", "off", "--customer", "C2").out == "Messages to C2 go to the local sink only.\n"
        assert relance("live", "off", "--customer", "C2").err == "C2 is not on the list.\n"
        assert "Messages go to every debtor." in relance(*NAMED, "--everybody", RELANCE_SMTP_URL=url).out
    assert json.loads(relance("status", "--json").out)["live_states"] == [
        {"creditor": 1, "name": "Atelier Nord SAS", "live": True, "only": [], "limited": False, "most_today": 50, "left_today": 50}
    ]  # fmt: skip
    assert relance("live", "off").out == SINK
    assert relance("live", "off").out == f"Nothing changed. {SINK}"
    mails = [message_from_bytes(raw, policy=policy.default) for _, _, raw in mailbox.kept]
    assert [(sender, to) for sender, to, _ in mailbox.kept] == [("compta@nord.example", ["compta@nord.example"])] * 3
    assert {(str(one["Subject"]), str(one["Auto-Submitted"])) for one in mails} == {
        ("Relance: test message", "auto-generated")
    }
    assert len({one["Message-ID"] for one in mails}) == 3


def test_numbers_nobody_means_are_refused_before_anything_is_sent(relance: Relance) -> None:
    assert relance(*NAMED, "--first-day", "99999999999999999999").code == 2
    assert relance("outbox", "show", "99999999999999999999").code == 2
