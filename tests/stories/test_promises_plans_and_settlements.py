"""What customers agree to is waited for, told once, and followed by what the bank says: every message that leaves."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from policies.questions import QuestionKind
from tests.engine import told
from tests.engine.person import Person
from tests.engine.runs import ended, registered
from tests.engine.world import World

CUSTOMERS = {
    "KEEP": "Dupont SARL", "PART": "Martin SAS", "BREAK": "Petit SARL", "PLAN": "Roux SAS", "LESS": "Blanc SARL",
}  # fmt: skip


@dataclass
class Spring:
    """The world, and the names of the runs people started."""

    world: World
    runs: list[str]


@pytest.fixture(scope="module")
def spring(begin: Callable[..., World]) -> Spring:
    """From Tuesday, 3 March 2026, to the end of May. Each owes 900,00 € since the 2nd; reminders leave on the 5th."""
    world = begin("2026-03-03", good_news=True)
    for number, name in CUSTOMERS.items():
        world.invoice(world.customer(number, name), f"F-{number}", "2026-03-02", 90_000)
    world.until("2026-03-05", 12)
    registered(world, "settlement")
    claire = Person(world.stack, "claire")
    runs = [
        ended(world, claire.start("promise", customer=one, payments="2026-03-12=900.00"))
        for one in ("KEEP", "PART", "BREAK")
    ]
    runs.append(
        ended(world, claire.start("payment-plan", customer="PLAN", payments="3 from 2026-03-20", late_days="5"))
    )
    runs.append(
        ended(
            world, claire.start("settlement", customer="LESS", amount="700.00", by="2026-03-20", why="soon insolvent")
        )
    )
    runs.append(ended(world, claire.start("settlement", customer="LESS", amount="much", by="soon", why="")))
    assert world.answer(world.question(QuestionKind.SETTLEMENT), "offer") is None
    world.until("2026-03-12", 10)
    world.pay("F-KEEP")
    world.pay("F-PART", 40_000)
    world.until("2026-03-18", 10)
    world.pay("F-PART", 50_000)
    world.pay("F-BREAK")
    world.until("2026-03-20", 10)
    world.pay("F-PLAN", 30_000)
    world.until("2026-03-26", 10)
    world.pay("F-LESS", 70_000)
    world.until("2026-03-27", 10)
    world.pay("F-LESS", 20_000)
    world.until("2026-04-20", 10)
    world.pay("F-PLAN", 30_000)
    world.until("2026-05-27", 18)
    return Spring(world, [one["state"]["message"] for one in runs])


def left(spring: Spring, customer: str) -> list[str]:
    """Every message to the customer: day and stage, or what it tells."""
    return [f"{day[5:]} {what}" for day, what, _ in spring.world.acts(customer)]


def test_acts_name_their_runs_and_what_is_wrong_is_told(spring: Spring) -> None:
    [(plan,), (offer,)] = spring.world.rows("SELECT id FROM agreement ORDER BY id")
    assert spring.runs == [
        "hold · Dupont SARL · promise of one payment on 12 Mar",
        "hold · Martin SAS · promise of one payment on 12 Mar",
        "hold · Petit SARL · promise of one payment on 12 Mar",
        f"plan · Roux SAS · agreement {plan}, 3 payments from 20 Mar",
        f"settlement · Blanc SARL · agreement {offer} proposed",
        f"invoice: F-LESS is in agreement {offer}: name other invoices, or cancel it first.",
    ]


def test_a_promise_that_is_kept_ends_in_thanks(spring: Spring) -> None:
    assert left(spring, "KEEP") == ["03-05 courtesy_reminder", "03-12 payment_received"]


def test_a_promise_kept_in_part_or_broken_lets_the_ladder_go_on_after_the_bank_days(spring: Spring) -> None:
    assert left(spring, "PART") == [
        "03-05 courtesy_reminder", "03-12 payment_received", "03-17 second_reminder", "03-18 payment_received",
    ]  # fmt: skip
    assert left(spring, "BREAK") == ["03-05 courtesy_reminder", "03-17 second_reminder", "03-18 payment_received"]


def test_a_plan_is_confirmed_reminded_of_and_lapses_in_its_third_month(spring: Spring) -> None:
    assert left(spring, "PLAN") == [
        "03-05 courtesy_reminder", "03-05 plan_agreed", "03-17 instalment_due", "03-20 payment_received",
        "04-17 instalment_due", "04-20 payment_received", "05-18 instalment_due", "05-26 second_reminder",
        "05-26 plan_lapsed",
    ]  # fmt: skip
    assert told.broken_place(spring.world, "F-PLAN") is None


def test_a_settlement_paid_late_is_void_and_the_full_sum_is_collected(spring: Spring) -> None:
    assert left(spring, "LESS") == [
        "03-05 courtesy_reminder", "03-05 settlement_offer", "03-25 second_reminder", "03-25 settlement_void",
        "03-26 payment_received", "03-27 payment_received",
    ]  # fmt: skip
    assert told.state(spring.world, "F-LESS") == "Paid"
