"""Courtesy reminders leave in earnest; one bounces, one is answered, one meets an absent person, one is not read at all."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policies.questions import QuestionKind
from storage import incoming_deeds
from tasks.compose import message_id
from tests.engine import told
from tests.engine.stack import Stack
from tests.engine.twilio_server import TwilioServer, twilio_serving
from tests.engine.world import World
from tests.tasks.incoming_letters import failed, letter, report


@dataclass
class April:
    """The world, its mailbox, and what was seen on the way."""

    world: World
    mailbox: Path
    twilio: TwilioServer
    dropped: int = 0
    seen: dict[str, object] = field(default_factory=dict)

    def id_of(self, customer: str) -> str:
        """The Message-ID of the last message to a customer."""
        found = self.world.rows(
            "SELECT m.key, m.raw FROM message m JOIN customer d ON d.id = m.customer_id WHERE d.number = :c "
            "ORDER BY m.id DESC LIMIT 1",
            c=customer,
        )
        domain = bytes(found[0][1]).partition(b"Message-ID: <")[2].partition(b">")[0].decode().rpartition("@")[2]
        return message_id(found[0][0], domain)

    def arrive(self, *letters: bytes) -> None:
        """The mail server delivers; everything is read, kept and moved away, and what follows is done."""
        for raw in letters:
            self.dropped += 1
            draft = self.mailbox / "tmp" / f"{self.dropped:04d}.mx"
            draft.write_bytes(raw)
            draft.rename(self.mailbox / "new" / draft.name)
        deadline = time.monotonic() + 60
        while len(list((self.mailbox / ".Relance.read").glob("cur/*"))) < self.dropped:
            assert time.monotonic() < deadline, "the mailbox is not read"
            time.sleep(0.1)
        self.world.settle(60)


@pytest.fixture(scope="module")
def twilio() -> Iterator[TwilioServer]:
    with twilio_serving() as server:
        yield server


@pytest.fixture(scope="module")
def april(
    begin: Callable[..., World], stack: Stack, twilio: TwilioServer, tmp_path_factory: pytest.TempPathFactory
) -> April:
    """Monday, 30 March to Friday, 10 April 2026."""
    mailbox = tmp_path_factory.mktemp("mailbox")
    for part in ("tmp", "new", "cur"):
        (mailbox / part).mkdir()
    relay = f"smtp://127.0.0.1:{stack.sink_port}?tls=none"  # the sink, asked in earnest
    world = begin(
        "2026-03-30", live=True, RELANCE_MAILBOX_URL=f"maildir:{mailbox}", RELANCE_SMTP_URL=relay, **twilio.environment
    )
    april = April(world, mailbox, twilio)
    people = (
        ("D1", "Dupont SARL", "+33612345678"), ("D2", "Durand SAS", ""), ("D3", "Dubois SA", ""), ("D4", "Duval SA", ""),
    )  # fmt: skip
    for number, name, phone in people:
        world.invoice(world.customer(number, name, phone=phone), f"F{number}", "2026-03-27", 90_000)
    world.until("2026-03-30", 12)
    april.arrive(
        bounced(april, "D1"), bounced(april, "D4"),
        letter(
            "Je suis absente jusqu'au 13 avril.", "Réponse automatique", "compta@d2.example",
            Auto_Submitted="auto-replied", In_Reply_To=april.id_of("D2"), Date="Mon, 30 Mar 2026 10:00:00 +0200",
        ).replace(b"answer-1@martin", b"away@d2"),
        letter(
            "Nous n'avons pas reçu la facture.", sender="compta@d3.example", In_Reply_To=april.id_of("D3")
        ).replace(b"answer-1@martin", b"reply@d3"),
    )  # fmt: skip
    april.seen["states"] = [told.state(world, f"F{number}") for number, _, _ in people]
    assert world.answer(world.question(QuestionKind.UNDELIVERABLE), "correct_email", email="achats@d4.example") is None
    world.settle()
    world.until("2026-03-31", 12)
    review = world.question(QuestionKind.DATA_REVIEW)
    april.seen["task"] = review.title
    assert world.answer(review, "correct_email", email="dupont@d1.example") is None
    world.until("2026-04-09", 12)
    april.seen["held"] = told.messages(world, "D3")
    reply = world.rows("SELECT id FROM incoming_message WHERE kind = 'reply'")[0][0]
    assert world.run(incoming_deeds.dealt_with(reply, "marie", datetime(2026, 4, 9, 12, tzinfo=UTC))) == []
    world.until("2026-04-10", 12)
    return april


def bounced(april: April, customer: str) -> bytes:
    """The mail server of a customer does not know the address."""
    rows = failed("5.1.1", "550 5.1.1 User unknown", address=f"compta@{customer.lower()}.example")
    raw = report(rows).replace(b"<0123456789abcdef@creancier.example>", april.id_of(customer).encode())
    return raw.replace(b"bounce-1@mx", f"bounce-{customer}@mx".encode())


def test_the_reminder_that_came_back_goes_by_sms_the_same_day_and_somebody_finds_another_address(april: April) -> None:
    assert told.messages(april.world, "D1") == [
        "2026-03-30 14:00 courtesy_reminder by sms to +33612345678",
        "2026-04-08 09:00 second_reminder by email to dupont@d1.example",
        "2026-04-08 09:00 second_reminder by sms to +33612345678",
    ]
    assert [to for to, _ in april.twilio.taken] == ["+33612345678"] * 2
    assert april.seen["task"] == "Find another e-mail address · Dupont SARL"
    assert told.steps(april.world, "FD1") == [
        "2026-03-30 upcoming lapsed", "2026-03-30 courtesy_reminder confirmed", "2026-04-08 second_reminder confirmed",
    ]  # fmt: skip


def test_without_a_telephone_a_person_gives_an_address_and_the_same_reminder_leaves(april: April) -> None:
    assert told.messages(april.world, "D4") == [
        "2026-03-30 14:00 courtesy_reminder by email to achats@d4.example",
        "2026-04-08 09:00 second_reminder by email to achats@d4.example",
    ]
    assert told.questions(april.world, "D4") == ["2026-03-30 14:00 undeliverable courtesy_reminder answered"]


def test_an_absent_person_changes_nothing(april: April) -> None:
    assert told.messages(april.world, "D2") == [
        "2026-03-30 09:01 courtesy_reminder by email to compta@d2.example",
        "2026-04-08 09:00 second_reminder by email to compta@d2.example",
    ]
    (note,) = april.world.rows("SELECT text FROM note")
    assert note[0].startswith("Automatic reply of compta@d2.example, back on 2026-04-13: Je suis absente")


def test_a_reply_stops_everything_until_a_person_has_read_it(april: April) -> None:
    assert april.seen["held"] == ["2026-03-30 09:01 courtesy_reminder by email to compta@d3.example"]
    assert told.messages(april.world, "D3") == [
        "2026-03-30 09:01 courtesy_reminder by email to compta@d3.example",
        "2026-04-09 14:00 second_reminder by email to compta@d3.example",
    ]
    assert april.seen["states"] == ["Waiting", "Waiting", "Waiting", "Suspended"]


def test_a_manager_sees_that_the_mailbox_was_read(april: April) -> None:
    body = {"flow_runs": {"tags": {"all_": ["mailbox"]}}, "sort": "START_TIME_ASC", "limit": 50}
    found = [(one["state"]["name"], one["name"]) for one in april.world.api("POST", "/flow_runs/filter", body).json()]
    read = sum(int(name.split("·")[1].split()[0]) for _, name in found if "read:" in name)
    assert ({state for state, _ in found}, read) == ({"Completed"}, 4)
    assert all(told.broken_place(april.world, f"FD{number}") is None for number in (1, 2, 3, 4))
