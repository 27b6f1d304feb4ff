"""Which answers count: those a person gave to what stands there now, through a door that wrote them down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from flows import forms
from policies.questions import QuestionKind
from storage.questions import Question
from tests.engine import told
from tests.engine.person import Person
from tests.engine.world import World

SECOND = {"reached_stage": "second_reminder", "reached_on": "2026-03-16"}
NOTICE = {"reached_stage": "formal_notice", "reached_on": "2026-03-18"}


@dataclass
class Day:
    """The world at noon of Wednesday, 1 April 2026, and what every door answered."""

    world: World
    claire: Person
    answers: dict[str, httpx.Response] = field(default_factory=dict)
    seen: dict[str, Any] = field(default_factory=dict)

    def question(self, customer: str) -> Question:
        """The one open question about a customer."""
        ((id,),) = self.world.rows("SELECT id FROM customer WHERE number = :n", n=customer)
        (found,) = [one for one in self.world.inbox() if one.customer == id]
        return found

    def by_claire(self, customer: str, code: str, question: Question | None = None, **values: str) -> httpx.Response:
        """Claire fills in the form of the question (as it stands, or as she opened it) and submits it."""
        found = question or self.question(customer)
        if question is None:
            told.asked_run(self.world, str(found.run))
        return self.claire.answer(str(found.run), self.world.form(found, code, values))


@pytest.fixture(scope="module")
def day(begin: Callable[..., World]) -> Day:
    """Six customers, each with one question open at noon."""
    world = begin("2026-03-31")
    for place in range(1, 6):
        keller = world.customer(f"K{place}", f"Keller {place} SARL")
        world.invoice(keller, f"FK{place}", "2026-03-02", 700_000, **SECOND)
    world.invoice(world.customer("K6", "Keller 6 SARL"), "FK6", "2026-02-16", 300_000, **NOTICE)
    world.until("2026-04-01", 12)
    day = Day(world, Person(world.stack, "claire"))
    moved_on(day)
    planted(day)
    stale(day)
    unreadable(day)
    for customer in ("K1", "K2"):
        day.answers[f"{customer} at last"] = day.by_claire(customer, "send")
    day.answers["K5"] = day.by_claire("K5", "wait_7")
    world.until("2026-04-10", 12)
    return day


def moved_on(day: Day) -> None:
    """Somebody moves a suspended run on with *Retry* instead of answering."""
    run = day.world.case_run("FK1")
    day.claire.retry(run["id"])
    day.world.settle()
    day.seen["K1"] = (told.state(day.world, "FK1"), day.question("K1").attempt, told.messages(day.world, "K1"))


def planted(day: Day) -> None:
    """An answer is written straight into Prefect, and the run is moved on; then resumed without a name."""
    world, question = day.world, day.question("K2")
    run = world.case_run("FK2")
    key = run["state"]["state_details"]["run_input_keyset"]["response"]
    values = world.form(question, "send", {})
    body = {"key": key, "value": httpx.Response(200, json=values).text}
    day.answers["planted"] = world.api("POST", f"/flow_runs/{run['id']}/input", body)
    world.api("POST", f"/flow_runs/{run['id']}/set_state", {"state": {"type": "SCHEDULED"}, "force": True})
    told.comes_to(world, "FK2", "Suspended")
    day.answers["nameless"] = world.api("POST", f"/flow_runs/{run['id']}/resume", {"run_input": values})
    day.seen["K2"] = (told.state(world, "FK2"), day.question("K2").attempt, told.messages(world, "K2"))


def stale(day: Day) -> None:
    """Claire opens two forms; a part payment arrives; she submits one before and one after the run has seen it."""
    world, opened = day.world, {customer: day.question(customer) for customer in ("K3", "K4")}
    for invoice in ("FK3", "FK4"):
        world.pay(invoice, 100_000)
    day.answers["K3 stale"] = day.by_claire("K3", "send", opened["K3"])
    world.settle()
    day.answers["K4 stale"] = day.by_claire("K4", "send", opened["K4"])
    world.settle()
    for customer in ("K3", "K4"):
        day.answers[f"{customer} anew"] = day.by_claire(customer, "send")
    world.settle()


def unreadable(day: Day) -> None:
    """A promise on a day nobody can read; then on one that can."""
    world = day.world
    day.answers["K6 bad"] = day.by_claire("K6", "promised", date="8 avril")
    world.settle()
    asked = day.question("K6")
    run = world.case_run("FK6")
    key = run["state"]["state_details"]["run_input_keyset"]["description"]
    shown = world.api("GET", f"/flow_runs/{run['id']}/input/{key}")
    day.seen["K6"] = (run["state"]["name"], asked.attempt, shown.text)
    day.seen["K6 form"] = forms.description(asked)
    day.answers["K6 good"] = day.by_claire("K6", "promised", date="2026-04-03")
    world.settle()


def said(answer: httpx.Response) -> tuple[int, str]:
    """What a door answered: status and sentence."""
    return answer.status_code, str(answer.json().get("detail") or answer.json())


def test_a_run_moved_on_without_an_answer_asks_again(day: Day) -> None:
    assert day.seen["K1"] == ("Suspended", 2, [])


def test_an_answer_planted_in_prefect_approves_nothing(day: Day) -> None:
    assert day.answers["planted"].status_code == 201
    assert day.seen["K2"] == ("Suspended", 2, [])
    actors = day.world.rows(
        "SELECT a.actor, a.role, a.door, v.accepted FROM answer a JOIN answer_verdict v ON v.answer_id = a.id "
        "JOIN question q ON q.id = a.question_id JOIN customer d ON d.id = q.customer_id WHERE d.number = 'K2' ORDER BY a.id"
    )
    assert actors == [("service", "", "service", False), ("claire", "admin", "desk", True)]


def test_an_answer_without_a_name_is_refused(day: Day) -> None:
    assert day.answers["nameless"].status_code == 403


def test_asked_again_a_person_answers_and_the_message_leaves(day: Day) -> None:
    for customer in ("K1", "K2"):
        assert day.answers[f"{customer} at last"].status_code == 201
        notice = f"2026-04-01 14:00 formal_notice by email to compta@{customer.lower()}.example"
        assert told.messages(day.world, customer) == [notice]


def test_a_form_opened_before_a_part_payment_is_refused_in_words(day: Day) -> None:
    for customer in ("K3", "K4"):
        status, words = said(day.answers[f"{customer} stale"])
        assert (status, words.partition(":")[0]) == (409, "The case has changed since this form was opened")


def test_after_a_part_payment_the_run_asks_again_with_the_new_amount(day: Day) -> None:
    for customer in ("K3", "K4"):
        assert day.answers[f"{customer} anew"].status_code == 201
        assert told.questions(day.world, customer) == [
            "2026-04-01 09:00 approve formal_notice voided",
            "2026-04-01 14:00 approve formal_notice answered",
        ]
        demanded = day.world.rows(
            "SELECT m.demanded FROM message m JOIN customer d ON d.id = m.customer_id "
            "WHERE d.number = :n AND m.state = 'confirmed'", n=customer,
        )  # fmt: skip
        assert demanded == [(600_000,)]


def test_a_date_nobody_can_read_is_asked_again_with_the_reason_on_top(day: Day) -> None:
    assert said(day.answers["K6 bad"])[0] == 409
    state, attempt, shown = day.seen["K6"]
    assert (state, attempt) == ("Suspended", 2)
    assert day.seen["K6 form"].startswith("**Your last answer was not taken:** date: ")
    assert "Your last answer was not taken" in shown


def test_a_promise_holds_everything_until_its_day_and_the_ladder_goes_on_after_it(day: Day) -> None:
    assert day.answers["K6 good"].status_code == 201
    assert day.world.rows("SELECT reason, source, actor FROM answer_reason") == [("promise", "call", "claire")]
    assert told.messages(day.world, "K6") == ["2026-04-09 09:00 mediation by email to compta@k6.example"]
    assert told.questions(day.world, "K6") == [
        "2026-03-31 09:01 call_outcome follow_up_call answered",
        "2026-04-09 09:00 mediation_outcome mediation open",
    ]


def test_waiting_seven_days_asks_again_on_the_day_after(day: Day) -> None:
    assert told.messages(day.world, "K5") == []
    assert told.questions(day.world, "K5") == [
        "2026-04-01 09:00 approve formal_notice answered",
        "2026-04-09 09:00 approve formal_notice open",
    ]


def test_the_journal_names_who_answered(day: Day) -> None:
    rows = day.world.rows("SELECT DISTINCT facts ->> 'actor' FROM journal WHERE kind = 'answered'")
    assert rows == [("claire",)]
    assert QuestionKind.APPROVE in {one.kind for one in day.world.inbox()}
