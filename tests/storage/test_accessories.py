"""Interest and flat sums of a message, out of the books: payments by value date, terms, rates a person added."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cli.case_pages import besides
from policies.accessories import AccessoriesFacts
from policies.decisions import Close, Outcome
from policies.facts import DebtorKind
from policies.hold_form import HoldWords
from policies.interest.statement import Flag
from policies.message import MessageFacts
from policies.records import InstalmentRecord
from policies.stages import Channel, Stage
from policies.step import Accessories
from storage import dossier
from storage.bundles import message_facts
from storage.case_views import explained
from storage.creditor import ensure_creditor
from storage.hold_deeds import hold_customer, release_customer
from storage.rate_store import add_rate
from storage.session import reading
from storage.terms import Accepted, record_terms
from tests.storage.books import NOON, bank, bill, credit_note, invoice, line, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")
MAIL = frozenset({Channel.EMAIL})


async def written(step: str, day: str, *numbers: str) -> MessageFacts:
    """What the message of a step about these invoices says on a day."""
    as_of = datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC)
    found = await rows(
        "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = ANY(:numbers)",
        numbers=list(numbers),
    )
    async with reading() as connection:
        group = await dossier.load(connection, [row[0] for row in found], as_of, MAIL)
        ladder = next(iter(group.values())).ladder
        steps = {one.id: one for one in ladder.steps}
        return await message_facts(connection, group.values(), steps[step], Channel.EMAIL, as_of)


async def claimed(day: str, *numbers: str) -> AccessoriesFacts:
    facts = await written("formal_notice", day, *numbers)
    assert facts.accessories is not None
    return facts.accessories


async def test_a_formal_notice_claims_interest_by_value_date_and_forty_euros_for_each_invoice() -> None:
    await bill(
        invoice("F1", "2026-01-31", 1000_00), invoice("F2", "2026-01-31", 500_00), credit_note("A1", "F2", 100_00)
    )
    await open_cases()
    await bank(line("F1", 400_00, on="2026-02-10"))
    found = await claimed("2026-03-02", "F1", "F2")
    lines = {
        one.invoice: (one.interest, one.flat, [(part.start, part.days, part.principal) for part in one.segments])
        for one in found.lines
    }
    assert lines == {
        "F1": (732, 4000, [(date(2026, 2, 1), 10, 1000_00), (date(2026, 2, 11), 20, 600_00)]),
        "F2": (466, 4000, [(date(2026, 2, 1), 20, 500_00), (date(2026, 2, 21), 10, 400_00)]),
    }
    assert (found.mode, found.reserved) == (Accessories.CLAIM, False)
    assert (found.interest, found.flat, found.total_with) == (1198, 8000, 1000_00 + 1198 + 8000)


async def test_an_invoice_in_instalments_bears_one_flat_sum_in_france_and_one_for_each_in_germany() -> None:
    days = (date(2026, 1, 31), date(2026, 2, 10))
    parts = tuple(InstalmentRecord(day, 500_00) for day in days)
    await bill(
        replace(invoice("F1", "2026-02-10", 1000_00), instalments=parts, document_type="380"),
        replace(
            invoice(
                "D1",
                "2026-02-10",
                1000_00,
                customer_number="C2",
                customer_name="Weber GmbH",
                country="DE",
                language="de",
            ),
            instalments=parts,
            document_type="380",
        ),
    )
    await open_cases()
    french, german = await claimed("2026-03-30", "F1/1", "F1/2"), await claimed("2026-03-30", "D1/1", "D1/2")
    assert [(one.invoice, one.flat) for one in (*french.lines, *german.lines)] == [
        ("F1/1", 4000), ("F1/2", None), ("D1/1", 4000), ("D1/2", 4000),
    ]  # fmt: skip


async def test_the_first_instalment_that_is_late_bears_the_flat_sum() -> None:
    parts = tuple(InstalmentRecord(day, 500_00) for day in (date(2026, 1, 31), date(2026, 2, 10)))
    await bill(replace(invoice("F1", "2026-02-10", 1000_00), instalments=parts, document_type="380"))
    await open_cases()
    await bank(line("F1", 500_00, on="2026-01-31"))
    assert [(one.invoice, one.flat) for one in (await claimed("2026-03-30", "F1/2")).lines] == [("F1/2", 4000)]


async def test_a_rate_nobody_knows_reserves_and_one_a_person_added_is_used() -> None:
    await bill(invoice("F1", "2026-06-30", 1000_00))
    await open_cases(datetime(2026, 7, 2, 12, tzinfo=UTC))
    assert (await claimed("2026-07-31", "F1")).reserved
    creditor = await ensure_creditor()
    await add_rate(creditor.id, "ecb_mro", date(2026, 7, 1), Decimal("2.40"), "ecb.europa.eu", "marie", NOON)
    found = await claimed("2026-07-31", "F1")
    assert (found.reserved, found.interest, found.lines[0].segments[0].rate) == (False, 1053, Decimal("12.40"))


async def test_an_agreed_rate_counts_with_its_record() -> None:
    await bill(invoice("F1", "2026-01-31", 1000_00, issued=date(2026, 1, 10)))
    await open_cases()
    assert (await claimed("2026-03-02", "F1")).lines[0].segments[0].rate == Decimal("12.15")
    terms = Accepted(date(2025, 12, 1), Decimal(15), None, "EUR", "general terms of 2025")
    assert not isinstance(await record_terms("C1", "", terms, "marie", NOON), list)
    assert (await claimed("2026-03-02", "F1")).lines[0].segments[0].rate == Decimal(15)


async def test_gentle_steps_say_nothing_and_a_second_reminder_mentions() -> None:
    await bill(invoice("F1", "2026-01-31", 1000_00))
    await open_cases()
    assert (await written("courtesy_reminder", "2026-02-05", "F1")).accessories is None
    second = (await written("second_reminder", "2026-02-14", "F1")).accessories
    assert second == AccessoriesFacts(Accessories.MENTION, reserved=True)


async def test_a_debtor_whose_law_is_not_known_is_asked_for_the_principal_alone() -> None:
    await bill(invoice("F1", "2026-01-31", 1000_00, country="JP", policy="fr-b2b"))
    await open_cases()
    facts = await written("formal_notice", "2026-03-02", "F1")
    assert (facts.stage, facts.demanded) == (Stage.FORMAL_NOTICE, 1000_00)
    assert facts.accessories is None or facts.accessories.reserved


async def test_a_case_paid_twenty_days_late_still_shows_what_could_be_claimed() -> None:
    await bill(invoice("F1", "2026-03-02", 1000_00))
    await open_cases(datetime(2026, 3, 10, 12, tzinfo=UTC))
    await bank(line("F1", 1000_00, on="2026-03-22"), at=datetime(2026, 3, 23, 8, tzinfo=UTC))
    (case,) = await rows("SELECT id FROM cases")
    found = await explained(int(case[0]), datetime(2026, 6, 30, 9, tzinfo=UTC), MAIL)
    assert isinstance(found.why.decision, Close)
    assert found.why.decision.outcome is Outcome.PAID
    assert found.claimable is not None
    assert (found.claimable.interest, found.claimable.flat, found.claimable.open) == (666, 4000, 0)


async def test_a_case_says_that_its_rate_is_missing() -> None:
    await bill(invoice("F1", "2026-06-30", 1000_00))
    await open_cases(datetime(2026, 7, 2, 12, tzinfo=UTC))
    (case,) = await rows("SELECT id FROM cases")
    found = await explained(int(case[0]), datetime(2026, 7, 31, 9, tzinfo=UTC), MAIL)
    assert found.claimable is not None
    assert (found.claimable.interest, found.claimable.flags) == (None, (Flag.RATE_MISSING,))
    said = besides(found)
    assert said[0] == "Besides the principal, as at 2026-07-31: interest reserved, flat sum 40.00 EUR could be claimed."
    assert said[1].startswith("! Interest from 2026-07-01 is reserved. ECB main refinancing rate: no value is known")


async def besides_on(day: str) -> tuple[int | None, int | None, tuple[str, ...]]:
    """What `case show` states of the only case on a day: interest, flat sum, and what a person must know."""
    (case,) = await rows("SELECT id FROM cases")
    found = await explained(int(case[0]), datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC), MAIL)
    assert found.claimable is not None
    return found.claimable.interest, found.claimable.flat, found.claimable.notes


async def test_the_judgment_stops_the_interest_of_what_was_owed_before_it() -> None:
    await bill(invoice("F1", "2026-01-31", 1000_00))
    await open_cases()
    await hold_customer("C1", "", HoldWords("RJ Nanterre", "insolvency", since="2026-02-11"), "marie", NOON)
    stopped = "Interest stopped on 2026-02-10: the day before the judgment (C. com. L622-28)."
    assert await besides_on("2026-06-30") == (333, 4000, (stopped,))
    assert (await claimed("2026-03-02", "F1")).lines[0].segments[-1].end == date(2026, 2, 10)


async def test_an_agreed_end_of_interest_counts_while_its_plan_stands_and_no_longer_once_it_is_given_up() -> None:
    await bill(invoice("F1", "2026-01-31", 1000_00))
    await open_cases()
    agreed = HoldWords("two parts", "plan", payments="2026-04-10=500; 2026-05-10=500", interest_until="2026-03-02")
    await hold_customer("C1", "F1", agreed, "marie", NOON)
    stopped = "Interest stopped on 2026-03-02: time to pay was given (two parts)."
    assert await besides_on("2026-03-31") == (999, 4000, (stopped,))
    await release_customer("C1", "F1", "marie", NOON)
    assert await besides_on("2026-03-31") == (1964, 4000, ())


async def test_the_ways_on_from_a_case_are_told_with_their_articles_and_those_closed_to_a_public_body_with_why() -> (
    None
):
    await bill(
        invoice("F1", "2026-01-31", 9000_00),
        invoice("F2", "2026-01-31", 100_00, customer_number="C2", customer_name="Mairie",
                customer_kind=DebtorKind.PUBLIC, policy="fr-public"),
    )  # fmt: skip
    await open_cases()
    told = {}
    for number, case in await rows("SELECT i.number, c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id"):
        found = (await explained(int(case), NOON, MAIL)).ways
        assert found is not None
        told[number] = [route.id for route in found.open], [(route.id, why) for route, why in found.closed]
    assert told["F1"] == (
        ["mediateur_entreprises", "amicable_agency", "injonction_de_payer", "refere_provision", "ordinary_claim"],
        [("small_claims", ("Small claims by commissaire de justice is open up to 5000.00 EUR (art. L125-1 and R125-1 to "
          "R125-8 CPCE).")),
         ("european_payment_order", ("European Payment Order (Form A), cross-border, not Denmark needs a creditor and a "
          "debtor in different member states (regulation (EC) 1896/2006)."))],
    )  # fmt: skip
    assert told["F2"][0] == []
    assert [id for id, _ in told["F2"][1]] == ["agency", "commercial_court", "mandatement_office"]
    assert all("art. L. 2311-1 CG3P" in why for id, why in told["F2"][1] if id != "mandatement_office")
