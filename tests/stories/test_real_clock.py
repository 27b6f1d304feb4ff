"""On the real clock: Prefect's own timer wakes a waiting run; money and the switch of the pool act within a poll."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from policies.questions import QuestionKind
from storage.clock import Mode
from storage.lock_classes import DEBTOR
from tests.engine import told
from tests.engine.person import Person
from tests.engine.runs import start
from tests.engine.world import World
from tests.faults.outside import Outside

POLLS = 5.0
"""Seconds: one poll, and what a busy machine needs to carry out what it found."""


@dataclass
class Minute:
    """The world, and what was seen on the way."""

    world: World
    waiting: str = ""
    untouched: bool = False
    slept: float = 0.0
    paused: str = ""
    paid_after: float = 0.0


@pytest.fixture(scope="module")
def minute(begin: Callable[..., World], outside: Outside) -> Minute:
    """Two cases that have days to wait. Claire stops the first one while another run of its customer is busy."""
    today = datetime.now(UTC).date()
    world = begin(today.isoformat(), Mode.REAL)
    reached = {"reached_stage": "courtesy_reminder", "reached_on": today.isoformat()}
    first = world.customer("R1", "Robert SA")
    world.invoice(first, "FR1", (today - timedelta(days=4)).isoformat(), 90_000, **reached)
    world.invoice(world.customer("R2", "Roche SA"), "FR2", (today - timedelta(days=4)).isoformat(), 90_000, **reached)
    start(world, "open-cases")
    for invoice in ("FR1", "FR2"):
        told.comes_to(world, invoice, "Waiting")
    minute, claire = Minute(world), Person(world.stack, "claire")
    outside.hold(f"SELECT pg_advisory_xact_lock({DEBTOR}, hashtext('{first}'))")
    claire.cancel(world.case_run("FR1")["id"])
    minute.waiting = seen(world, "FR1", "A question to the same customer")
    since = time.monotonic()
    outside.let_go()
    pay_while_paused(minute, claire)
    minute.untouched = world.rows("SELECT count(*) FROM cases WHERE wake_at IS NOT NULL") == [(0,)]
    told.comes_to(world, "FR1", "Suspended", 60)
    minute.slept = time.monotonic() - since
    return minute


def seen(world: World, invoice: str, words: str) -> str:
    """What a run says once it says something that begins with these words."""
    for _ in range(150):
        state = world.case_run(invoice)["state"]
        if str(state["message"]).startswith(words):
            return f"{state['name']}: {state['message']}"
        time.sleep(0.1)
    raise AssertionError(f"{invoice} says {state['message']}")


def pay_while_paused(minute: Minute, claire: Person) -> None:
    """Roche pays while the pool is paused; then it goes on."""
    world = minute.world
    claire.pause_pool(True)
    time.sleep(1.5)
    world.pay("FR2")
    time.sleep(2.5)
    minute.paused = told.state(world, "FR2")
    claire.pause_pool(False)
    since = time.monotonic()
    told.comes_to(world, "FR2", "Paid")
    minute.paid_after = time.monotonic() - since


def test_a_run_that_finds_another_one_busy_waits_half_a_minute_on_prefects_timer(minute: Minute) -> None:
    assert minute.waiting == "Waiting: A question to the same customer is being written."
    assert minute.untouched
    assert 25 < minute.slept < 45


def test_when_prefect_wakes_it_the_run_asks_what_it_had_to_ask(minute: Minute) -> None:
    assert "claire stopped the run" in minute.world.question(QuestionKind.HOLD_REVIEW).description


def test_while_the_pool_is_paused_not_even_money_moves_a_run(minute: Minute) -> None:
    assert minute.paused == "Waiting"


def test_money_ends_the_run_within_a_poll(minute: Minute) -> None:
    assert minute.paid_after < POLLS


def test_nothing_was_sent(minute: Minute) -> None:
    assert minute.world.rows("SELECT count(*) FROM message") == [(0,)]
