"""What an agency is told to be open is what is asked of the customer: nothing disputed, given up or withdrawn is in it."""

import zipfile
from datetime import timedelta
from email import message_from_bytes, policy
from io import BytesIO
from json import loads

import pytest

from policies.dispute_form import DisputeWords
from policies.placement_form import PaidWords
from storage import dispute_deeds
from storage.placement_deeds import paid_to_agency
from storage.placement_review import review
from storage.placement_views import placements
from tests.storage.books import bank, do, line, rows
from tests.storage.test_placements import MORNING, named, placed, states, told

pytestmark = pytest.mark.usefixtures("database_url")
LATER = MORNING + timedelta(days=9)


async def dispute(amount: str = "300.00") -> object:
    done = await dispute_deeds.open_dispute("C1", "F1", DisputeWords("price", amount), "marie", MORNING)
    assert not isinstance(done, list), done
    return done


async def write_off_part() -> None:
    """250.00 of F1 are written off."""
    await do(
        "INSERT INTO write_off (id, creditor_id, customer_id, currency, reason, state, whole, proposed_at, stands_since) "
        "SELECT 3, creditor_id, id, 'EUR', 'uneconomic', 'standing', false, '2026-05-20', '2026-05-20' FROM customer"
    )
    await do(
        "INSERT INTO write_off_item (write_off_id, case_id, invoice_id, amount) SELECT 3, c.id, i.id, 25000 FROM cases c "
        "JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'F1'"
    )


async def claimed() -> tuple[str, str, list[tuple[str, str]]]:
    """Of the file that left: the principal, what is disputed beside it, and what moved. Beside it the same stands in the e-mail."""
    [(raw,)] = await rows("SELECT raw FROM message WHERE stage = 'agency'")
    mail = message_from_bytes(bytes(raw), policy=policy.default)
    beside = {str(part.get_filename()): part.get_payload(decode=True) for part in mail.iter_attachments()}
    [content] = [each for name, each in beside.items() if name.endswith(".zip")]
    assert isinstance(content, bytes)
    inside = zipfile.ZipFile(BytesIO(content))
    assert [beside[name] for name in ("claim.csv", "claim.json")] == [
        inside.read("claim.csv"),
        inside.read("claim.json"),
    ]
    claim = loads(inside.read("claim.json"))
    return claim["principal"], claim["disputed"], [(one["kind"], one["amount"]) for one in claim["moved"]]


async def test_a_part_disputed_before_stays_out_of_what_the_agency_has_and_takes_nothing_back() -> None:
    await named()
    placement = await placed("F1", before=dispute)
    assert await claimed() == ("700.00", "300.00", [])
    assert await review(MORNING) == 0
    await bank(line("F1", 200_00, on="2026-06-10"), at=LATER)
    assert [await review(LATER), await review(LATER)] == [1, 0]
    assert await told() == [("agency_update", "", 500_00)]
    assert not isinstance(await paid_to_agency(str(placement), PaidWords("400.00"), "marie", LATER), list)
    assert await review(LATER) == 0
    assert await states() == [("paying", "", 100_00, 400_00)]


async def test_a_part_disputed_while_it_is_placed_takes_the_file_back() -> None:
    await named()
    await placed("F1")
    await dispute()
    assert await review(MORNING) == 1
    assert await told() == [("agency_recall", "dispute", 700_00)]


async def test_a_dispute_of_all_that_is_open_is_no_payment() -> None:
    await named()
    await placed("F1")
    await bank(line("F1", 700_00, on="2026-06-10"), at=LATER)
    await review(LATER)
    await dispute("300.00")
    await do("UPDATE dispute SET amount = 30000")
    assert await review(LATER) == 1
    assert await told() == [("agency_update", "", 300_00), ("agency_recall", "dispute", 0)]


async def test_a_part_written_off_is_claimed_by_no_file() -> None:
    await named()
    await placed("F1", before=write_off_part)
    assert await claimed() == ("750.00", "0.00", [("written_off", "250.00")])
    assert [(one.principal, one.told) for one in await placements()] == [(750_00, 750_00)]
    assert await review(MORNING) == 0
    await bank(line("F1", 750_00, on="2026-06-10"), at=LATER)
    assert await review(LATER) == 1
    assert await told() == [("agency_recall", "paid", 0)]


@pytest.mark.parametrize("how", ["withdrawn", "written_off"])
async def test_the_agency_is_told_that_one_of_its_invoices_is_given_up(how: str) -> None:
    await named()
    await placed("F1", "F2")
    await do(f"UPDATE cases SET {how} = '2026-06-02' WHERE invoice_id = (SELECT id FROM invoice WHERE number = 'F1')")
    assert [await review(LATER), await review(LATER)] == [1, 0]
    assert await told() == [("agency_update", "", 1000_00)]


@pytest.mark.parametrize("how", ["withdrawn", "written_off"])
async def test_a_file_of_which_everything_is_given_up_is_taken_back_and_not_called_paid(how: str) -> None:
    await named()
    await placed("F1")
    await do(f"UPDATE cases SET {how} = '2026-06-02'")
    assert await review(LATER) == 1
    assert await told() == [("agency_recall", "given_up", 0)]


async def test_a_placement_is_over_once_the_agency_was_paid_all_that_is_not_disputed() -> None:
    await named()
    placement = await placed("F1", before=dispute)
    assert not isinstance(await paid_to_agency(str(placement), PaidWords("700.00"), "marie", LATER), list)
    assert await states() == [("paid", "paid to the agency", 0, 700_00)]
    assert await rows("SELECT count(*) FROM hold WHERE ended_at IS NULL") == [(0,)]
