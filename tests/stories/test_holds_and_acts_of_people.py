"""Everybody may stop collecting, each in his own way: by a hold, by money, by the switches of the pool and the creditor."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from storage import clock, creditor
from tests.engine import told
from tests.engine.person import Person
from tests.engine.runs import ended
from tests.engine.world import World, at
from tests.faults.outside import Outside

COURTESY = {"reached_stage": "courtesy_reminder", "reached_on": "2026-03-23"}
NAMES = ("Hubert", "Huet", "Hamon", "Henry", "Hardy", "Herve", "Humbert", "Hoarau", "Heitz")


@dataclass
class Week:
    """The world, and what was seen on the way."""

    world: World
    claire: Person
    acts: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    paused: tuple[str, int] = ("", -1)
    again: str = ""


@pytest.fixture(scope="module")
def week(begin: Callable[..., World], outside: Outside) -> Week:
    """Nine customers whose second reminder is due on Wednesday, 1 April 2026, at nine (the last one's on Friday)."""
    world = begin("2026-03-31")
    for place, name in enumerate(NAMES, 1):
        due = "2026-03-22" if name == "Heitz" else "2026-03-20"
        world.invoice(world.customer(f"H{place}", name), f"FH{place}", due, 90_000, **COURTESY)
    week = Week(world, Person(world.stack, "claire"))
    world.until("2026-03-31", 12)
    tuesday(week)
    wednesday(week, outside)
    switched_off(week)
    return week


def act(week: Week, deployment: str, **parameters: str) -> str:
    """Claire fills in the form of an act; answers its run."""
    run = ended(week.world, week.claire.start(deployment, **parameters))
    key = f"{deployment} {parameters['customer']}"
    week.acts[key] = (run["state"]["name"], run["name"], run["state"]["message"])
    return str(run["id"])


def tuesday(week: Week) -> None:
    """What customers said, and what Claire makes of it."""
    act(week, "hold", customer="H1", invoice="FH1", reason="waits for a credit note", until="2026-04-08")
    act(week, "hold", customer="H2", reason="the director is away")
    act(week, "log-call", customer="H3", what_was_said="Promised to pay on the date below", date="2026-04-10")
    act(week, "log-call", customer="H4", what_was_said="Disputes the invoice", note="half of it never came")
    act(week, "says-paid", customer="Hardy", remark="transfer of Monday")
    noted = act(week, "note", customer="H6", text="closed on Fridays")
    week.claire.again(noted)
    week.again = ended(week.world, noted)["state"]["message"]
    act(week, "hold", customer="nobody", reason="a slip")
    week.world.settle()


def wednesday(week: Week, outside: Outside) -> None:
    """The pool is paused over nine o'clock. When it goes on, Humbert pays between the decision and the sending."""
    world = week.world
    world.until("2026-03-31", 18)  # what Tuesday's dispute and calls have to be asked is asked
    week.claire.pause_pool(True)
    time.sleep(1.5)  # one poll
    world.run(clock.run_until(at("2026-04-01", 8)))
    time.sleep(2.5)
    week.paused = (f"{world.now():%Y-%m-%d %H:%M}", len(world.rows("SELECT id FROM message")))
    outside.hold("LOCK TABLE effect IN EXCLUSIVE MODE")
    week.claire.pause_pool(False)
    outside.until_waiting("INSERT INTO effect")
    paying = threading.Thread(target=world.pay, args=("FH7",))
    paying.start()
    outside.until_waiting("SELECT id FROM cases WHERE id = ANY")
    outside.let_go()
    paying.join(20)
    world.until("2026-04-01", 12)
    act(week, "release", customer="H2")
    world.settle()


def switched_off(week: Week) -> None:
    """From Thursday to Tuesday after Easter the creditor collects nothing."""
    world = week.world
    world.until("2026-04-02", 12)
    world.run(creditor.set_collecting(world.creditor, False, "claire", world.now()))
    world.until("2026-04-07", 6)
    world.run(creditor.set_collecting(world.creditor, True, "claire", world.now()))
    world.until("2026-04-15", 12)


def test_every_act_names_its_own_run(week: Week) -> None:
    assert {key: name for key, (_, name, _) in week.acts.items() if "nobody" not in key} == {
        "hold H1": "hold · Hubert · until 8 Apr",
        "hold H2": "hold · Huet · until released",
        "log-call H3": "call · Hamon · promised 10 Apr",
        "log-call H4": "call · Henry · disputes",
        "says-paid Hardy": "call · Hardy · says paid",
        "note H6": "note · Herve · customer",
        "release H2": "release · Huet · collecting goes on",
    }


def test_an_act_that_cannot_be_done_says_why(week: Week) -> None:
    state, _, message = week.acts["hold nobody"]
    assert state == "Not done"
    assert "nobody" in message


def test_a_hold_on_an_invoice_ends_on_its_day(week: Week) -> None:
    assert told.messages(week.world, "H1") == ["2026-04-09 09:00 second_reminder by email to compta@h1.example"]


def test_a_hold_on_a_customer_ends_when_it_is_released(week: Week) -> None:
    assert told.messages(week.world, "H2") == ["2026-04-01 14:00 second_reminder by email to compta@h2.example"]


def test_a_promise_holds_until_the_day_promised_and_the_days_its_money_travels(week: Week) -> None:
    assert told.messages(week.world, "H3") == ["2026-04-15 09:00 second_reminder by email to compta@h3.example"]


def test_a_dispute_holds_until_somebody_ends_it(week: Week) -> None:
    assert told.messages(week.world, "H4") == []
    run = week.world.case_run("FH4")
    assert run["state"]["name"] == "Waiting"
    assert "on hold (dispute: half of it never came) until its owner ends it" in run["state"]["message"]


def test_says_paid_leaves_the_money_five_days_to_arrive(week: Week) -> None:
    assert told.messages(week.world, "H5") == ["2026-04-07 09:00 second_reminder by email to compta@h5.example"]


def test_a_note_holds_nothing(week: Week) -> None:
    assert told.messages(week.world, "H6") == ["2026-04-01 09:00 second_reminder by email to compta@h6.example"]
    noted = week.world.rows("SELECT n.text FROM note n JOIN customer d ON d.id = n.customer_id WHERE d.number = 'H6'")
    assert noted == [("closed on Fridays",)]


def test_an_act_whose_run_is_moved_on_again_is_not_done_twice(week: Week) -> None:
    assert week.again.startswith("This was started once, and an act is carried out once: nothing was done now.")
    assert week.world.rows("SELECT count(*) FROM note WHERE text = 'closed on Fridays'") == [(1,)]


def test_pausing_the_pool_stops_all_collecting(week: Week) -> None:
    assert week.paused == ("2026-04-01 07:00", 0)


def test_a_payment_between_decision_and_sending_stops_the_sending(week: Week) -> None:
    assert told.state(week.world, "FH7") == "Paid"
    rows = week.world.rows(
        "SELECT e.state, m.state, m.handed_at FROM effect e JOIN message m ON m.id = e.message_id "
        "JOIN customer d ON d.id = m.customer_id WHERE d.number = 'H7'"
    )
    assert rows == [("voided", "voided", None)]


def test_others_are_not_held_up_by_it(week: Week) -> None:
    assert told.messages(week.world, "H8") == ["2026-04-01 09:00 second_reminder by email to compta@h8.example"]


def test_a_creditor_that_does_not_collect_sends_nothing_until_it_does_again(week: Week) -> None:
    assert told.messages(week.world, "H9") == ["2026-04-07 09:00 second_reminder by email to compta@h9.example"]


def test_sink_and_ledger_agree_and_the_journals_are_whole(week: Week) -> None:
    assert told.agreed(week.world)
    assert {told.broken_place(week.world, f"FH{place}") for place in range(1, 10)} == {None}
