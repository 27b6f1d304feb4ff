"""Stays: everything of a customer or a group is held at once, and goes on invoice by invoice, by a person's word."""

from datetime import date

import pytest

from policies.stay import StayWords
from storage.creditor import ensure_creditor
from storage.customers import import_customers
from storage.hold_deeds import Deed, release_customer
from storage.insolvency_questions import ask_about_insolvencies
from storage.stay_deeds import listing, open_stay
from storage.writing_by_hand import write_to_customer
from tasks.insolvency_words import WORDS
from tests.storage.books import NOON, bank, bill, customer, do, invoice, line, open_cases, refused, rows, woken

pytestmark = pytest.mark.usefixtures("database_url")
LEFT_ALONE = StayWords("death", "told by the daughter", "2026-02-20", "2026-09-01")


async def held() -> list[tuple[str, str]]:
    found = await rows(
        "SELECT i.number, h.kind FROM hold h JOIN cases c ON c.id = h.case_id JOIN invoice i ON i.id = c.invoice_id "
        "WHERE h.ended_at IS NULL ORDER BY 1"
    )
    return [(str(row[0]), str(row[1])) for row in found]


async def three() -> None:
    await bill(
        invoice("F1", "2026-02-01", 10_000), invoice("F2", "2026-02-10", 20_000),
        invoice("G1", "2026-02-01", 30_000, customer_number="C2", customer_name="Dupont Sud"),
    )  # fmt: skip
    await open_cases()


async def test_a_death_holds_every_invoice_at_once_and_those_that_come_later() -> None:
    await three()
    done = await open_stay(["C1"], LEFT_ALONE, "marie", NOON)
    assert isinstance(done, Deed)
    assert (await held(), await woken()) == ([("F1", "death"), ("F2", "death")], ["F1", "F2"])
    await bill(invoice("F3", "2026-02-20", 5_000))
    await open_cases()
    assert await held() == [("F1", "death"), ("F2", "death"), ("F3", "death")]
    assert await rows("SELECT kind, last_day, article, state FROM deadline") == [
        ("stay_review", date(2026, 9, 1), "the day entered by marie", "standing")
    ]
    await ask_about_insolvencies(NOON, WORDS)
    assert await rows("SELECT kind, subject, state FROM question") == [("stay", "stay:1", "open")]
    refusal = await write_to_customer("C1", "Hello", "How are you?", "", "marie", NOON)
    assert refused(refusal) == ["Dupont SARL is on hold (death: told by the daughter): nothing is written to it."]


async def test_it_is_resumed_one_by_one_and_over_with_the_last() -> None:
    await three()
    await open_stay(["C1"], LEFT_ALONE, "marie", NOON)
    said = refused(await release_customer("C1", "", "marie", NOON))
    assert said == ["It is a stay: invoices are resumed one by one; name the invoice."]
    assert isinstance(await release_customer("C1", "F1", "marie", NOON), Deed)
    assert (await held(), [one.held for one in await listing()]) == ([("F2", "death")], [("F2",)])
    assert isinstance(await release_customer("C1", "F2", "marie", NOON), Deed)
    assert (await listing(), await rows("SELECT state FROM deadline")) == ((), [("dropped",)])


@pytest.mark.parametrize("how", ["payer", "register", "named together"])
async def test_a_group_is_held_in_one_go_however_the_books_know_it(how: str) -> None:
    await three()
    us = (await ensure_creditor()).id
    shared = {"payer": {"payer": "C1"}, "register": {"company_number": "356000000"}}.get(how, {})
    own = {"company_number": "356000000"} if how == "register" else {}
    people = [customer("C1", "Dupont SARL", **own), customer("C2", "Dupont Sud", **shared)]
    await import_customers(people, "crm", "0" * 64, us, NOON)
    names = ["C1", "C2"] if how == "named together" else ["C1"]
    await open_stay(names, LEFT_ALONE, "marie", NOON, group=how != "named together")
    assert await held() == [("F1", "death"), ("F2", "death"), ("G1", "death")]
    assert len(await rows("SELECT DISTINCT recorded_at FROM stay_customer")) in (1, 2)
    assert [one.customers for one in await listing()] == [("Dupont SARL", "Dupont Sud")]


async def test_the_same_stay_is_not_opened_twice_and_another_kind_may_be() -> None:
    await three()
    await open_stay(["C1"], LEFT_ALONE, "marie", NOON)
    assert refused(await open_stay(["C2", "C1"], LEFT_ALONE, "marie", NOON)) == [
        "Dupont SARL is left alone already: death, stay 1, to be looked at again by 2026-09-01."
    ]
    assert await held() == [("F1", "death"), ("F2", "death")]
    other = StayWords("complaint", "the prosecutor wrote", "2026-02-20", "2026-09-01")
    assert isinstance(await open_stay(["C1"], other, "marie", NOON), Deed)
    for number in ("F1", "F2"):
        assert isinstance(await release_customer("C1", number, "marie", NOON), Deed)
    assert isinstance(await open_stay(["C1"], LEFT_ALONE, "marie", NOON), Deed)


async def test_over_indebtedness_lasts_two_years_at_most_by_the_law() -> None:
    await three()
    admitted = StayWords("over_indebtedness", "file 2026-12", "2026-02-20")
    assert isinstance(await open_stay(["C1"], admitted, "marie", NOON), Deed)
    assert await rows("SELECT last_day, article FROM deadline") == [
        (date(2028, 2, 20), "C. conso. L722-2, L722-3, L722-5")
    ]
    longer = StayWords("over_indebtedness", "", "2026-02-20", "2028-02-21")
    assert refused(await open_stay(["C2"], longer, "marie", NOON)) == [
        "It lasts 2 years at most, until 2028-02-20 (C. conso. L722-2, L722-3, L722-5)."
    ]
    assert refused(await open_stay(["C2"], StayWords("death"), "marie", NOON)) == [
        "Say the day on which it is looked at again."
    ]


async def test_an_invoice_whose_payment_goes_back_during_the_stay_is_held_like_the_others() -> None:
    await three()
    await bank(line("F1", 10_000, end_to_end_id="E1"))
    await do("UPDATE cases SET closed_at = :at, outcome = 'paid' WHERE id = 1", at=NOON)
    await open_stay(["C1"], LEFT_ALONE, "marie", NOON)
    assert await held() == [("F2", "death")]
    await bank(line("F1", -10_000, on="2026-03-02", end_to_end_id="E1", return_reason="AC04"))
    assert await held() == [("F1", "death"), ("F2", "death")]
