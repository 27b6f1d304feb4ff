"""Two files before a court: an order to pay whose service a person is asked about twice, then a title, a bailiff and the money;
and a small claim by commissaire de justice, while which nothing tells the debtor how to pay.

The deadlines are counted in tests/policies/test_court_life.py; here is what people are asked, and all that left."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from policies.questions import QuestionKind
from storage.court_deeds import EventWords, record_event
from storage.hold_deeds import Deed
from storage.questions import Question
from tests.engine import told
from tests.engine.world import World

COUNSEL = "etude@durand.example"
ORDER, SMALL = "Take it to court: Injonction de payer", "Take it to court: Small claims by commissaire de justice"


@dataclass
class Autumn:
    """The world, and what was seen on the way."""

    world: World
    seen: dict[str, Any] = field(default_factory=dict)

    def event(self, file: int, what: str, on: str, **more: str) -> None:
        done = self.world.run(record_event(file, EventWords(what, on, **more), "lea", self.world.now()))
        assert isinstance(done, Deed), done

    def about(self, kind: QuestionKind, name: str) -> Question:
        (found,) = [one for one in self.world.inbox() if one.kind is kind and name in one.title]
        return found

    def file(self, number: int) -> str:
        return str(self.world.rows("SELECT state FROM legal_file WHERE id = :id", id=number)[0][0])


@pytest.fixture(scope="module")
def autumn(begin: Callable[..., World]) -> Autumn:
    """Both invoices were with an agency until 15 July 2026: a file may go to court from 14 August on."""
    world = begin("2026-08-12", legal_email=COUNSEL)
    seen = Autumn(world)
    dupont, martin = world.customer("C1", "Dupont SARL"), world.customer("C2", "Martin SAS")
    world.invoice(dupont, "FA-1", "2026-05-01", 9_000_00, reached_stage="agency", reached_on="2026-07-15")
    world.invoice(martin, "FB-1", "2026-05-01", 1_200_00, reached_stage="agency", reached_on="2026-07-15")
    world.invoice(martin, "FB-2", "2026-08-20", 300_00)
    world.until("2026-08-18", 8)
    first = seen.about(QuestionKind.APPROVE, "Dupont")
    seen.seen["ways"] = first.offers
    assert world.answer(first, "send") is None
    small = seen.about(QuestionKind.APPROVE, "Martin")
    assert world.answer(small, "offer_2") is None
    world.until("2026-08-18", 9)
    again = seen.about(QuestionKind.APPROVE, "Martin")
    seen.seen["again"] = again.offers[0]
    assert world.answer(again, "send") is None
    world.until("2026-08-18", 10)
    seen.seen["files"] = world.rows(
        "SELECT f.id, d.number, f.route FROM legal_file f JOIN customer d ON d.id = f.customer_id ORDER BY d.number"
    )
    return seen


def test_the_ways_are_proposed_and_the_one_chosen_is_kept(autumn: Autumn) -> None:
    assert autumn.seen["ways"] == (ORDER, "Take it to court: Référé-provision", "Take it to court: Ordinary claim")
    assert autumn.seen["again"] == SMALL
    assert [row[1:] for row in autumn.seen["files"]] == [("C1", "injonction_de_payer"), ("C2", "small_claims")]


def test_the_small_claim_tells_nobody_how_to_pay_until_its_outcome(autumn: Autumn) -> None:
    world = autumn.world
    small = autumn.seen["files"][1][0]
    autumn.event(small, "letter_sent", "2026-08-18")
    world.until("2026-09-05")
    assert world.acts("C2") == [
        ("2026-08-18", "legal", COUNSEL), ("2026-08-18", "upcoming", "compta@c2.example"),
        ("2026-08-24", "courtesy_reminder", "compta@c2.example"),
        ("2026-09-01", "second_reminder", "compta@c2.example"),
    ]  # fmt: skip
    letters = world.rows(
        "SELECT m.text FROM message m JOIN customer d ON d.id = m.customer_id WHERE d.number = 'C2' AND m.stage <> 'legal'"
    )
    assert letters
    assert not any("FB-1" in str(row[0]) for row in letters)
    autumn.event(small, "refused", "2026-09-05")
    assert autumn.file(small) == "refused"
    assert world.rows("SELECT count(*) FROM hold WHERE kind = 'court' AND ended_at IS NULL") == [(1,)]


def test_a_person_is_asked_twice_about_the_service_and_the_file_learns_of_it(autumn: Autumn) -> None:
    world = autumn.world
    order = autumn.seen["files"][0][0]
    autumn.event(order, "filed", "2026-08-20")
    autumn.event(order, "order_made", "2026-09-04")
    asked = []
    for day in ("2026-11-04", "2026-11-24"):
        world.until(day, 8)
        question = autumn.about(QuestionKind.DEADLINE, "Dupont")
        asked.append((day, question.title))
        code, more = ("known", {}) if day == "2026-11-04" else ("done", {"date": "2026-10-20"})
        assert world.answer(question, code, **more) is None
        world.settle()
    assert asked == [
        ("2026-11-04", "Last day 4 December 2026 · Serving the order to pay (Injonction de payer) · Dupont SARL"),
        ("2026-11-24", "Last day 4 December 2026 · Serving the order to pay (Injonction de payer) · Dupont SARL"),
    ]
    assert autumn.file(order) == "served"
    assert world.rows("SELECT kind, last_day::text FROM deadline WHERE state = 'standing' ORDER BY last_day") == [
        ("opposition", "2026-11-20"), ("order_enforceable", "2026-12-21"),
    ]  # fmt: skip


def test_the_title_the_bailiff_the_money_and_the_court_is_told(autumn: Autumn) -> None:
    world = autumn.world
    order = autumn.seen["files"][0][0]
    autumn.event(order, "no_opposition", "2026-11-24")
    autumn.event(order, "title", "2026-11-24")
    autumn.event(order, "to_bailiff", "2026-11-24", last_day="2027-02-24")
    world.pay("FA-1")
    world.until("2026-11-25", 8)
    question = autumn.about(QuestionKind.COURT_PAID, "Dupont")
    assert world.answer(question, "told", date="2026-11-25") is None
    assert autumn.file(order) == "paid"
    assert world.rows("SELECT kind FROM deadline WHERE state = 'standing'") == []
    assert [row[0] for row in world.rows("SELECT a.kind FROM limitation_act a JOIN cases c ON c.id = a.case_id ORDER BY a.id")] == [
        "court_act", "court_title",
    ]  # fmt: skip
    assert world.acts("C1") == [("2026-08-18", "legal", COUNSEL)]
    assert told.broken_place(world, "FA-1") is None
    assert told.broken_place(world, "FB-1") is None
