"""Terms records: nothing agreed is used without one; kept for good, withdrawn where made by mistake."""

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from policies.agreed_record import AgreedRecord
from policies.customer_record import CustomerRecord
from policies.facts import DebtorKind
from policies.interest.debt import Terms
from policies.problems import Problem
from storage import dossier, journal
from storage.agreed import terms_of
from storage.creditor import ensure_creditor
from storage.customer_views import show_customer
from storage.customers import import_customers
from storage.session import reading
from storage.terms import Accepted, TermsView, list_terms, record_terms, withdraw_terms
from tests.storage.books import NOON, bill, customer, do, invoice, open_cases, rows, woken

pytestmark = pytest.mark.usefixtures("database_url")
CONTRACT = b"%PDF-1.7 framework contract"


def accepted(on: str, rate: str | None = "12", flat: int | None = None, words: str = "art. 7") -> Accepted:
    percent = None if rate is None else Decimal(rate)
    return Accepted(date.fromisoformat(on), percent, flat, "EUR" if flat else "", words)


async def agreed() -> dict[str, Terms]:
    numbers = {row[0]: row[1] for row in await rows("SELECT id, number FROM invoice")}
    async with reading() as connection:
        return {numbers[id]: terms for id, terms in (await terms_of(connection, numbers)).items()}


async def recorded(accepted: Accepted, invoice: str = "") -> TermsView:
    found = await record_terms("C1", invoice, accepted, "Lea", NOON)
    assert isinstance(found, TermsView)
    return found


async def test_a_record_counts_for_invoices_issued_from_then_on_and_is_journalled_with_its_document() -> None:
    await bill(
        invoice("FA-1", "2026-02-01", 10_000, issued=date(2025, 12, 31)),
        invoice("FA-2", "2026-02-01", 10_000, issued=date(2026, 1, 1)),
        invoice("FA-3", "2026-02-01", 10_000, customer_number="C2", customer_name="Autre SA"),
    )
    view = await recorded(Accepted(date(2026, 1, 1), Decimal("12.50"), 4000, "EUR", "art. 7", "contract.pdf", CONTRACT))
    assert await agreed() == {
        "FA-2": Terms(Decimal("12.50"), 4000, "EUR", "contract.pdf, accepted on 2026-01-01"),
    }
    (customer,) = await rows("SELECT id FROM customer WHERE number = 'C1'")
    sha256 = hashlib.sha256(CONTRACT).hexdigest()
    entries = await journal.entries("customer", customer[0])
    assert [(one.kind, one.facts) for one in entries] == [
        (
            "terms_recorded",
            {
                "terms": view.id, "invoice": None, "rate": "12.50", "flat": 4000, "currency": "EUR",
                "limitation_years": None, "day_count": None, "accepted_on": "2026-01-01", "sha256": sha256, "actor": "Lea",
            },
        )
    ]  # fmt: skip
    assert await rows("SELECT document, document_sha256 FROM terms_record") == [(CONTRACT, sha256)]


async def test_a_record_for_one_invoice_counts_for_it_alone() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000), invoice("FA-2", "2026-02-01", 10_000))
    await recorded(accepted("2025-01-01", "10"))
    await recorded(accepted("2026-02-20", "8", words="agreement of 20 February"), "FA-2")
    assert {number: terms.rate for number, terms in (await agreed()).items()} == {
        "FA-1": Decimal(10), "FA-2": Decimal(8),
    }  # fmt: skip


async def test_a_record_made_by_mistake_is_withdrawn_and_stays_in_the_books() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    await open_cases()
    view = await recorded(accepted("2025-01-01"))
    assert await woken() == ["FA-1"]
    assert await withdraw_terms(view.id, "another customer's contract", "Lea", NOON) == []
    assert await agreed() == {}
    listed = await list_terms("C1")
    assert [one.withdrawn for one in listed if isinstance(one, TermsView)] == ["another customer's contract"]
    assert [one.reason for one in await withdraw_terms(view.id, "again", "Lea", NOON)] == [
        f"There is no terms record {view.id} that counts."
    ]


async def test_a_draft_that_may_rest_on_withdrawn_terms_does_not_leave() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    await open_cases()
    view = await recorded(accepted("2025-01-01"))
    await do(
        "INSERT INTO question (creditor_id, kind, state, asked_at) SELECT creditor_id, 'approve', 'answered', :at FROM cases",
        at=NOON,
    )
    await do(
        "INSERT INTO approval (case_id, step, kind, question_id, principal, agreed_on) "
        "SELECT c.id, 'formal_notice', 'approve', q.id, 10000, '2026-03-02' FROM cases c, question q"
    )
    await withdraw_terms(view.id, "by mistake", "Lea", NOON)
    assert await rows("SELECT voided_why FROM approval") == [("terms it may rest on were withdrawn",)]


async def test_terms_of_tomorrow_of_nobody_or_of_no_invoice_are_refused() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    said = [
        await record_terms("C1", "", accepted("2026-03-03"), "Lea", NOON),
        await record_terms("C9", "", accepted("2026-01-01"), "Lea", NOON),
        await record_terms("C1", "FA-9", accepted("2026-01-01"), "Lea", NOON),
    ]
    reasons = [
        one.reason for problems in said if isinstance(problems, list) for one in problems if isinstance(one, Problem)
    ]
    assert reasons == [
        "2026-03-03 is still to come: terms are recorded once accepted.",
        "There is no customer “C9”.",
        "Dupont SARL has no invoice FA-9.",
    ]


def told(rate: str | None, years: int | None = None, on: str = "2026-01-01", words: str = "art. 7") -> AgreedRecord:
    percent = None if rate is None else Decimal(rate)
    return AgreedRecord(date.fromisoformat(on), percent, None, "", years, words)


async def take_in(*records: CustomerRecord) -> list[tuple[int | None, str, str]]:
    counts = await import_customers(records, "crm", "0" * 64, (await ensure_creditor()).id, NOON)
    return [(one.line, one.field, one.reason) for one in counts.problems]


async def listed() -> list[tuple[str, str, Decimal | None, int | None, str, str]]:
    found = await list_terms("")
    return [
        (one.customer_number, one.invoice, one.rate, one.limitation_years, one.words, one.set_by)
        for one in found
        if isinstance(one, TermsView)
    ]


async def test_what_a_file_says_was_accepted_becomes_a_record_once_and_another_one_when_it_changes() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    first = customer("C1", "Dupont SARL", country="FR", terms=told("12", 8))
    assert await take_in(first) == []
    assert await take_in(first) == []
    assert await listed() == [("C1", "", Decimal(12), 8, "art. 7", "import")]
    assert await take_in(customer("C1", "Dupont SARL", terms=told("10", on="2026-02-01", words="art. 8"))) == []
    assert await listed() == [
        ("C1", "", Decimal(12), 8, "art. 7", "import"), ("C1", "", Decimal(10), None, "art. 8", "import"),
    ]  # fmt: skip
    assert (await agreed())["FA-1"].rate == Decimal(12)


async def test_a_record_a_person_withdrew_does_not_come_back_with_the_same_file() -> None:
    first = customer("C1", "Dupont SARL", terms=told("12"))
    await take_in(first)
    (view,) = await list_terms("C1")
    assert isinstance(view, TermsView)
    await withdraw_terms(view.id, "never signed", "Lea", NOON)
    assert await take_in(first) == []
    assert len(await listed()) == 1


async def test_an_invoice_of_a_file_brings_what_was_accepted_for_it_alone() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000, agreed=told("8")), invoice("FA-2", "2026-02-01", 10_000))
    await bill(invoice("FA-1", "2026-02-01", 10_000, agreed=told("8")), invoice("FA-2", "2026-02-01", 10_000))
    assert await listed() == [("C1", "FA-1", Decimal(8), None, "art. 7", "import")]
    assert {number: terms.rate for number, terms in (await agreed()).items()} == {"FA-1": Decimal(8)}


async def dies_on() -> list[date | None]:
    ids = [row[0] for row in await rows("SELECT id FROM cases ORDER BY id")]
    async with reading() as connection:
        found = await dossier.load(connection, ids, NOON, frozenset())
    return [found[id].case.dies_on for id in ids]


async def test_an_agreed_limitation_period_moves_the_day_the_claim_dies_and_a_consumer_agrees_on_none() -> None:
    await bill(
        invoice("FA-1", "2026-02-01", 10_000, issued=date(2026, 1, 5)),
        invoice("FA-2", "2026-02-01", 10_000, customer_number="C2", customer_name="Mme Roy",
                customer_kind=DebtorKind.CONSUMER, issued=date(2026, 1, 5)),
    )  # fmt: skip
    await open_cases()
    assert await dies_on() == [date(2031, 2, 1), date(2028, 2, 1)]
    person = customer("C2", "Mme Roy", kind=DebtorKind.CONSUMER, terms=told(None, 5))
    assert await take_in(customer("C1", "Dupont SARL", terms=told(None, 10)), person) == [
        (
            2,
            "contract_limitation_years",
            (
                "The law read here lets nobody agree on another limitation period (art. L218-1, L218-2 C. conso., 2240, "
                "2241, 2244 C. civ.; title: art. L111-4 CPCE)."
            ),
        )
    ]
    assert await dies_on() == [date(2036, 2, 1), date(2028, 2, 1)]
    refused = await record_terms("C2", "", replace(accepted("2026-01-01"), limitation_years=5), "Lea", NOON)
    assert isinstance(refused, list)
    assert [one.field for one in refused] == ["limitation_years"]


async def test_a_customer_is_shown_with_what_it_agreed_to() -> None:
    await take_in(customer("C1", "Dupont SARL", terms=told("12")))
    shown = await show_customer("C1", NOON)
    assert not isinstance(shown, list)
    assert [(one.rate, one.words, one.withdrawn) for one in shown.terms] == [(Decimal(12), "art. 7", None)]


async def test_terms_accepted_tomorrow_are_no_terms_yet() -> None:
    coming = customer("C1", "Dupont SARL", terms=told("12", on="2026-03-03"))
    assert await take_in(coming) == [
        (2, "terms_accepted_on", "2026-03-03 is still to come: terms are recorded once accepted.")
    ]
    assert await listed() == []
