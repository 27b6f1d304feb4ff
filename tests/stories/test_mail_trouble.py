"""The mail server is away for a day, and one address does not exist: nothing is skipped, nothing leaves in a burst."""

from collections.abc import Callable, Iterator

import pytest

from policies.questions import QuestionKind
from storage.questions import Question
from tests.engine import told
from tests.engine.picky_sink import MailServer
from tests.engine.stack import Stack
from tests.engine.world import World

COURTESY = {"reached_stage": "courtesy_reminder"}


@pytest.fixture(scope="module")
def server(stack: Stack) -> Iterator[MailServer]:
    """A mail server that does not know Meyer's address."""
    server = MailServer(stack.home.outbox, frozenset({"compta@m3.example"}))
    yield server
    server.close()


@pytest.fixture(scope="module")
def asked() -> list[Question]:
    """The questions about undeliverable mail, as they stood when they were answered."""
    return []


@pytest.fixture(scope="module")
def trouble() -> list[object]:
    """Cases whose wake-up failed, as they stood on Wednesday at two in the afternoon, and the state of the run."""
    return []


@pytest.fixture(scope="module")
def world(begin: Callable[..., World], server: MailServer, asked: list[Question], trouble: list[object]) -> World:
    """Tuesday, 31 March to Wednesday, 15 April 2026; the mail server comes up on Wednesday, 1 April, at eight."""
    world = begin("2026-03-31", RELANCE_SINK_PORT=str(server.port))
    on_tuesday = {**COURTESY, "reached_on": "2026-03-24"}
    for number, name in (("M1", "Maurer SARL"), ("M2", "Mercier SA"), ("M3", "Meyer SAS")):
        world.invoice(world.customer(number, name), f"F{number}", "2026-02-20", 90_000, **on_tuesday)
    world.invoice(world.customer("M4", "Michel SA"), "FM4", "2026-04-06", 90_000)
    world.invoice(
        world.customer("M5", "Mallet SA", email="compta, m5.example"), "FM5", "2026-02-20", 90_000, **on_tuesday
    )
    world.until("2026-04-01", 6)
    server.up()
    world.until("2026-04-01", 12)
    trouble.extend(world.rows("SELECT failures, problem FROM cases WHERE failures > 0"))
    trouble.append(told.state(world, "FM5"))
    world.do("UPDATE contact SET email = 'compta@m5.example' WHERE email = 'compta, m5.example'")
    question = world.question(QuestionKind.UNDELIVERABLE)
    asked.append(question)
    assert world.answer(question, "correct_email", email="achats@m3.example") is None
    world.settle()
    world.pay("FM2")
    world.until("2026-04-15", 12)
    return world


def attempts(world: World, invoice: str) -> list[tuple[str, str, int, str]]:
    """Every attempt for an invoice: moment (Paris), step, number, how it ended."""
    return world.rows(
        "SELECT to_char(e.changed_at AT TIME ZONE 'Europe/Paris', 'DD HH24:MI'), e.step, e.attempt, e.state FROM effect e "
        "JOIN cases c ON c.id = e.case_id JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :n ORDER BY e.id",
        n=invoice,
    )


def test_while_the_server_is_away_the_same_step_is_tried_again_with_growing_rests(world: World) -> None:
    assert attempts(world, "FM1")[:7] == [
        ("31 09:01", "second_reminder", 1, "refused"),
        ("31 09:02", "second_reminder", 2, "refused"),
        ("31 09:07", "second_reminder", 3, "refused"),
        ("31 09:22", "second_reminder", 4, "refused"),
        ("31 10:22", "second_reminder", 5, "refused"),
        ("31 14:22", "second_reminder", 6, "refused"),
        ("01 09:00", "second_reminder", 7, "confirmed"),
    ]


def test_after_the_outage_everything_leaves_once_and_the_gaps_count_from_then(world: World) -> None:
    assert told.messages(world, "M1") == ["2026-04-01 09:00 second_reminder by email to compta@m1.example"]
    assert told.questions(world, "M1") == ["2026-04-13 09:00 daily_review formal_notice gathering"]


def test_an_upcoming_notice_whose_day_came_during_the_outage_leaves_after_it(world: World) -> None:
    assert told.messages(world, "M4") == [
        "2026-04-01 09:00 upcoming by email to compta@m4.example",
        "2026-04-09 09:00 courtesy_reminder by email to compta@m4.example",
    ]


def test_a_payment_after_the_outage_ends_the_run_as_paid(world: World) -> None:
    assert told.state(world, "FM2") == "Paid"
    assert told.messages(world, "M2") == ["2026-04-01 09:00 second_reminder by email to compta@m2.example"]


def test_a_refused_address_is_asked_about_with_the_servers_words(world: World, asked: list[Question]) -> None:
    assert "550 5.1.1 No such user here" in asked[0].description
    assert told.questions(world, "M3")[0] == "2026-04-01 09:00 undeliverable second_reminder answered"


def test_the_corrected_address_gets_the_message_and_both_attempts_are_kept(world: World) -> None:
    assert told.messages(world, "M3") == ["2026-04-01 14:00 second_reminder by email to achats@m3.example"]
    assert [(number, state) for _, _, number, state in attempts(world, "FM3")][-2:] == [
        (7, "refused"),
        (8, "confirmed"),
    ]


def test_what_cannot_be_done_is_tried_again_with_growing_delay_and_never_fails_the_run(
    world: World, trouble: list[object]
) -> None:
    words = "“compta, m5.example” is not an e-mail address; correct it and ask again."
    assert trouble == [(5, words), "Trying again"]
    assert told.messages(world, "M5") == ["2026-04-01 14:21 second_reminder by email to compta@m5.example"]
    assert world.rows("SELECT count(*) FROM cases WHERE failures > 0 OR problem <> ''") == [(0,)]


def test_sink_and_ledger_agree_and_the_journals_are_whole(world: World) -> None:
    assert told.agreed(world)
    assert {told.broken_place(world, f"FM{number}") for number in range(1, 5)} == {None}
