"""From five days before the due date to the end of the ladder: every message on the way, and no other."""

import re
from collections.abc import Callable

import pytest

from policies.questions import QuestionKind
from tests.engine import money, told
from tests.engine.world import World


@pytest.fixture(scope="module")
def world(begin: Callable[..., World]) -> World:
    """Friday 20 February to Friday 17 July 2026, five customers."""
    world = begin("2026-02-20")
    world.invoice(world.customer("C1", "Dupont SARL"), "FA-1", "2026-03-02", 300_000)
    world.invoice(world.customer("C2", "Moreau SA"), "FA-2", "2025-12-22", 150_000)
    reached = {"reached_stage": "courtesy_reminder", "reached_on": "2026-02-18"}
    world.invoice(world.customer("C3", "Petit SAS"), "FA-3", "2026-01-26", 120_000, **reached)
    world.invoice(world.customer("C4", "Leroy SARL"), "FA-4", "2026-03-02", 80_000)
    reached = {"reached_stage": "formal_notice", "reached_on": "2026-02-24"}
    world.invoice(world.customer("C5", "Garnier SA"), "FA-5", "2026-01-26", 90_000, **reached)
    march(world)
    april_to_july(world)
    return world


def march(world: World) -> None:
    """Money for FA-4, sent back by its bank; a review for two customers; money for FA-3 and FA-5."""
    world.until("2026-03-06", 12)
    world.pay("FA-4")
    world.settle(10)
    assert told.state(world, "FA-4") == "Paid"
    world.until("2026-03-09", 12)
    assert world.answer(world.question(QuestionKind.DAILY_REVIEW), "send_all") is None
    world.until("2026-03-10", 12)
    assert told.state(world, "FA-5") == "Suspended"
    assert told.state(world, "FA-3") == "Waiting"
    for invoice in ("FA-3", "FA-5"):
        world.pay(invoice)
    world.run(money.bounce(world.creditor, "FA-4"))
    world.settle(10)
    world.until("2026-03-23", 12)
    for question in world.inbox():
        assert world.answer(question, "refuses") is None
    world.until("2026-03-24", 12)
    for invoice in ("FA-2", "FA-4"):
        world.pay(invoice)
    world.settle(10)


def april_to_july(world: World) -> None:
    """Only Dupont is left."""
    world.until("2026-04-01", 12)
    assert world.answer(world.question(QuestionKind.DAILY_REVIEW), "send_all") is None
    world.until("2026-04-14", 12)
    assert world.answer(world.question(QuestionKind.CALL_OUTCOME), "refuses") is None
    world.until("2026-04-21", 12)
    assert world.answer(world.question(QuestionKind.MEDIATION_OUTCOME), "failed") is None
    world.until("2026-05-18", 12)
    assert world.answer(world.question(QuestionKind.APPROVE), "send") is None
    world.until("2026-06-17", 12)
    assert world.answer(world.question(QuestionKind.APPROVE), "send") is None
    world.until("2026-07-17", 12)
    assert world.answer(world.question(QuestionKind.EXHAUSTED), "write_off", note="Nothing left to seize") is None
    world.settle(10)


def test_one_invoice_climbs_every_step_to_the_end(world: World) -> None:
    assert told.messages(world, "C1") == [
        "2026-02-25 09:00 upcoming by email to compta@c1.example",
        "2026-03-05 09:00 courtesy_reminder by email to compta@c1.example",
        "2026-03-16 09:00 second_reminder by email to compta@c1.example",
        "2026-04-01 14:00 formal_notice by email to compta@c1.example",
        "2026-04-21 09:00 mediation by email to compta@c1.example",
        "2026-05-18 14:00 agency by handover to compta@atelier-nord.example",
        "2026-06-17 14:00 legal by handover to compta@atelier-nord.example",
    ]


def test_a_person_is_asked_once_at_every_stage_that_needs_one(world: World) -> None:
    assert told.questions(world, "C1") == [
        "2026-04-01 09:00 daily_review formal_notice answered",
        "2026-04-14 09:00 call_outcome follow_up_call answered",
        "2026-04-21 09:00 mediation_outcome mediation answered",
        "2026-05-18 09:00 approve agency answered",
        "2026-06-17 09:00 approve legal answered",
        "2026-07-17 09:00 exhausted answered",
    ]


def test_a_case_that_is_written_off_says_so_in_the_run_list(world: World) -> None:
    run = world.case_run("FA-1")
    assert (run["name"], run["state"]["type"], run["state"]["name"]) == (
        "Dupont SARL · FA-1 · 3 000,00 €".replace(" 000", "\u202f000").replace(" €", "\u00a0€"), "CANCELLED", "Written off",
    )  # fmt: skip
    assert run["state"]["message"].startswith("Written off: 3")
    assert run["tags"] == ["customer:C1", "outcome:written_off"]
    assert run["parameters"].keys() == {"case", "generation"}


def test_only_business_acts_are_task_runs(world: World) -> None:
    assert told.task_runs(world, world.case_run("FA-1")["id"]) == [
        "E-mail · upcoming notice · compta@c1.example",
        "E-mail · courtesy reminder · compta@c1.example",
        "E-mail · second reminder · compta@c1.example",
        "E-mail · formal notice · compta@c1.example",
        "E-mail · mediation · compta@c1.example",
        "File · agency · compta@atelier-nord.example",
        "File · legal · compta@atelier-nord.example",
    ]


def test_the_logs_are_business_sentences_none_above_info(world: World) -> None:
    assert told.logs(world, world.case_run("FA-1")["id"]) == []


def test_the_journals_of_all_cases_are_whole(world: World) -> None:
    assert [told.broken_place(world, f"FA-{number}") for number in range(1, 6)] == [None] * 5


def test_the_timeline_tells_what_was_done_and_leaves_the_machinery_out(world: World) -> None:
    rows = re.findall(r"^\| (2026.*) \|$", told.timeline(world, "FA-1"), re.MULTILINE)
    assert rows == []


def test_an_invoice_imported_sixty_days_late_starts_with_the_courtesy_reminder_and_keeps_the_gaps(world: World) -> None:
    assert told.messages(world, "C2") == [
        "2026-02-20 09:00 courtesy_reminder by email to compta@c2.example",
        "2026-02-27 09:00 second_reminder by email to compta@c2.example",
        "2026-03-09 13:00 formal_notice by email to compta@c2.example",
    ]
    assert told.steps(world, "FA-2") == []


def test_an_invoice_imported_with_a_stage_reached_never_hears_anything_gentler(world: World) -> None:
    assert told.messages(world, "C3") == [
        "2026-02-25 09:00 second_reminder by email to compta@c3.example",
        "2026-03-09 13:00 formal_notice by email to compta@c3.example",
    ]
    assert told.steps(world, "FA-3") == []


def test_a_payment_for_a_waiting_case_ends_its_run_as_paid(world: World) -> None:
    run = world.case_run("FA-3")
    assert (run["state"]["type"], run["state"]["name"]) == ("COMPLETED", "Paid")


def test_a_payment_for_a_suspended_case_ends_its_run_as_paid_and_its_question(world: World) -> None:
    run = world.case_run("FA-5")
    assert (run["state"]["type"], run["state"]["name"]) == ("COMPLETED", "Paid")
    assert told.messages(world, "C5") == []
    assert told.questions(world, "C5") == ["2026-03-10 09:00 call_outcome follow_up_call voided"]


def test_a_payment_that_comes_back_revives_the_same_run_at_the_age_of_the_invoice(world: World) -> None:
    assert told.messages(world, "C4") == [
        "2026-02-25 09:00 upcoming by email to compta@c4.example",
        "2026-03-05 09:00 courtesy_reminder by email to compta@c4.example",
        "2026-03-16 09:00 second_reminder by email to compta@c4.example",
    ]
    assert [state for _, state in told.runs_of(world, "FA-4")] == ["Paid"]


def test_the_sink_holds_what_the_ledger_confirms_and_nothing_else(world: World) -> None:
    assert told.agreed(world)


def test_nothing_is_stored_as_a_result(world: World) -> None:
    assert list(world.stack.home.prefect.glob("**/results/*")) == []
