"""Paid on the 5th by a bundle with a typing error, statement on the 6th, reminder due on the 6th at nine: not sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest

from policies.payment_record import PaymentRecord
from policies.questions import QuestionKind
from storage import payments
from storage.case_views import explained
from storage.match_questions import ask_about_lines
from tasks.hand_over import channels_with_credentials
from tasks.match_words import about_a_line
from tests.engine import money, told
from tests.engine.world import World, at


@dataclass
class Month:
    """The world, and what was seen on the way."""

    world: World
    waiting: tuple[str, str] = ("", "")
    because: str = ""
    offers: tuple[str, ...] = ()
    asked: str = ""
    names: list[str] = field(default_factory=list)
    after: tuple[str, int] = ("", 0)


def statement(world: World) -> None:
    """The bank's file of the sixth: one payment of the fifth for two invoices, one number mistyped."""

    async def import_it() -> None:
        record = PaymentRecord(
            account="bank", booked=date(2026, 3, 5), value_date=date(2026, 3, 5), amount=170_000, currency="EUR",
            reference="", end_to_end_id="", counterparty="HOLDING DU LAC", iban="",
            text="REGLT FACTURES FA-2026-0142 ET FA-2026-0149", return_reason="", invoices=(), line=1,
        )  # fmt: skip
        await payments.book_payments([record], "bank.csv", "0" * 64, world.creditor, at("2026-03-06", 6))
        await ask_about_lines(at("2026-03-06", 6), about_a_line)

    world.run(import_it())


def why_it_waits(world: World, invoice: str) -> str:
    """What `case explain` answers last."""

    case = told.case_of(world, invoice)

    async def look() -> str:
        found = await explained(case, at("2026-03-06", 9), channels_with_credentials())
        return found.why.rules[-1].answer

    return world.run(look())


@pytest.fixture(scope="module")
def month(begin: Callable[..., World]) -> Month:
    """Two invoices due on the third; their courtesy reminder is due on the sixth at nine in Paris."""
    world = begin("2026-03-05")
    customer = world.customer("D1", "Dupont SARL")
    world.invoice(customer, "FA-2026-0142", "2026-03-03", 125_000)
    world.invoice(customer, "FA-2026-0143", "2026-03-03", 45_000)
    world.invoice(customer, "FA-2026-0144", "2026-03-20", 45_000)
    other = world.customer("D2", "Durand SARL")
    world.invoice(other, "FA-2026-0200", "2026-03-02", 80_000)
    month = Month(world)
    world.until("2026-03-06", 6)
    statement(world)
    world.until("2026-03-06", 12)
    run = world.case_run("FA-2026-0142")
    month.waiting = (run["state"]["name"], run["state"]["message"])
    month.because = why_it_waits(world, "FA-2026-0142")
    question = world.question(QuestionKind.MATCH)
    month.offers = question.offers
    assert question.run is not None
    month.asked = told.asked_run(world, str(question.run))["name"]
    assert world.answer(question, "offer_1") is None
    told.comes_to(world, "FA-2026-0142", "Paid")
    told.comes_to(world, "FA-2026-0143", "Paid")
    month.names = [told.state(world, number) for number in ("FA-2026-0142", "FA-2026-0143")]
    debit_that_comes_back(month)
    return month


def debit_that_comes_back(month: Month) -> None:
    """Durand pays on the tenth by direct debit; the bank takes it back on Friday the twentieth."""
    world = month.world
    world.until("2026-03-10", 9)
    world.pay("FA-2026-0200")
    told.comes_to(world, "FA-2026-0200", "Paid")
    world.until("2026-03-20", 9)
    world.run(money.bounce(world.creditor, "FA-2026-0200"))
    world.until("2026-03-20", 16)
    month.after = explained_words(world, "FA-2026-0200")


def explained_words(world: World, invoice: str) -> tuple[str, int]:
    """What the run waits with, and how many cases the invoice has had."""
    cases = world.rows(
        "SELECT count(*) FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :n", n=invoice
    )
    return str(world.case_run(invoice)["state"]["message"]), int(cases[0][0])


def test_the_reminder_of_the_sixth_is_not_sent(month: Month) -> None:
    assert told.messages(month.world, "D1") == ["2026-03-16 09:00 upcoming by email to compta@d1.example"]


def test_the_run_and_the_explanation_say_why_it_waits(month: Month) -> None:
    line = month.world.rows("SELECT id FROM payment ORDER BY id LIMIT 1")[0][0]
    assert month.waiting == (
        "Waiting",
        (
            "Nothing sent yet; the courtesy reminder waits, because 1700.00 EUR booked on 2026-03-05 may be for it "
            f"(bank line {line})"
        ),
    )
    assert month.because == (
        f"Yes: 1700.00 EUR of 5 Mar 2026 from HOLDING DU LAC (bank line {line}), proposed for it; a person is asked"
    )


def test_a_person_is_asked_once_with_what_is_proposed_and_its_alternatives(month: Month) -> None:
    assert month.offers == (
        "Book 1\u202f700,00\u00a0€ on FA-2026-0142, FA-2026-0143 (Dupont SARL)",
        "Book 1\u202f700,00\u00a0€ on FA-2026-0142, FA-2026-0144 (Dupont SARL)",
        "Book 1\u202f250,00\u00a0€ on FA-2026-0142 (Dupont SARL)",
    )
    assert told.questions(month.world, "D1") == ["2026-03-06 07:00 match answered"]
    assert month.asked == "What is it for? · HOLDING DU LAC · 1\u202f700,00\u00a0€"


def test_the_confirmed_match_ends_both_cases_as_paid(month: Month) -> None:
    assert month.names == ["Paid", "Paid"]


def test_a_returned_debit_reopens_the_case_at_its_age_and_the_next_step_follows(month: Month) -> None:
    assert told.messages(month.world, "D2") == [
        "2026-03-05 09:00 courtesy_reminder by email to compta@d2.example",
        "2026-03-20 10:00 second_reminder by email to compta@d2.example",
    ]
    assert month.after == ("Second reminder sent; formal notice on 1 Apr", 1)
    assert told.broken_place(month.world, "FA-2026-0200") is None
