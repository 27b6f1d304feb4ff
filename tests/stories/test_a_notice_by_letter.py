"""A formal notice on paper: in the queue it is not posted, who pays meanwhile is not chased, and who never fetches his letter
is called when the delay it gave is over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from policies.letter_outcome import Outcome
from policies.questions import QuestionKind
from storage import clock, session
from storage.letter_outcomes import Told, outcome
from storage.letter_rows import all_letters
from tests.engine import told
from tests.engine.world import World

REACHED = {"reached_stage": "second_reminder", "reached_on": "2026-03-17"}


@dataclass
class Spring:
    """The world, and what was seen on the way."""

    world: World
    seen: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def spring(begin: Callable[..., World]) -> Spring:
    """Two customers without e-mail get their formal notice on Wednesday, 1 April 2026; one pays before it is posted."""
    world = begin("2026-03-30", live=True, letters="queue", registered_cost=583)
    for number, name in (("L1", "Laurent SARL"), ("L2", "Lefèvre SARL")):
        world.invoice(world.customer(number, name, email=""), f"FL-{number}", "2026-03-02", 90_000, **REACHED)
    world.run(addresses())
    spring = Spring(world)
    world.until("2026-04-01", 17)
    assert world.answer(world.question(QuestionKind.DAILY_REVIEW), "send_all") is None
    world.until("2026-04-02", 12)
    spring.seen["letters"] = world.question(QuestionKind.LETTERS).title
    spring.seen["waiting"] = world.case_run("FL-L1")["state"]["message"]
    spring.seen["folder"] = folder(world)
    world.pay("FL-L2")
    world.settle()
    spring.seen["paid"] = told.state(world, "FL-L2")
    world.until("2026-04-02", 13)
    spring.seen["folder after"] = folder(world)
    left = world.question(QuestionKind.LETTERS)
    spring.seen["letters after"], spring.seen["description"] = left.title, left.description
    assert world.answer(left, "posted") is None
    world.settle()
    spring.seen["posted"] = told.messages(world, "L1")
    world.until("2026-04-20", 12)
    spring.seen["calls before"] = calls(world)
    spring.seen["told"] = world.run(fetched_nothing())
    world.settle()
    spring.seen["then"] = world.case_run("FL-L1")["state"]["message"]
    spring.seen["calls in between"] = calls(world)
    world.until("2026-05-05", 12)
    spring.seen["calls"] = calls(world)
    return spring


async def addresses() -> None:
    """Where the post finds them."""
    async with session.transaction() as connection:
        await connection.execute(text("UPDATE contact SET postal = E'14 quai du Port\\n69002 Lyon'"))


async def fetched_nothing() -> str:
    """The post tells on 20 April that the letter was not collected."""
    letter = next(one.name for one in await all_letters() if one.posted_on is not None)
    ended = await outcome(letter, Outcome.NOT_COLLECTED, date(2026, 4, 20), "marie", await clock.now())
    assert isinstance(ended, Told), ended
    return ended.words.partition(" ")[2]


def calls(world: World) -> list[date]:
    """The days on which the open questions about calls were put."""
    return [one.asked_at.date() for one in world.inbox() if one.kind is QuestionKind.CALL_OUTCOME]


def folder(world: World) -> list[str]:
    """What lies in the print folder, and where."""
    found = Path(world.stack.home.path / "print").rglob("*.pdf")
    return sorted(f"{one.parent.name}" for one in found)


def test_the_letters_wait_in_the_queue_as_one_question_and_their_runs_say_so(spring: Spring) -> None:
    assert spring.seen["letters"] == "Letters · 2 to post"
    assert "in the print queue; a person posts it and says so" in spring.seen["waiting"]
    assert spring.seen["folder"] == ["2026-04-02", "2026-04-02"]


def test_who_pays_before_his_letter_is_posted_is_not_chased(spring: Spring) -> None:
    assert spring.seen["paid"] == "Paid"
    assert spring.seen["folder after"] == ["2026-04-02", "withdrawn"]
    assert spring.seen["letters after"] == "Letters · 1 to post"
    assert "Lefèvre SARL: FL-L2: paid in full" in spring.seen["description"]
    assert told.messages(spring.world, "L2") == []


def test_the_notice_is_done_on_the_day_it_was_posted(spring: Spring) -> None:
    assert len(spring.seen["posted"]) == 1
    assert "formal_notice by letter to 14 quai du Port, 69002 Lyon" in spring.seen["posted"][0]
    assert spring.seen["posted"][0].startswith("2026-04-02")


def test_a_letter_nobody_fetched_is_a_notice_and_its_delay_runs_from_the_day_the_post_tells(spring: Spring) -> None:
    assert spring.seen["told"].startswith("not collected at the post office on 2026-04-20. Cass. 1re civ., 20 Jan 2021")
    assert spring.seen["told"].endswith("The delay ends on 2026-04-30.")


def test_the_call_that_was_asked_for_is_taken_back_and_waits_for_the_end_of_that_delay(spring: Spring) -> None:
    assert (spring.seen["calls before"], spring.seen["calls in between"]) == ([date(2026, 4, 15)], [])
    assert "follow-up call on 4 May" in spring.seen["then"]  # 1 May is a holiday
    assert spring.seen["calls"] == [date(2026, 5, 4)]
