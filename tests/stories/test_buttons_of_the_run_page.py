"""Every button of Prefect's run page means something safe: nothing is sent, nothing is lost, nobody's Cancel is overruled."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from policies.questions import QuestionKind
from tests.engine import told
from tests.engine.person import Person
from tests.engine.runs import ended, reconcile
from tests.engine.world import World

LATE_SECOND = {"reached_stage": "second_reminder", "reached_on": "2026-03-27"}
"""The formal notice is due on Tuesday, 7 April 2026, after Easter: until then the case waits."""
SECOND = {"reached_stage": "second_reminder", "reached_on": "2026-03-16"}
"""The formal notice is due on Wednesday, 1 April: above the limit the run is suspended."""


@dataclass
class Desk:
    """The world after Claire has used every button on a waiting and on a suspended run."""

    world: World
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, list[tuple[bool, str]]] = field(default_factory=dict)
    steps: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    copies: list[tuple[str, str]] = field(default_factory=list)
    stopped: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture(scope="module")
def desk(begin: Callable[..., World]) -> Desk:
    """Seven waiting and seven suspended runs at two in the afternoon of Wednesday, 1 April 2026."""
    world = begin("2026-03-31")
    for place in range(7):
        world.invoice(world.customer(f"W{place}", f"Weber {place}"), f"FW{place}", "2026-03-02", 50_000, **LATE_SECOND)
        world.invoice(world.customer(f"U{place}", f"Ulmer {place}"), f"FU{place}", "2026-03-02", 600_000, **SECOND)
    world.until("2026-04-01", 12)
    desk = Desk(world)
    use_every_button(desk)
    answer_what_was_stopped(desk)
    return desk


def use_every_button(desk: Desk) -> None:
    """Claire uses one button on one run of each kind, some program past the desk does the same; then `reconcile` looks."""
    world, claire = desk.world, Person(desk.world.stack, "claire")
    for kind in ("FW", "FU"):
        runs = [world.case_run(f"{kind}{place}") for place in range(7)]
        for place in range(7):
            desk.before[f"{kind}{place}"] = runs[place]["id"]
        claire.cancel(runs[0]["id"])
        claire.complete(runs[1]["id"])
        claire.delete(runs[2]["id"])
        copy = claire.copy(runs[4])
        claire.retry(runs[5]["id"])
        found = ended(world, copy)["state"]
        desk.copies.append((found["type"], found["name"]))
    claire.delete(desk.before["FW3"], desk.before["FU3"])
    world.api("DELETE", f"/flow_runs/{desk.before['FW6']}").raise_for_status()
    body = {"state": {"type": "CANCELLED", "name": "Cancelled"}, "force": True}
    world.api("POST", f"/flow_runs/{desk.before['FU6']}/set_state", body).raise_for_status()
    reconcile(world)
    for invoice, first in desk.before.items():
        desk.after[invoice] = [(id == first, state) for id, state in told.runs_of(world, invoice)]
        number = invoice.removeprefix("F")
        desk.steps[invoice] = (told.messages(world, number), told.questions(world, number))
    desk.stopped = [(one.title, one.description) for one in world.inbox() if one.kind is QuestionKind.HOLD_REVIEW]


def answer_what_was_stopped(desk: Desk) -> None:
    """Claire says what becomes of the four runs she stopped; then the week after Easter comes."""
    world = desk.world
    said = {"Weber 0": "resume", "Ulmer 0": "resume", "Weber 1": "withdraw", "Ulmer 1": "write_off"}
    for question in [
        one for one in world.inbox() if one.kind is QuestionKind.HOLD_REVIEW and "Ulmer 6" not in one.title
    ]:
        (code,) = [code for name, code in said.items() if name in question.title]
        reason = {} if code == "resume" else {"note": "agreed with sales"}
        assert world.answer(question, code, **reason) is None
    world.settle()
    world.until("2026-04-07", 12)
    assert world.answer(world.question(QuestionKind.DAILY_REVIEW), "send_all") is None
    world.settle()


def test_nothing_is_sent_because_of_a_button(desk: Desk) -> None:
    assert [messages for messages, _ in desk.steps.values()] == [[]] * 14


def test_cancel_and_complete_are_a_hold_on_the_same_run(desk: Desk) -> None:
    for invoice in ("FW0", "FU0", "FW1", "FU1"):
        assert desk.after[invoice] == [(True, "Suspended")]


def test_who_stopped_a_run_is_asked_what_becomes_of_it(desk: Desk) -> None:
    assert {title.split(" · ")[1]: "claire stopped the run" in words for title, words in desk.stopped} == {
        "Ulmer 0": True, "Ulmer 1": True, "Ulmer 6": False, "Weber 0": True, "Weber 1": True,
    }  # fmt: skip


def test_what_was_done_past_the_desk_is_found_by_reconcile(desk: Desk) -> None:
    assert (desk.after["FW6"], desk.after["FU6"]) == ([(False, "Waiting")], [(True, "Suspended")])
    (words,) = [words for title, words in desk.stopped if "Ulmer 6" in title]
    assert "somebody stopped the run" in words


def test_a_question_that_was_open_when_its_run_was_stopped_gives_way_and_comes_back_after_resume(desk: Desk) -> None:
    assert told.questions(desk.world, "U0") == [
        "2026-04-01 09:00 approve formal_notice voided",
        "2026-04-01 14:00 hold_review answered",
        "2026-04-01 14:00 approve formal_notice open",
    ]


def test_a_deleted_waiting_run_is_made_anew_at_the_same_step(desk: Desk) -> None:
    assert (desk.after["FW2"], desk.after["FW3"]) == ([(False, "Waiting")], [(False, "Waiting")])


def test_a_deleted_suspended_run_is_made_anew_with_the_same_question(desk: Desk) -> None:
    for invoice in ("FU2", "FU3"):
        assert desk.after[invoice] == [(False, "Suspended")]
        assert desk.steps[invoice][1] == ["2026-04-01 09:00 approve formal_notice open"]


def test_a_copy_sees_the_live_run_and_ends_as_a_duplicate(desk: Desk) -> None:
    assert desk.copies == [("CANCELLED", "Duplicate")] * 2
    assert sorted(desk.after["FW4"]) == [(False, "Duplicate"), (True, "Waiting")]
    assert sorted(desk.after["FU4"]) == [(False, "Duplicate"), (True, "Suspended")]


def test_retry_only_looks_again(desk: Desk) -> None:
    assert (desk.after["FW5"], desk.after["FU5"]) == ([(True, "Waiting")], [(True, "Suspended")])


def test_resumed_withdrawn_or_written_off_is_what_its_owner_says(desk: Desk) -> None:
    assert told.state(desk.world, "FW1") == "Withdrawn"
    assert told.state(desk.world, "FU1") == "Written off"
    assert told.messages(desk.world, "W0") == ["2026-04-07 14:00 formal_notice by email to compta@w0.example"]


def test_every_case_goes_on_with_exactly_one_message(desk: Desk) -> None:
    for place in (0, 2, 3, 4, 5, 6):
        notice = f"2026-04-07 14:00 formal_notice by email to compta@w{place}.example"
        assert told.messages(desk.world, f"W{place}") == [notice]
        assert told.messages(desk.world, f"U{place}") == []


def test_the_journals_are_whole(desk: Desk) -> None:
    assert {told.broken_place(desk.world, invoice) for invoice in desk.before} == {None}
