"""Which file an agency's word or money is about: what fits two is refused, and a name within another name is no sign."""

from datetime import timedelta
from decimal import Decimal

import pytest

from policies.placement_form import PaidWords, StatusWords
from storage import telling
from storage.agency_payments import match_transfers
from storage.placement_deeds import note_status, paid_to_agency
from storage.placement_review import review
from storage.placement_views import placement_of, placements
from storage.telling import Told
from tasks.write_beside import write_beside
from tests.storage.books import balance, bank, bill, do, invoice, line, open_cases, refused, rows
from tests.storage.test_placements import MAIL, MORNING, SUD, named, placed, told
from tests.storage.test_telling import a_lease

pytestmark = pytest.mark.usefixtures("database_url")
LATER = MORNING + timedelta(days=20)
_MESSAGE = """
    INSERT INTO message (creditor_id, customer_id, currency, kind, stage, window_on, channel, state, route, key, sender, recipient,
        subject, text, raw, sha256, calculated_at, handed_at)
    SELECT creditor_id, id, 'EUR', 'step', 'agency', '2026-06-01', 'handover', 'confirmed', 'live', 'k2', 'a@us.example',
        'dossiers@agence-sud.example', '', '', '', '', :at, :at FROM customer WHERE number = 'C2'
"""
_PLACEMENT = """
    INSERT INTO placement (creditor_id, customer_id, agency_id, agency_name, address, message_id, reference, their_reference, currency,
        principal, told, state, fee_percent, placed_on, placed_at)
    SELECT d.creditor_id, d.id, a.id, a.name, a.email, m.id, 'C2-20260601-EUR', :theirs, 'EUR', 50000, 50000, 'placed', a.fee_percent,
        '2026-06-01', :at FROM customer d, agency a, message m WHERE d.number = 'C2' AND m.key = 'k2'
"""
_COVER = """
    INSERT INTO placement_case (placement_id, case_id, principal) SELECT p.id, c.id, 50000 FROM placement p, cases c
    JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'F2' AND p.reference = 'C2-20260601-EUR'
"""


async def placed_for_martin(theirs: str = "") -> None:
    """Martin's F2 of 500.00 is with the same agency, which calls the file `theirs`."""
    await bill(invoice("F2", "2026-01-10", 500_00, customer_number="C2", customer_name="Martin SA"))
    await open_cases(MORNING)
    await do(_MESSAGE, at=MORNING)
    await do(_PLACEMENT, at=MORNING, theirs=theirs)
    await do(_COVER)


async def test_what_fits_two_files_is_refused_and_nothing_is_booked_for_either() -> None:
    await named()
    first = await placed("F1")
    await placed_for_martin(theirs=str(first))
    [second] = [one.id for one in await placements() if one.customer_number == "C2"]
    both = (
        f"“{first}” fits several files: placement {first}, C1-20260601-EUR (Dupont SARL); placement {second}, C2-20260601-EUR "
        "(Martin SA). Say the number or the reference that fits one alone."
    )
    assert refused(await paid_to_agency(str(first), PaidWords("100.00"), "marie", LATER)) == [both]
    assert refused(await note_status(str(first), StatusWords("received"), "marie", LATER)) == [both]
    assert refused(await placement_of(str(first), LATER)) == [both]
    assert await balance() == [("F1", 0, 0, 1000_00), ("F2", 0, 0, 500_00)]
    assert not isinstance(await paid_to_agency("C1-20260601-EUR", PaidWords("100.00"), "marie", LATER), list)
    assert await balance() == [("F1", 100_00, 0, 900_00), ("F2", 0, 0, 500_00)]


async def test_a_file_is_shown_by_what_the_agency_calls_it() -> None:
    await named()
    first = await placed("F1")
    await note_status(str(first), StatusWords("received", their_reference="AS-77"), "marie", MORNING)
    found = await placement_of("AS-77", LATER)
    assert not isinstance(found, list)
    assert (found.id, found.their_reference) == (first, "AS-77")


@pytest.mark.parametrize(
    ("payer", "says", "is_the_customers"),
    [
        ("VIDEOS SARL", "F1", True), ("EOS FRANCE", "F1", False), ("SOCIETE (EOS)", "F1", False),
        ("DUPONT", "F1 AC1-20260601-EUR", True), ("DUPONT", "F1 C1-20260601-EUR-2", True), ("DUPONT", "F1 C1-20260601-EUR.", False),
    ],
)  # fmt: skip
async def test_a_line_is_the_agencys_by_its_whole_name_or_the_whole_reference(
    payer: str, says: str, is_the_customers: bool
) -> None:
    await named("EOS")
    await placed("F1")
    await bank(line(says, 400_00, on="2026-06-18", counterparty=payer, invoices=("F1",)), at=LATER)
    assert await balance() == [("F1", 400_00, 0, 600_00)]
    await review(LATER)
    assert await told() == ([("agency_update", "", 600_00)] if is_the_customers else [])


async def test_one_transfer_for_what_several_customers_paid_is_set_aside_as_all_of_it() -> None:
    await named()
    await placed("F1")
    await placed_for_martin()
    for reference, amount in (("C1-20260601-EUR", "400.00"), ("C2-20260601-EUR", "200.00")):
        said = PaidWords(amount, on="2026-06-12")
        assert not isinstance(await paid_to_agency(reference, said, "marie", LATER), list)
    await bank(line("VIREMENT JUIN", 510_00, on="2026-06-18", counterparty="AGENCE SUD SARL"), at=LATER)
    assert [await match_transfers(LATER), await match_transfers(LATER)] == [2, 0]
    assert [(one.recovered, one.fees, one.awaited) for one in await placements()] == [
        (400_00, 60_00, 0),
        (200_00, 30_00, 0),
    ]
    assert await balance() == [("F1", 400_00, 0, 600_00), ("F2", 200_00, 0, 300_00)]
    assert await rows("SELECT allocated FROM payment WHERE source = 'bank'") == [(0,)]


async def test_interest_the_agency_collected_settles_no_invoice_and_its_transfer_is_found() -> None:
    await named()
    placement = await placed("F1")
    assert refused(await paid_to_agency(str(placement), PaidWords("1090.00"), "marie", LATER)) == [
        "Only 1000.00 EUR is open of this file: check what the customer paid, and say what of it is interest and flat sums."
    ]
    said = PaidWords("490.00", on="2026-06-12", accessories="490.00")
    assert refused(await paid_to_agency(str(placement), said, "marie", LATER)) == [
        "Interest and flat sums are less than what the customer paid."
    ]
    said = PaidWords("490.00", on="2026-06-12", accessories="90.00")
    assert not isinstance(await paid_to_agency(str(placement), said, "marie", LATER), list)
    await bank(line("VIREMENT", 416_50, on="2026-06-18", counterparty="AGENCE SUD SARL"), at=LATER)
    assert await match_transfers(LATER) == 1
    assert await balance() == [("F1", 400_00, 0, 600_00)]
    [one] = await placements()
    assert (one.recovered, one.fees, one.told, one.awaited) == (490_00, 73_50, 600_00, 0)
    assert await rows("SELECT amount, allocated FROM payment WHERE source = 'agency'") == [(400_00, 400_00)]
    assert await review(LATER) == 0


async def test_an_agreed_fee_above_what_was_paid_is_to_be_said() -> None:
    await named(fee_percent=Decimal(0), fee_flat=20_00)
    placement = await placed("F1")
    assert refused(await paid_to_agency(str(placement), PaidWords("15.00"), "marie", LATER)) == [
        "The agreed fee, 20.00, is more than what was paid: say what it keeps."
    ]
    assert SUD in [one.agency for one in await placements()]


async def test_the_agency_is_told_in_the_currency_of_its_file_and_where_it_is_now() -> None:
    await named()
    await placed("F1")
    await bill(invoice("U1", "2026-01-20", 500_00, currency="USD"))
    await open_cases(LATER)
    await named(email="neu@agence-sud.example")
    await bank(line("F1", 400_00, on="2026-06-18"), at=LATER)
    assert await review(LATER) == 1
    [(customer,)] = await rows("SELECT id FROM customer")
    told = await telling.prepare(customer, await a_lease(), LATER, MAIL, write_beside)
    assert isinstance(told, Told), told
    [(currency, to, words)] = await rows("SELECT currency, recipient, text FROM message WHERE kind = 'agency_update'")
    assert (currency, to) == ("EUR", "neu@agence-sud.example")
    assert "est désormais de 600,00\xa0€ en principal" in words
