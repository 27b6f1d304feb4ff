"""From five days before the due date to the end of the ladder: every message on the way, and no other."""

import re
from collections.abc import Callable
from logging import INFO

import pytest

from policies.questions import QuestionKind
from storage.court_deeds import EventWords, record_event
from storage.hold_deeds import Deed
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
    first = world.case_run("FA-4")["id"]
    world.until("2026-03-09", 12)
    assert world.answer(world.question(QuestionKind.DAILY_REVIEW), "send_all") is None
    world.until("2026-03-10", 12)
    assert told.state(world, "FA-5") == "Suspended"
    assert told.state(world, "FA-3") == "Waiting"
    for invoice in ("FA-3", "FA-5"):
        world.pay(invoice)
    world.run(money.bounce(world.creditor, "FA-4"))
    world.settle(10)
    assert (world.case_run("FA-4")["id"], told.state(world, "FA-4")) == (first, "Waiting")
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
    world.until("2026-07-16", 12)
    before_the_court(world, "filed", "2026-06-18")
    before_the_court(world, "rejected", "2026-07-16")
    world.until("2026-07-17", 12)
    assert world.answer(world.question(QuestionKind.EXHAUSTED), "write_off", note="Nothing left to seize") is None
    world.settle(10)


def before_the_court(world: World, what: str, on: str) -> None:
    """Something happened with Dupont's file before the court."""
    [(file,)] = world.rows("SELECT id FROM legal_file")
    done = world.run(record_event(file, EventWords(what, on), "lea", world.now()))
    assert isinstance(done, Deed), done


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
    assert run["name"] == "Dupont SARL · FA-1 · 3\u202f000,00\xa0€"
    assert (run["state"]["type"], run["state"]["name"]) == ("CANCELLED", "Written off")
    assert run["state"]["message"] == (
        "Written off: 3\u202f000,00\xa0€, 137 days after it was due. Legal file handed over."
    )
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
    first, *others = told.logs(world, world.case_run("FA-1")["id"], 18)
    assert first[1].startswith("Timeline of FA-1: http://127.0.0.1:")
    [(file,)] = world.rows("SELECT id FROM legal_file")
    held = f"on hold (court: court file {file}: Injonction de payer) until its owner ends it"
    assert others == [
        (INFO, "Nothing sent yet; upcoming notice on 25 Feb"),
        (INFO, "Upcoming notice sent; courtesy reminder on 5 Mar"),
        (INFO, "Courtesy reminder sent; second reminder on 16 Mar"),
        (INFO, "Second reminder sent; formal notice on 1 Apr"),
        (INFO, "Waiting for the answer in the daily review"),
        (INFO, "Formal notice sent; follow-up call on 14 Apr"),
        (INFO, "Waiting for marie: Call the customer · Dupont SARL · 3\u202f000,00\xa0€"),
        (INFO, "Follow-up call made; mediation on 21 Apr"),
        (INFO, "Waiting for marie: Outcome of the mediation · Dupont SARL · 3\u202f000,00\xa0€"),
        (INFO, "Mediation sent; collection agency on 18 May"),
        (INFO, "Waiting for marie: Approve agency · Dupont SARL · 3\u202f000,00\xa0€"),
        (INFO, "Agency file handed over; court on 17 Jun"),
        (INFO, "Waiting for marie: Approve legal · Dupont SARL · 3\u202f000,00\xa0€"),
        (INFO, f"Legal file handed over; {held}"),
        (INFO, "Legal file handed over; waits until 17 Jul"),
        (INFO, "Waiting for marie: End of the ladder · Dupont SARL · 3\u202f000,00\xa0€"),
        (INFO, "Written off: 3\u202f000,00\xa0€, 137 days after it was due. Legal file handed over."),
    ]


def test_the_journals_of_all_cases_are_whole(world: World) -> None:
    assert [told.broken_place(world, f"FA-{number}") for number in range(1, 6)] == [None] * 5


def test_the_timeline_tells_what_was_done_and_leaves_the_machinery_out(world: World) -> None:
    [(mediation, placement, file)] = world.rows("SELECT m.id, p.id, f.id FROM mediation m, placement p, legal_file f")
    assert re.findall(r"^\| (2026.*) \|$", told.timeline(world, "FA-1"), re.MULTILINE) == [
        "2026-02-25 00:00 | Case opened",
        "2026-02-25 09:00 | Upcoming notice sent by email",
        "2026-03-05 09:00 | Courtesy reminder sent by email",
        "2026-03-16 09:00 | Second reminder sent by email",
        "2026-04-01 09:00 | A person was asked (daily review)",
        "2026-04-01 14:00 | Formal notice approved",
        "2026-04-01 14:00 | Answered by marie (daily review)",
        "2026-04-01 14:00 | Formal notice sent by email",
        "2026-04-14 09:00 | A person was asked (call outcome)",
        "2026-04-14 14:00 | Follow-up call done",
        "2026-04-14 14:00 | marie called: Refuses to pay",
        "2026-04-14 14:00 | Answered by marie (call outcome)",
        "2026-04-21 09:00 | Mediation sent by email",
        "2026-04-21 09:00 | A person was asked (mediation outcome)",
        f"2026-04-21 09:00 | Mediation {mediation} proposed, answer by 2026-05-06",
        "2026-04-21 09:00 | Deadline set: mediation answer by 2026-05-06",
        "2026-04-21 14:00 | Mediation done",
        "2026-04-21 14:00 | Deadline kept: mediation answer, on 2026-04-21",
        f"2026-04-21 14:00 | Mediation {mediation}: failed, said by marie",
        "2026-04-21 14:00 | Answered by marie (mediation outcome)",
        "2026-05-18 09:00 | A person was asked (approve)",
        "2026-05-18 14:00 | Agency approved",
        "2026-05-18 14:00 | Answered by marie (approve)",
        "2026-05-18 14:00 | Agency file handed over",
        "2026-05-18 14:00 | Placed with a collection agency (C1-20260518-EUR)",
        "2026-06-17 09:00 | A person was asked (approve)",
        "2026-06-17 14:00 | marie chose the way to court: Injonction de payer",
        "2026-06-17 14:00 | Legal approved",
        "2026-06-17 14:00 | Answered by marie (approve)",
        "2026-06-17 14:00 | Legal file handed over",
        f"2026-06-17 14:00 | Court file {file} opened: Injonction de payer",
        "2026-06-17 14:00 | On hold (court)",
        f"2026-06-17 14:00 | Placement {placement}: recalled",
        f"2026-06-17 14:00 | Placement {placement} is over: recalled",
        f"2026-07-16 14:00 | Court file {file}: filed with the court or the officer, on 2026-06-18",
        f"2026-07-16 14:00 | Court file {file}: the court rejected the claim, on 2026-07-16",
        "2026-07-16 14:00 | Released by lea",
        "2026-07-17 09:00 | A person was asked (exhausted)",
        "2026-07-17 14:00 | Written off by marie",
        "2026-07-17 14:00 | Answered by marie (exhausted)",
        "2026-07-17 14:00 | Closed: written off",
    ]


def test_an_invoice_imported_sixty_days_late_starts_with_the_courtesy_reminder_and_keeps_the_gaps(world: World) -> None:
    assert told.messages(world, "C2") == [
        "2026-02-20 09:00 courtesy_reminder by email to compta@c2.example",
        "2026-02-27 09:00 second_reminder by email to compta@c2.example",
        "2026-03-09 13:00 formal_notice by email to compta@c2.example",
    ]
    assert told.steps(world, "FA-2") == [
        "2026-02-20 upcoming lapsed",
        "2026-02-20 courtesy_reminder confirmed",
        "2026-02-27 second_reminder confirmed",
        "2026-03-09 formal_notice confirmed",
        "2026-03-23 follow_up_call confirmed",
    ]


def test_an_invoice_imported_with_a_stage_reached_never_hears_anything_gentler(world: World) -> None:
    assert told.messages(world, "C3") == [
        "2026-02-25 09:00 second_reminder by email to compta@c3.example",
        "2026-03-09 13:00 formal_notice by email to compta@c3.example",
    ]
    assert told.steps(world, "FA-3") == [
        "2026-02-18 upcoming elsewhere",
        "2026-02-18 courtesy_reminder elsewhere",
        "2026-02-25 second_reminder confirmed",
        "2026-03-09 formal_notice confirmed",
    ]


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
