"""Customers without e-mail get their reminder by SMS: what Twilio says of each, and what they answer, finds its way back."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import asyncpg
import pytest

from policies.questions import QuestionKind
from tests.engine.world import World
from tests.tasks.twilio_server import OURS, SID, TOKEN, Twilio, twilio

DELIVERED, LOST, STOPPED, ANSWERS, IN_DOUBT = (f"+3361200000{place}" for place in range(1, 6))

PASSWORD = "a-brass-kettle"


@dataclass
class Friday:
    """The world, and the Twilio its SMS leave to."""

    world: World
    server: Twilio

    def message(self, number: str) -> dict[str, object]:
        """What Twilio took for this number."""
        [found] = [one for one in self.server.messages if one["to"] == number]
        return found

    def until(self, statement: str, expected: object) -> None:
        """Until the database says so, half a minute at most."""
        deadline = time.monotonic() + 30
        while (found := self.world.rows(statement)) != expected and time.monotonic() < deadline:
            time.sleep(0.2)
        assert found == expected


@pytest.fixture(scope="module")
def server() -> Iterator[Twilio]:
    """A Twilio that runs beside the story."""
    started, over, found = threading.Event(), threading.Event(), list[Twilio]()

    async def stand() -> None:
        async with twilio() as one:
            found.append(one)
            started.set()
            while not over.is_set():
                await asyncio.sleep(0.05)

    thread = threading.Thread(target=asyncio.run, args=(stand(),))
    thread.start()
    assert started.wait(10)
    yield found[0]
    over.set()
    thread.join(10)


@pytest.fixture(scope="module")
def friday(begin: Callable[..., World], server: Twilio) -> Friday:
    """Friday, 6 March 2026: five courtesy reminders leave by SMS; Twilio loses its answer to one of them."""
    world = begin(
        "2026-03-05", live=True, phone="+33 2 40 00 00 00", TWILIO_ACCOUNT_SID=SID, TWILIO_AUTH_TOKEN=TOKEN,
        RELANCE_TWILIO_FROM=OURS, RELANCE_TWILIO_URL=server.url, RELANCE_SMTP_URL=f"smtp://relance:{PASSWORD}@127.0.0.1:9",
    )  # fmt: skip
    for place, number in enumerate((DELIVERED, LOST, STOPPED, ANSWERS, IN_DOUBT), 1):
        customer = world.customer(f"S{place}", f"Client {place}", email="", phone=number)
        world.invoice(customer, f"FA-{place}", "2026-03-03", 10_000)
    server.at = world.start.replace(day=6, hour=8)
    server.loses_answers_to = IN_DOUBT
    world.until("2026-03-06", 12)
    return Friday(world, server)


def test_every_reminder_left_once_and_the_one_in_doubt_is_found(friday: Friday) -> None:
    friday.world.until("2026-03-06", 13)
    friday.until("SELECT DISTINCT state FROM message", [("confirmed",)])
    assert sorted(one["to"] for one in friday.server.messages) == [DELIVERED, LOST, STOPPED, ANSWERS, IN_DOUBT]
    friday.world.settle()
    assert [one for one in friday.world.inbox() if one.kind is QuestionKind.AMBIGUOUS] == []


def test_what_becomes_of_them_is_asked_and_what_did_not_arrive_is_put_to_a_person(friday: Friday) -> None:
    friday.message(DELIVERED).update(status="delivered", price="-0.07")
    friday.message(LOST).update(status="undelivered", error_code=30006, price="-0.07")
    friday.message(STOPPED).update(status="failed", error_code=21610, price="0")
    friday.world.until("2026-03-07", 12)
    friday.until(
        "SELECT m.recipient, e.kind, e.status FROM delivery_event e JOIN message m ON m.id = e.message_id ORDER BY 1",
        [(DELIVERED, "delivered", "delivered"), (LOST, "dead_address", "30006"), (STOPPED, "not_delivered", "21610")],
    )
    friday.world.settle()
    assert friday.world.rows(
        "SELECT d.number FROM contact k JOIN customer d ON d.id = k.customer_id WHERE phone_dead_at IS NOT NULL"
    ) == [("S2",)]
    assert friday.world.rows("SELECT d.number, h.channels FROM hold h JOIN customer d ON d.id = h.customer_id") == [
        ("S3", "sms")
    ]
    asked = [one for one in friday.world.inbox() if one.kind is QuestionKind.UNDELIVERABLE]
    assert sorted(one.title.split(" · ")[1] for one in asked) == ["Client 2", "Client 3"]


def test_an_answer_holds_the_customer_until_a_person_has_read_it(friday: Friday) -> None:
    friday.server.at = friday.world.now()
    friday.server.add(direction="inbound", to=OURS, body="Je paie lundi", status="received", **{"from": ANSWERS})
    friday.world.until("2026-03-07", 15)
    friday.until("SELECT channel, kind, text FROM incoming_message", [("sms", "reply", "Je paie lundi")])
    friday.world.until("2026-03-20", 12)
    assert [act for act in friday.world.acts("S4") if act[0] > "2026-03-07"] == []
    assert friday.server.wrong == []


def test_a_manager_finds_a_run_only_where_twilio_had_something_to_tell(friday: Friday) -> None:
    found = friday.world.api("POST", "/flow_runs/filter", {"flows": {"name": {"any_": ["ask-twilio"]}}}).json()
    assert [one["name"] for one in found if one["name"] == "SMS" or "nothing new" in one["name"]] == []
    assert len(found) >= 3


def test_neither_twilios_token_nor_a_password_stands_in_a_table_of_ours_or_prefects_or_in_a_log(friday: Friday) -> None:
    """By the end a mail has been tried in vain as well, so that every kind of failure has been written down."""
    world = friday.world
    world.invoice(world.customer("S6", "Client 6"), "FA-6", "2026-03-18", 10_000)
    world.until("2026-03-23", 12)
    assert world.rows("SELECT DISTINCT e.state FROM effect e JOIN cases c ON c.id = e.case_id JOIN customer d "
                      "ON d.id = c.customer_id WHERE d.number = 'S6'") == [("refused",)]  # fmt: skip
    kept = [TOKEN, PASSWORD, *(value for value in world.stack.home.secrets().values() if isinstance(value, str))]
    written = world.run(everything_written(world))
    assert len(written) > 1_000
    assert [(place, line[:80]) for place, line in written for secret in kept if secret in line] == []


async def everything_written(world: World) -> list[tuple[str, str]]:
    """Every row of both databases, and every line of every log, with where it stands."""
    head, _, _ = world.stack.superuser_url.rpartition("/")
    found = [(log.name, line) for log in world.stack.home.log.iterdir() for line in log.read_text().splitlines()]
    for database in (url.rpartition("/")[2] for url in (world.stack.urls[0], world.stack.urls[2])):
        connection = await asyncpg.connect(f"{head}/{database}")
        for row in await connection.fetch("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"):
            lines = await connection.fetch(f'SELECT t::text AS line FROM "{row["name"]}" t')
            found += [(f"{database}.{row['name']}", one["line"]) for one in lines]
        await connection.close()
    return found
