"""A gentler policy for live cases: a plan in the inbox, approved in the UI as a whole; what changed since is left."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import pytest

from policies.ladder import Ladder
from policies.migration import Move
from policies.questions import QuestionKind
from policies.stages import Channel
from storage import clock, pinning, plans
from storage.plans import Plan
from tasks.plan_text import plan_text
from tests.engine import told
from tests.engine.world import World

SHIPPED = files("policies").joinpath("ladders", "fr-b2b.toml").read_text(encoding="utf-8")
GENTLE = SHIPPED.replace('id = "fr-b2b"', 'id = "gentle"').replace("offset = 12", "offset = 20")
MAIL = frozenset({Channel.EMAIL})


@dataclass
class March:
    """The world, and what was seen on the way."""

    world: World
    plan: Plan
    waiting: dict[str, Any] = field(default_factory=dict)
    answered: dict[str, Any] = field(default_factory=dict)
    status: int = 0


async def planned(creditor: int) -> Plan:
    at = await clock.now()
    assert isinstance(await pinning.pin_file(GENTLE.encode(), "gentle.toml", creditor, "anne", at), Ladder)
    found = await plans.write_plan("fr-b2b", "gentle", Move.RE_ANCHOR, (), creditor, "anne", at, MAIL, plan_text)
    assert isinstance(found, Plan), found
    return found


@pytest.fixture(scope="module")
def march(begin: Callable[..., World]) -> March:
    """Dubois and Duval owe since 2 March 2026 and have had the courtesy reminder; Duval pays a part before the answer."""
    world = begin("2026-03-02")
    world.invoice(world.customer("D1", "Dubois SARL"), "FD1", "2026-03-02", 60_000)
    world.invoice(world.customer("D2", "Duval SARL"), "FD2", "2026-03-02", 60_000)
    world.until("2026-03-06", 12)
    march = March(world, world.run(planned(world.creditor)))
    world.invoice(world.customer("D3", "Durand SARL"), "FD3", "2026-03-13", 60_000)
    world.until("2026-03-09", 12)
    question = world.question(QuestionKind.MIGRATION)
    march.waiting = world.api("GET", f"/flow_runs/{question.run}").json()
    world.pay("FD2", 10_000)
    march.status = world.resume(question, world.form(question, "move", {})).status_code
    world.settle()
    march.answered = world.api("GET", f"/flow_runs/{question.run}").json()
    world.until("2026-03-24", 12)
    return march


def test_the_plan_waits_in_the_inbox_as_one_question(march: March) -> None:
    assert (march.waiting["name"], march.waiting["state"]["name"]) == (
        "Replace fr-b2b by gentle · 2 cases",
        "Suspended",
    )
    assert sorted(march.waiting["tags"]) == ["ask:migration", "todo:marie"]


def test_the_answer_says_what_moved_and_what_was_left(march: March) -> None:
    assert march.status in (200, 201)
    assert (march.answered["state"]["name"], march.answered["state"]["message"]) == (
        "Answered",
        "1 case moved to the new policy. Left, because they changed since: FD2.",
    )


def test_the_case_that_moved_follows_the_new_days_the_one_that_was_left_the_old_ones(march: March) -> None:
    assert told.messages(march.world, "D1") == [
        "2026-03-05 09:00 courtesy_reminder by email to compta@d1.example",
        "2026-03-23 09:00 second_reminder by email to compta@d1.example",
    ]
    assert told.messages(march.world, "D2") == [
        "2026-03-05 09:00 courtesy_reminder by email to compta@d2.example",
        "2026-03-16 09:00 second_reminder by email to compta@d2.example",
    ]


def test_the_same_run_carries_the_case_on_and_its_journal_is_whole(march: March) -> None:
    assert told.broken_place(march.world, "FD1") is None
    assert march.world.rows("SELECT generation FROM cases ORDER BY id") == [(1,), (1,), (1,)]
