"""A morning on which many formal notices are due: one question a customer, one review for all the small ones."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from policies.questions import QuestionKind
from tests.engine import told
from tests.engine.world import World

SECOND = {"reached_stage": "second_reminder", "reached_on": "2026-03-16"}
"""What the old system had sent: the formal notice is due on Wednesday, 1 April 2026, at nine."""


@dataclass
class Morning:
    """The world, and what was seen on the way."""

    world: World
    waiting: list[tuple[str, str]] = field(default_factory=list)
    reviews: list[str] = field(default_factory=list)
    suspended: list[str] = field(default_factory=list)
    refusal: str | None = None


@pytest.fixture(scope="module")
def morning(begin: Callable[..., World]) -> Morning:
    """Two customers with twelve invoices each, forty with one each, from Tuesday to Friday."""
    world = begin("2026-03-31")
    for number, name in (("B1", "Bernard SA"), ("B2", "Blanc SA")):
        customer = world.customer(number, name)
        for place in range(1, 13):
            world.invoice(customer, f"{number}-{place:02}", "2026-03-02", 100_000, **SECOND)
    for place in range(1, 41):
        customer = world.customer(f"S{place:02}", f"Société {place:02}")
        world.invoice(customer, f"F{place:02}", "2026-03-02", 10_000 + place, **SECOND)
    morning = Morning(world)
    wednesday(morning)
    thursday_and_friday(morning)
    return morning


def wednesday(morning: Morning) -> None:
    """Part payments arrive between question and answer; everything is answered at two in the afternoon."""
    world = morning.world
    world.until("2026-04-01", 12)
    morning.waiting = [
        (run["state"]["name"], run["state"]["message"]) for run in (world.case_run(f"B1-{n:02}") for n in (1, 2, 12))
    ]
    morning.suspended = suspended(world)
    approve = {one.title.split(" · ")[0]: one for one in world.inbox() if one.kind is QuestionKind.APPROVE}
    print(approve.keys(), [one.title for one in world.inbox()])
    stale = next(one for one in world.inbox() if "Blanc" in one.title)
    world.pay("B2-03", 40_000)
    world.pay("F01", 4_000)
    world.settle()
    morning.refusal = world.answer(stale, "send")
    for question in [one for one in world.inbox() if one.kind is QuestionKind.APPROVE]:
        assert world.answer(question, "send") is None
    review(morning, "send_except", customers="S02")


def thursday_and_friday(morning: Morning) -> None:
    """What was left out is asked again."""
    morning.world.until("2026-04-02", 12)
    review(morning, "none_today")
    morning.world.until("2026-04-03", 12)
    review(morning, "send_all")
    morning.world.settle()


def review(morning: Morning, code: str, **values: str) -> None:
    """Answer the review that is open."""
    question = morning.world.question(QuestionKind.DAILY_REVIEW)
    morning.reviews.append(question.title)
    assert morning.world.answer(question, code, **values) is None


def suspended(world: World) -> list[str]:
    """The names of the runs that stand in the inbox."""
    body = {"flow_runs": {"state": {"name": {"any_": ["Suspended"]}}}, "sort": "NAME_ASC"}
    return [run["name"] for run in world.api("POST", "/flow_runs/filter", body).json()]


def test_x(morning: Morning) -> None:
    world = morning.world
    print(morning)
    for c in ("B1", "B2", "S01", "S02", "S03"):
        print(told.messages(world, c), told.questions(world, c))
    print(world.rows("select kind, stage, state, title, asked_at from question where customer_id is null"))
    print(world.rows("select count(*), state from message group by 2"))
    print(world.rows("select d.number, m.demanded, count(*) from message m join effect e on e.message_id=m.id join customer d on d.id=m.customer_id where e.state='confirmed' group by 1,2 having count(*)>1"))
    assert told.agreed(world)
    assert 0
