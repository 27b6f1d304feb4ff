"""A credit note that names no invoice: the formal notice waits, a person says what it is for, the notice asks for the rest.
And half a year later somebody is asked whether what is known of the customer is still so."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from policies.questions import QuestionKind
from storage.invoices import import_invoices
from tests.engine import told
from tests.engine.world import World
from tests.storage.books import credit_note, invoice

DUE, NUMBER = "2026-03-02", "FC-1"


@dataclass
class Year:
    """The world, and what was seen on the way."""

    world: World
    seen: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def year(begin: Callable[..., World]) -> Year:
    """Formal notices are due on Wednesday, 1 April 2026; 900.00 are open, and 150.00 in a credit note without a reference."""
    world = begin("2026-03-20")
    year = Year(world)
    bill = invoice(NUMBER, DUE, 900_00, issued=date(2026, 2, 1))
    note = credit_note("AV-1", "", 150_00, on="2026-03-10")
    world.run(import_invoices([bill, note], "erp", "sha", world.creditor, world.now()))
    world.until("2026-04-20", 8)
    year.seen["waiting"] = world.case_run(NUMBER)["state"]["message"]
    question = world.question(QuestionKind.CREDIT)
    year.seen["asked"] = question.title
    year.seen["accepted"] = world.answer(question, "oldest")
    world.until("2026-04-20", 18)
    review = world.question(QuestionKind.DAILY_REVIEW)
    year.seen["notice"] = review.description
    assert world.answer(review, "send_all") is None
    world.until("2026-04-21", 12)
    year.seen["stages"] = [stage for _, stage, _ in world.acts("C1")]
    world.until("2026-09-30", 12)
    year.seen["reviews"] = [one.title for one in world.inbox() if one.kind is QuestionKind.DATA_REVIEW]
    return year


def test_the_notice_waits_and_the_run_says_for_what(year: Year) -> None:
    assert "150.00 EUR of credit note AV-1 is set against no invoice" in year.seen["waiting"]


def test_a_person_is_asked_once_what_the_credit_is_for(year: Year) -> None:
    assert (year.seen["asked"], year.seen["accepted"]) == (
        "What is this credit for? · Dupont SARL · 150,00\xa0€",
        None,
    )


def test_the_notice_asks_for_the_rest_alone(year: Year) -> None:
    assert year.seen["stages"][-1] == "formal_notice"
    assert "750,00" in year.seen["notice"]
    assert told.broken_place(year.world, NUMBER) is None


def test_half_a_year_after_collecting_began_the_customers_data_are_looked_at(year: Year) -> None:
    assert year.seen["reviews"] == ["Are these data still right? · Dupont SARL"]
