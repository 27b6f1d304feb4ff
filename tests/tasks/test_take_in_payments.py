"""Tables of payments taken in: a row that could not be read may be the payment, so the account is known no further."""

from datetime import date
from pathlib import Path

import pytest

from storage import bank_positions
from storage.creditor import ensure_creditor
from tasks.invoice_mapping import RecordKind
from tasks.take_in import TakenIn, take_in
from tests.storage.books import NOON, rows

pytestmark = pytest.mark.usefixtures("database_url")

HEADER = "account,booked,value_date,amount,currency,reference,counterparty,iban"
GOOD = [f"FR76A,2025-11-{day},2025-11-{day},100.00,EUR,R{day},Dupont," for day in (10, 11, 14)]
BAD = [GOOD[0], GOOD[1].replace("100.00", "hundred"), GOOD[2]]
TOLD = (
    "Rows that could not be read: 1. No account is known any further by this file; correct them and import it again, or "
    "say with --through up to which day every payment is in Relance."
)


async def taken(folder: Path, lines: list[str], through: date | None = None) -> TakenIn:
    path = folder / "bank.csv"
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return await take_in(RecordKind.PAYMENTS, path, (await ensure_creditor()).id, NOON, through=through)


async def known() -> list[tuple[str, str]]:
    return [(one.account, f"{one.through}") for one in await bank_positions.accounts(NOON)]


async def test_a_table_with_an_unread_row_makes_a_known_account_no_newer(tmp_path: Path) -> None:
    await taken(tmp_path, ["FR76A,2025-11-03,2025-11-03,5.00,EUR,R3,Dupont,"])
    found = await taken(tmp_path, BAD)
    assert [(one.line, one.reason) for one in found.problems if one.line is None] == [(None, TOLD)]
    assert (found.new, await known()) == (2, [("FR76A", "2025-11-03")])
    corrected = await taken(tmp_path, GOOD)
    assert (corrected.new, corrected.unchanged, corrected.problems) == (1, 2, ())
    assert await known() == [("FR76A", "2025-11-14")]


async def test_a_new_account_is_waited_for_although_a_row_of_its_first_table_was_not_read(tmp_path: Path) -> None:
    await taken(tmp_path, BAD)
    assert await known() == [("FR76A", "2025-11-09")]


async def test_a_person_who_says_how_far_the_table_reaches_is_believed(tmp_path: Path) -> None:
    found = await taken(tmp_path, BAD, date(2025, 11, 14))
    assert [(one.line, one.field) for one in found.problems] == [(3, "amount")]
    assert await known() == [("FR76A", "2025-11-14")]


async def test_money_goes_in_although_its_payer_s_account_number_is_none(tmp_path: Path) -> None:
    found = await taken(tmp_path, [*GOOD[:2], GOOD[2] + "FR7630006000011234567890180"])
    assert [(one.line, one.field) for one in found.problems] == [(4, "iban")]
    assert await rows("SELECT amount, iban FROM payment ORDER BY booked") == [(10000, "")] * 3
    assert await known() == [("FR76A", "2025-11-14")]
