"""A customer writes on a Friday evening: nothing leaves until somebody has read it. Its owner is reminded on Monday, the manager
told on Tuesday; the promise that was made is broken, and the ladder goes on where it stood."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from policies.incoming import Incoming, IncomingKind
from policies.questions import QuestionKind
from storage.incoming import Received, keep
from storage.session import transaction
from tasks.question_standing import titled
from tests.engine import told
from tests.engine.world import World

PROMISE = "promise"


@dataclass
class Weeks:
    """The world, and what was seen on the way."""

    world: World
    seen: dict[str, Any] = field(default_factory=dict)


async def write_back(world: World, words: str) -> None:
    """Dupont's accounts answer."""
    at = await _now()
    what = Incoming(
        IncomingKind.REPLY, "A person wrote it.", "<r1@dupont.example>", "compta@d1.example", "Re: FD-1", words,
        references=("FD-1",),
    )  # fmt: skip
    received = Received(what, "email", what.message_id, "compta@atelier-nord.example", words.encode(), at)
    async with transaction() as connection:
        await keep(connection, received, at)


async def _now() -> Any:
    from storage import clock

    return await clock.now()


@pytest.fixture(scope="module")
def weeks(begin: Callable[..., World]) -> Weeks:
    """The second reminder would leave on Monday, 9 March 2026."""
    world = begin("2026-02-27", owner="marie", manager="paul")
    weeks = Weeks(world)
    world.invoice(world.customer("D1", "Dupont SARL"), "FD-1", "2026-02-25", 900_00)
    world.until("2026-03-06", 19)
    world.run(write_back(world, "Bonsoir,\nnous réglerons vendredi prochain."))
    for name, day, hour in (("friday", "2026-03-06", 20), ("monday", "2026-03-09", 17), ("tuesday", "2026-03-10", 17)):
        world.until(day, hour)
        weeks.seen[name] = seen(world)
    question = world.question(QuestionKind.REPLY)
    weeks.seen["wrong"] = world.resume(question, world.form(question, PROMISE, {"date": "vendredi"}), "paul").json()
    world.until("2026-03-10", 18)
    question = world.question(QuestionKind.REPLY)
    weeks.seen["again"] = question.problem
    keys = world.api("GET", f"/flow_runs/{question.run}").json()["state"]["state_details"]["run_input_keyset"]
    for name in ("schema", "description"):
        weeks.seen[name] = world.api("GET", f"/flow_runs/{question.run}/input/{keys[name]}").json()
    values = world.form(question, PROMISE, {"date": "2026-03-13", "note": "Ms Roy"})
    weeks.seen["right"] = world.resume(question, values, "paul").json()
    world.until("2026-03-11", 12)
    weeks.seen["waits"] = world.case_run("FD-1")["state"]["message"]
    weeks.seen["run"] = world.api("GET", f"/flow_runs/{question.run}").json()
    world.until("2026-03-19", 12)
    return weeks


def seen(world: World) -> tuple[str, str, list[str], str]:
    """Question, who is to answer, the tags of its run, and what its run says."""
    question = world.question(QuestionKind.REPLY)
    run = world.api("GET", f"/flow_runs/{question.run}").json()
    return titled(question), run["name"], sorted(run["tags"]), run["state"]["message"]


def test_it_is_asked_the_same_evening_and_stands_in_the_inbox_of_its_owner(weeks: Weeks) -> None:
    title = "Reply · Dupont SARL · 900,00\xa0€"
    tags = ["ask:reply", "customer:D1", "todo:marie"]
    assert weeks.seen["friday"] == (title, title, tags, f"Waiting for marie: {title}")


def test_unread_its_owner_is_reminded_on_monday_and_the_manager_told_on_tuesday(weeks: Weeks) -> None:
    titles = [f"{before}: Reply · Dupont SARL · 900,00\xa0€" for before in ("Reminder", "Escalated")]
    tags = [["ask:reply", "customer:D1", f"todo:{who}"] for who in ("marie", "paul")]
    assert [weeks.seen[day] for day in ("monday", "tuesday")] == [
        (titles[0], titles[0], tags[0], f"Waiting for marie: {titles[0]}"),
        (titles[1], titles[1], tags[1], f"Waiting for paul: {titles[1]}"),
    ]


def test_a_wrong_date_is_asked_again_with_the_reason(weeks: Weeks) -> None:
    told_ = "date: “vendredi” is not a date; write it as YYYY-MM-DD, for example 2026-03-17."
    assert (weeks.seen["wrong"]["detail"], weeks.seen["again"]) == (told_, told_)
    assert weeks.seen["description"].startswith(f"**Your last answer was not taken:** {told_}")
    assert "> nous réglerons vendredi prochain." in weeks.seen["description"]


def test_the_form_has_four_fields_of_text_and_one_must_be_chosen(weeks: Weeks) -> None:
    schema = weeks.seen["schema"]
    assert (list(schema["properties"]), schema["required"]) == (["decision", "date", "invoices", "note"], ["decision"])
    assert len(schema["properties"]["decision"]["enum"]) == 15


def test_the_promise_holds_and_the_case_says_so(weeks: Weeks) -> None:
    assert weeks.seen["right"]["status"] == "ACCEPT"
    assert "promise" in weeks.seen["waits"].lower()
    assert (weeks.seen["run"]["state"]["type"], weeks.seen["run"]["tags"]) == ("COMPLETED", ["ask:reply"])
    assert weeks.world.rows("SELECT reason, source, actor, on_day::text, words FROM answer_reason") == [
        ("promise", "reply", "paul", "2026-03-10", "Ms Roy")
    ]


def test_nothing_left_meanwhile_and_after_the_broken_promise_the_ladder_goes_on(weeks: Weeks) -> None:
    assert weeks.world.rows("SELECT kind, word FROM hold ORDER BY id") == [
        ("unread_reply", None),
        ("promise", "broken"),
    ]
    assert [(day, stage) for day, stage, _ in weeks.world.acts("D1")] == [
        ("2026-03-02", "courtesy_reminder"), ("2026-03-18", "second_reminder"),
    ]  # fmt: skip
    assert told.broken_place(weeks.world, "FD-1") is None
