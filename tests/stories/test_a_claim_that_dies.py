"""Old claims: a person is asked before each dies, beside its run; a dead one is not chased any more."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from policies.questions import QuestionKind
from tests.engine import told
from tests.engine.world import World

SECOND = {"reached_stage": "second_reminder", "reached_on": "2026-03-16"}
"""What the old system had sent, ten days before the formal notice is due."""


@dataclass
class Spring:
    """The world, and what was seen on the way."""

    world: World
    asked: list[str] = field(default_factory=list)
    inbox: dict[str, Any] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def spring(begin: Callable[..., World]) -> Spring:
    """Dubois owes since 20 June 2021, and Duval since 31 March 2021: five years have nearly passed, or just passed."""
    world = begin("2026-03-30")
    world.invoice(world.customer("D1", "Dubois SARL"), "FD1", "2021-06-20", 600_000, **SECOND)
    world.invoice(world.customer("D2", "Duval SARL"), "FD2", "2021-03-31", 90_000, **SECOND)
    spring = Spring(world)
    first_warning(spring)
    second_warning(spring)
    world.until("2026-07-01", 12)
    return spring


def first_warning(spring: Spring) -> None:
    """The warnings stand beside the formal notice; Duval's claim dies meanwhile."""
    world = spring.world
    world.until("2026-03-30", 12)
    spring.asked = sorted(one.title for one in world.inbox() if one.kind is QuestionKind.LIMITATION)
    question = next(one for one in world.inbox() if one.title.startswith("Dies on 20 Jun"))
    assert question.run is not None
    spring.inbox["warning"] = world.api("GET", f"/flow_runs/{question.run}").json()
    world.until("2026-04-01", 12)
    spring.inbox["kinds"] = sorted(one.kind.value for one in world.inbox())
    assert world.answer(question, "go_on") is None
    assert world.answer(world.question(QuestionKind.APPROVE), "send") is None
    assert world.answer(world.question(QuestionKind.TIME_BARRED), "write_off", note="too old") is None
    world.settle()
    spring.states["warning"] = world.api("GET", f"/flow_runs/{question.run}").json()["state"]["name"]
    spring.states["FD2"] = world.case_run("FD2")["state"]["name"]


def second_warning(spring: Spring) -> None:
    """Thirty days before, Dubois acknowledges the debt in writing."""
    world = spring.world
    world.until("2026-05-21", 12)
    question = world.question(QuestionKind.LIMITATION)
    values = {"date": "2026-05-20", "note": "letter of Ms Dubois"}
    assert world.answer(question, "acknowledgement", **values) is None
    world.settle()


def test_a_person_is_asked_about_each_customers_dying_claims(spring: Spring) -> None:
    assert spring.asked == [
        "Dies on 20 Jun 2026 · Dubois SARL · 6\u202f000,00\xa0€",
        "Dies on 31 Mar 2026 · Duval SARL · 900,00\xa0€",
    ]


def test_the_question_is_a_run_of_its_own_in_the_inbox(spring: Spring) -> None:
    run = spring.inbox["warning"]
    assert (run["name"], run["state"]["name"]) == (
        "Dies on 20 Jun 2026 · Dubois SARL · 6\u202f000,00\xa0€",
        "Suspended",
    )
    assert sorted(run["tags"]) == ["ask:limitation", "customer:D1", "todo:marie"]
    assert spring.states["warning"] == "Answered"


def test_the_case_goes_on_meanwhile(spring: Spring) -> None:
    assert spring.inbox["kinds"] == ["approve", "limitation", "time_barred"]
    assert told.messages(spring.world, "D1")[0] == "2026-04-01 14:00 formal_notice by email to compta@d1.example"


def test_a_dead_claim_is_not_chased_and_a_person_says_what_becomes_of_it(spring: Spring) -> None:
    assert told.messages(spring.world, "D2") == []
    assert spring.states["FD2"] == "Written off"


def test_each_warning_is_asked_once_and_an_acknowledgement_ends_them(spring: Spring) -> None:
    asked = spring.world.rows(
        "SELECT asked_at::date::text, q.step, q.state FROM question q JOIN customer d ON d.id = q.customer_id "
        "WHERE d.number = 'D1' AND q.kind = 'limitation' ORDER BY q.id"
    )
    assert asked == [("2026-03-30", "90", "answered"), ("2026-05-21", "30", "answered")]
    acts = spring.world.rows("SELECT kind, on_day::text, words, actor FROM limitation_act")
    assert acts == [("acknowledgement", "2026-05-20", "letter of Ms Dubois", "marie")]
