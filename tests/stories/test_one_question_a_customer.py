"""A morning on which many formal notices are due: one question a customer, one review for all the small ones."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from policies.questions import QuestionKind
from tests.engine import money, told
from tests.engine.world import World

SECOND = {"reached_stage": "second_reminder", "reached_on": "2026-03-16"}
"""What the old system had sent: the formal notice is due on Wednesday, 1 April 2026, at nine."""


@dataclass
class Morning:
    """The world, and what was seen on the way."""

    world: World
    twelve: list[tuple[str, str]] = field(default_factory=list)
    suspended: list[str] = field(default_factory=list)
    reviews: list[str] = field(default_factory=list)
    refusal: str | None = None


@pytest.fixture(scope="module")
def morning(begin: Callable[..., World]) -> Morning:
    """A customer with twelve invoices, one with three, forty with one each; from Tuesday to Friday."""
    world = begin("2026-03-31")
    for number, name, count, total in (("B1", "Bernard SA", 12, 100_000), ("B2", "Blanc SA", 3, 400_000)):
        customer = world.customer(number, name)
        for place in range(1, count + 1):
            world.invoice(customer, f"{number}-{place:02}", "2026-03-02", total, **SECOND)
    for place in range(1, 41):
        customer = world.customer(f"S{place:02}", f"Société {place:02}")
        world.invoice(customer, f"F{place:02}", "2026-03-02", 10_000, **SECOND)
    morning = Morning(world)
    wednesday(morning)
    thursday_and_friday(morning)
    return morning


def wednesday(morning: Morning) -> None:
    """Part payments arrive between the questions and the answers; everything is answered at two in the afternoon."""
    world = morning.world
    world.until("2026-04-01", 12)
    runs = [world.case_run(f"B1-{place:02}") for place in range(1, 13)]
    morning.twelve = [(run["state"]["name"], run["state"]["message"]) for run in runs]
    morning.suspended = suspended(world)
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
    everything = tuple(f"B1-{place:02}" for place in range(1, 13))
    morning.world.run(money.book_together(morning.world.creditor, everything))
    morning.world.settle(15)


def review(morning: Morning, code: str, **values: str) -> None:
    """Answer the review that is open."""
    question = morning.world.question(QuestionKind.DAILY_REVIEW)
    morning.reviews.append(question.title)
    assert morning.world.answer(question, code, **values) is None


def suspended(world: World) -> list[str]:
    """The names of the runs that stand in the inbox."""
    body = {"flow_runs": {"state": {"name": {"any_": ["Suspended"]}}}, "sort": "NAME_ASC"}
    return [run["name"] for run in world.api("POST", "/flow_runs/filter", body).json()]


def effects(world: World, customer: str) -> list[tuple[str, int, int]]:
    """Every message to the customer with effects: state of the effects, their number, the amount demanded."""
    return world.rows(
        "SELECT e.state, count(*), m.demanded FROM effect e JOIN message m ON m.id = e.message_id "
        "JOIN customer d ON d.id = m.customer_id WHERE d.number = :customer GROUP BY m.id, e.state ORDER BY m.id",
        customer=customer,
    )


def test_everybody_due_on_a_morning_makes_two_questions_and_one_review(morning: Morning) -> None:
    assert morning.suspended == [
        "Bernard SA · B1-01 · 1\u202f000,00\xa0€",
        "Blanc SA · B2-01 · 4\u202f000,00\xa0€",
        "To approve 1 Apr · 40 customers · 4\u202f000,00\xa0€",
    ]


def test_twelve_invoices_are_one_question_led_by_the_oldest_one(morning: Morning) -> None:
    asked = ("Suspended", "Waiting for marie: Approve formal notice · Bernard SA · 12\u202f000,00\xa0€")
    assert morning.twelve == [asked] + [("Waiting", "Waiting for the answer with B1-01, same customer")] * 11


def test_twelve_invoices_are_one_answer_one_message_and_twelve_confirmed_effects(morning: Morning) -> None:
    assert told.questions(morning.world, "B1") == ["2026-04-01 09:00 approve formal_notice answered"]
    assert told.messages(morning.world, "B1") == ["2026-04-01 14:00 formal_notice by email to compta@b1.example"]
    assert effects(morning.world, "B1") == [("confirmed", 12, 1_200_000)]


def test_a_part_payment_between_question_and_answer_asks_again_with_the_new_amount(morning: Morning) -> None:
    assert "is not open" in str(morning.refusal)
    assert told.questions(morning.world, "B2") == [
        "2026-04-01 09:00 approve formal_notice voided",
        "2026-04-01 14:00 approve formal_notice answered",
    ]
    assert told.messages(morning.world, "B2") == ["2026-04-01 14:00 formal_notice by email to compta@b2.example"]
    assert effects(morning.world, "B2") == [("confirmed", 3, 1_160_000)]


def test_forty_small_customers_are_one_review(morning: Morning) -> None:
    rows = morning.world.rows("SELECT title, state FROM question WHERE customer_id IS NULL ORDER BY id")
    assert rows == [
        ("To approve 1 Apr · 40 customers · 4\u202f000,00\xa0€", "answered"),
        ("To approve 1 Apr · 1 customer · 60,00\xa0€", "voided"),  # widened the next morning
        ("To approve 2 Apr · 2 customers · 160,00\xa0€", "answered"),
        ("To approve 3 Apr · 2 customers · 160,00\xa0€", "answered"),
    ]


def test_one_answer_sends_to_all_but_the_customers_left_out(morning: Morning) -> None:
    sent = [told.messages(morning.world, f"S{place:02}") for place in range(3, 41)]
    assert sent == [
        [f"2026-04-01 14:00 formal_notice by email to compta@s{place:02}.example"] for place in range(3, 41)
    ]


def test_a_customer_left_out_is_asked_about_on_the_next_mornings_until_it_is_sent(morning: Morning) -> None:
    assert told.questions(morning.world, "S02") == [
        "2026-04-01 09:00 daily_review formal_notice answered",
        "2026-04-02 09:00 daily_review formal_notice answered",
        "2026-04-03 09:00 daily_review formal_notice answered",
    ]
    assert told.messages(morning.world, "S02") == ["2026-04-03 14:00 formal_notice by email to compta@s02.example"]


def test_a_line_whose_amount_changed_while_the_review_was_open_is_left_out_and_asked_again(morning: Morning) -> None:
    assert told.questions(morning.world, "S01") == [
        "2026-04-01 09:00 daily_review formal_notice voided",
        "2026-04-01 14:00 daily_review formal_notice answered",
        "2026-04-03 09:00 daily_review formal_notice answered",
    ]
    assert told.messages(morning.world, "S01") == ["2026-04-03 14:00 formal_notice by email to compta@s01.example"]
    assert effects(morning.world, "S01") == [("confirmed", 1, 6_000)]


def test_one_bank_line_for_twelve_invoices_ends_twelve_runs_as_paid_at_once(morning: Morning) -> None:
    assert [told.state(morning.world, f"B1-{place:02}") for place in range(1, 13)] == ["Paid"] * 12
    trouble = morning.world.rows("SELECT id, problem FROM cases WHERE failures > 0")
    assert (trouble, "deadlock" in morning.world.stack.log("dispatchers")) == ([], False)


def test_no_draft_stays_behind_once_its_question_is_answered(morning: Morning) -> None:
    assert morning.world.rows("SELECT count(*) FROM message WHERE state = 'draft'") == [(0,)]


def test_the_sink_holds_what_the_ledger_confirms_and_nothing_else(morning: Morning) -> None:
    assert told.agreed(morning.world)
