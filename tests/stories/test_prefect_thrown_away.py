"""Prefect's database is lost: our own tables know where every case stands, and `reconcile` carries each of them on."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from policies.questions import QuestionKind
from tests.engine import told
from tests.engine.person import Person
from tests.engine.runs import reconcile
from tests.engine.world import World
from tests.faults.warm import WarmDispatchers

SECOND = {"reached_stage": "second_reminder", "reached_on": "2026-03-16"}
LATER = {"reached_stage": "second_reminder", "reached_on": "2026-03-27"}
INVOICES = ("FT1", "FT2", "FT3", "FT4", "FT5")


@dataclass
class Loss:
    """What stood before and after."""

    world: World
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, list[str]] = field(default_factory=dict)
    runs: list[tuple[str, str]] = field(default_factory=list)
    again: str = ""


@pytest.fixture(scope="module")
def loss(begin: Callable[..., World], warm: WarmDispatchers) -> Loss:
    """Wednesday, 1 April 2026, two in the afternoon: one case waits, one leads a question, one follows it, one is in the
    daily review, one is paid. Prefect's database is thrown away; on Tuesday after Easter everything has gone on."""
    world = begin("2026-03-31")
    world.invoice(world.customer("T1", "Thomas SA"), "FT1", "2026-03-02", 50_000, **LATER)
    tanguy = world.customer("T2", "Tanguy SARL")
    for invoice in ("FT2", "FT3"):
        world.invoice(tanguy, invoice, "2026-03-02", 400_000, **SECOND)
    world.invoice(world.customer("T4", "Texier SAS"), "FT4", "2026-03-02", 50_000, **SECOND)
    world.invoice(world.customer("T5", "Tissot SA"), "FT5", "2026-03-02", 50_000, **SECOND)
    world.until("2026-03-31", 12)
    world.pay("FT5")
    world.until("2026-04-01", 12)
    loss = Loss(world)
    loss.before = {invoice: told.state(world, invoice) for invoice in INVOICES}
    warm.stop()
    world.stack.throw_prefect_away()
    warm.start()
    reconcile(world)
    world.until(
        "2026-04-01", 13
    )  # two runs of one customer that start together: one writes the question, one rests 30 s
    loss.after = {invoice: [state for _, state in told.runs_of(world, invoice)] for invoice in INVOICES}
    loss.again = reconcile(world)
    go_on(loss)
    return loss


def go_on(loss: Loss) -> None:
    """Both questions are answered through the desk, on their new runs."""
    world, claire = loss.world, Person(loss.world.stack, "claire")
    answers = {QuestionKind.APPROVE: "send", QuestionKind.DAILY_REVIEW: "send_all"}
    for question in world.inbox():
        run = told.asked_run(world, str(question.run))
        loss.runs.append((run["name"], run["state"]["name"]))
        answer = claire.answer(str(question.run), world.form(question, answers[question.kind], {}))
        assert answer.status_code == 201, answer.text
    world.settle()
    world.until("2026-04-07", 12)


def test_every_open_case_has_one_run_again_and_it_stands_where_it_stood(loss: Loss) -> None:
    assert loss.before == {"FT1": "Waiting", "FT2": "Suspended", "FT3": "Waiting", "FT4": "Waiting", "FT5": "Paid"}
    assert loss.after == {"FT1": ["Waiting"], "FT2": ["Suspended"], "FT3": ["Waiting"], "FT4": ["Waiting"], "FT5": []}


def test_each_of_them_is_the_second_generation_of_its_case(loss: Loss) -> None:
    rows = loss.world.rows(
        "SELECT i.number, c.generation FROM cases c JOIN invoice i ON i.id = c.invoice_id ORDER BY i.number"
    )
    assert rows == [("FT1", 2), ("FT2", 2), ("FT3", 2), ("FT4", 2), ("FT5", 1)]


def test_looking_once_more_there_is_nothing_to_mend(loss: Loss) -> None:
    assert "0 runs were gone, 0 started, 0 cases looked at again, 0 questions put again." in loss.again


def test_questions_stand_in_the_inbox_again_and_can_be_answered(loss: Loss) -> None:
    assert sorted(loss.runs) == [
        ("Tanguy SARL · FT2 · 4\u202f000,00\xa0€", "Suspended"),
        ("To approve 1 Apr · 1 customer · 500,00\xa0€", "Suspended"),
    ]
    assert told.questions(loss.world, "T2") == ["2026-04-01 09:00 approve formal_notice answered"]


def test_nothing_was_sent_because_of_it_and_nothing_twice(loss: Loss) -> None:
    assert [told.messages(loss.world, f"T{place}") for place in (1, 2, 4, 5)] == [
        [],
        ["2026-04-01 15:00 formal_notice by email to compta@t2.example"],
        ["2026-04-01 15:00 formal_notice by email to compta@t4.example"],
        [],
    ]
    assert told.questions(loss.world, "T1") == ["2026-04-07 09:00 daily_review formal_notice gathering"]
    assert told.agreed(loss.world)


def test_the_journals_are_whole(loss: Loss) -> None:
    assert {told.broken_place(loss.world, invoice) for invoice in INVOICES} == {None}
