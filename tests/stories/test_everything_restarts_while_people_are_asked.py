"""PostgreSQL, the server and the dispatcher are started again while a question of each common kind waits: each is asked once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from policies.dispute_form import DisputeWords
from policies.questions import QuestionKind
from storage import clock
from storage.agreement_deeds import propose_set_off, propose_settlement
from storage.dispute_deeds import open_dispute
from tasks.agreement_words import about_proposal
from tests.engine.person import Person
from tests.engine.world import World
from tests.faults.warm import WarmDispatchers

REACHED: dict[str, tuple[str, str, int, str, str]] = {
    "notice": ("Dupont SARL", "2026-03-02", 900_000, "second_reminder", "2026-03-16"),
    "small notice": ("Petit SARL", "2026-03-02", 40_000, "second_reminder", "2026-03-16"),
    "call": ("Garage Lemoine", "2026-02-16", 90_000, "formal_notice", "2026-03-18"),
    "court": ("Durand SA", "2025-12-10", 900_000, "agency", "2026-03-01"),
    "the end": ("Moreau SARL", "2025-10-01", 90_000, "legal", "2026-02-01"),
    "stopped": ("Roux SAS", "2026-03-20", 90_000, "courtesy_reminder", "2026-03-27"),
    "disputed": ("Blanc SARL", "2026-03-20", 90_000, "courtesy_reminder", "2026-03-27"),
    "for less": ("Faure SARL", "2026-03-20", 90_000, "courtesy_reminder", "2026-03-27"),
    "set off": ("Michel SARL", "2026-03-20", 90_000, "courtesy_reminder", "2026-03-27"),
}
"""What waits in each customer's case: name, due day, amount in cents, stage reached, and when."""
SUSPENDED = {"flow_runs": {"state": {"type": {"any_": ["PAUSED"]}}}, "limit": 200}


@dataclass
class Day:
    """The world, and what was asked before and after everything was started again."""

    world: World
    before: list[tuple[Any, ...]] = field(default_factory=list)
    after: list[tuple[Any, ...]] = field(default_factory=list)
    suspended: list[str] = field(default_factory=list)

    def asked(self) -> list[tuple[Any, ...]]:
        """Every open question: number, kind, stage, what it shows, and the run that carries it."""
        return sorted((one.id, one.kind, one.stage, one.fingerprint, str(one.run)) for one in self.world.inbox())


@pytest.fixture(scope="module")
def day(begin: Callable[..., World], warm: WarmDispatchers) -> Day:
    """Wednesday, 1 April 2026, two o'clock in Paris."""
    world = begin("2026-03-31", legal_email="avocat@cabinet.example", agency_email="agence@recouvre.example")
    for number, (what, (name, due, total, stage, on)) in enumerate(REACHED.items()):
        customer = world.customer(f"C{number}", name, phone="+33240112233")
        world.invoice(customer, f"F {what}", due, total, reached_stage=stage, reached_on=on)
    world.until("2026-04-01", 11)
    Person(world.stack, "claire").cancel(world.case_run("F stopped")["id"])
    people_do(world)
    world.until("2026-04-01", 12)
    day = Day(world)
    day.before = day.asked()
    warm.stop()
    world.stack.stop_desk()
    world.stack.restart_postgres()
    world.stack.start_desk()
    warm.start()
    world.until("2026-04-01", 13)
    day.after = day.asked()
    day.suspended = [run["id"] for run in world.api("POST", "/flow_runs/filter", SUSPENDED).json()]
    return day


def people_do(world: World) -> None:
    """One customer disputes an invoice, less is proposed for another one's, and a set-off for a third one's."""

    async def deeds() -> list[object]:
        at = await clock.now()
        return [
            await open_dispute("C6", "F disputed", DisputeWords("quality"), "marie", at),
            await propose_settlement("C7", "", "500.00", "2026-04-20", "closes down", "marie", at, about_proposal),
            await propose_set_off("C8", "", "M-17", "300.00", "our purchase", "marie", at, about_proposal),
        ]

    done = world.run(deeds())
    assert not [one for one in done if isinstance(one, list)], done


def test_before_it_each_of_these_was_asked(day: Day) -> None:
    assert sorted((kind.value, "" if stage is None else stage.value) for _, kind, stage, *_ in day.before) == [
        ("approve", "formal_notice"),
        ("approve", "legal"),
        ("call_outcome", "follow_up_call"),
        ("daily_review", "formal_notice"),
        ("dispute", ""),
        ("exhausted", ""),
        ("hold_review", ""),
        ("set_off", ""),
        ("settlement", ""),
    ]


def test_after_it_the_same_is_asked_and_nothing_else(day: Day) -> None:
    assert day.after == day.before


def test_each_is_carried_by_one_run_and_no_run_asks_anything_besides(day: Day) -> None:
    assert sorted(day.suspended) == sorted(run for *_, run in day.after)


def test_each_can_still_be_answered_once(day: Day) -> None:
    question = day.world.question(QuestionKind.EXHAUSTED)
    form = day.world.form(question, "wait_30", {})
    assert day.world.resume(question, form).json()["status"] == "ACCEPT"
    day.world.settle()
    assert [one.kind for one in day.world.inbox()].count(QuestionKind.EXHAUSTED) == 0
