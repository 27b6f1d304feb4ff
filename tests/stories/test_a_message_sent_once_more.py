"""A reminder leaves once more because a person asked for it and another agreed: once each time, and never to who has paid."""

from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from policies.problems import Problem
from policies.questions import QuestionKind
from storage import clock, doors, questions
from storage.questions import Question
from storage.resend_questions import ask_resend
from tasks.send_again import about_resending, sent_again
from tests.engine import told
from tests.engine.staff import JEAN
from tests.engine.world import World

MOMENT = "SELECT to_char(handed_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI'), occurrence, state FROM message WHERE recipient = :to ORDER BY id"


@dataclass
class Days:
    """The world, and what was seen on the way."""

    world: World
    first: int = 0
    quick: int = 0
    seen: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def days(begin: Callable[..., World]) -> Days:
    """Monday, 5 January 2026; courtesy reminders leave on Thursday the 8th. On Monday the 12th they are asked for again."""
    world = begin("2026-01-05")
    for number, name in (("R1", "Dupont SARL"), ("R2", "Martin SAS")):
        world.invoice(world.customer(number, name), f"{number}A", "2026-01-05", 100_000)
    world.until("2026-01-12", 9)
    days = Days(world, left(world, "r1"), left(world, "r2"))
    days.seen["steps"] = told.steps(world, "R1A")
    answered_in_the_inbox(days)
    answered_before_its_run_began(days)
    world.until("2026-01-13", 9)
    world.pay("R1A")
    world.settle()
    days.seen["paid"] = ask(world, days.first)
    return days


def left(world: World, name: str) -> int:
    """The number of the one message that left to a customer."""
    [(message,)] = world.rows("SELECT id FROM message WHERE recipient = :to", to=f"compta@{name}.example")
    return int(message)


def ask(world: World, message: int) -> int | list[Problem]:
    """`relance outbox resend`."""

    async def work() -> int | list[Problem]:
        return await ask_resend(message, "another mailbox", "marie", await clock.now(), sent_again, about_resending)

    return world.run(work())


def answered_in_the_inbox(days: Days) -> None:
    """The question stands in the inbox before it is answered, with the form of its run."""
    world = days.world
    assert isinstance(ask(world, days.first), int)
    world.settle()
    question = world.question(QuestionKind.RESEND)
    assert question.run is not None
    days.seen["asked"] = told.asked_run(world, str(question.run))
    question = world.question(QuestionKind.RESEND)
    world.resume(question, world.form(question, "send", {})).raise_for_status()
    world.settle()
    days.seen["ended"] = world.api("GET", f"/flow_runs/{question.run}").json()


def answered_before_its_run_began(days: Days) -> None:
    """Asked and answered in one breath, at the terminal."""
    world = days.world

    async def work() -> str | None:
        asked = await ask_resend(days.quick, "lost", "marie", await clock.now(), sent_again, about_resending)
        assert isinstance(asked, int)
        question = await questions.read(asked)
        assert isinstance(question, Question)
        days.seen["no run yet"] = question.run
        return await doors.answer_directly(asked, JEAN, "terminal", world.form(question, "send", {}))

    days.seen["refused"] = world.run(work())
    world.settle()


def mails(world: World, name: str) -> list[Any]:
    """What the sink holds for an address, in the order it came."""
    rows = world.rows("SELECT path FROM sink_message WHERE recipient = :to ORDER BY id", to=f"compta@{name}.example")
    return [message_from_bytes(Path(row[0]).read_bytes(), policy=policy.default) for row in rows]


def test_the_question_stands_in_the_inbox_and_its_run_says_what_it_did(days: Days) -> None:
    assert days.seen["asked"]["name"].startswith("Send the courtesy reminder once more? · Dupont SARL")
    assert days.seen["ended"]["state"]["name"] == "Answered"
    assert days.seen["ended"]["state"]["message"].endswith(" to compta@r1.example: confirmed.")


@pytest.mark.parametrize("name", ["r1", "r2"])
def test_it_left_exactly_once_more_the_second_an_answer_to_the_first(days: Days, name: str) -> None:
    """Also where the answer came before the question's run existed."""
    assert (days.seen["no run yet"], days.seen["refused"]) == (None, None)
    first, second = mails(days.world, name)
    assert second["Message-ID"] != first["Message-ID"]
    assert (second["In-Reply-To"], second["References"]) == (first["Message-ID"], first["Message-ID"])
    assert second["Subject"] == first["Subject"]
    assert second.get_body(("plain",)).get_content() == first.get_body(("plain",)).get_content()
    ledger = [(occurrence, state) for _, occurrence, state in days.world.rows(MOMENT, to=f"compta@{name}.example")]
    assert ledger == [(1, "confirmed"), (2, "confirmed")]


def test_the_steps_of_the_case_stay_as_they_were(days: Days) -> None:
    assert days.seen["steps"] == ["2026-01-05 upcoming lapsed", "2026-01-08 courtesy_reminder confirmed"]
    assert told.steps(days.world, "R1A") == days.seen["steps"]


def test_what_was_paid_meanwhile_is_refused_a_third_time_with_a_sentence(days: Days) -> None:
    assert [one.reason for one in days.seen["paid"]] == [
        f"Message {days.first} cannot leave once more: payments or credits have changed the account since it was written."
    ]


def test_sink_and_ledger_agree_and_the_journals_are_whole(days: Days) -> None:
    assert told.agreed(days.world)
    assert [told.broken_place(days.world, invoice) for invoice in ("R1A", "R2A")] == [None, None]
