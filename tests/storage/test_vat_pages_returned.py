"""A page for the VAT that did not reach the debtor is not taken for sent: its last date stands again, and it may be sent anew."""

from datetime import date

import pytest

from storage import write_off_returned, write_off_vat
from storage.creditor import ensure_creditor, update
from tests.storage.books import NOON, do, refused, rows, told
from tests.storage.test_claims_leave import LATER, leave
from tests.storage.test_holds import owed
from tests.storage.test_write_offs import answer, propose, view

pytestmark = pytest.mark.usefixtures("database_url")
DEADLINES = "SELECT kind, last_day, state FROM deadline ORDER BY id"
LAST = date(2028, 12, 31)


async def lost() -> int:
    """F1 is written off in a liquidation that is over; its page may be sent."""
    creditor = (await ensure_creditor()).id
    assert await update(creditor, {"owner": "marie", "email": "compta@us.example"}, "ann", NOON) == []
    await owed("F1")
    number = await propose(reason="insolvency")
    await answer()
    assert await write_off_vat.enter_amounts(number, "F1", 80_00, 20_00, "marie", NOON) == []
    assert await write_off_vat.enter_days(number, date(2026, 2, 20), date(2026, 3, 1), "marie", NOON) == []
    return number


async def round_over_pages() -> None:
    """What the round over what is given up does with pages, twice."""
    for _ in range(2):
        await write_off_vat.note_arrived(LATER)
        await write_off_returned.note_returned(LATER)


@pytest.mark.parametrize("live", [False, True])
async def test_a_page_that_comes_back_or_only_the_sink_had_is_to_be_sent_again(live: bool) -> None:
    number = await lost()
    assert await write_off_vat.send(number, b"%PDF-1", "marie", NOON) == []
    message = await leave()
    await round_over_pages()
    assert (await rows(DEADLINES), (await view(number)).row["vat_how"]) == ([("vat_recovery", LAST, "met")], "e-mail")
    if live:
        await do("UPDATE creditor SET live = true")
    else:
        await do(f"UPDATE message SET state = 'refused', words = '550 no such mailbox' WHERE id = {message}")
    assert await write_off_returned.is_to_note()
    await round_over_pages()
    found = await view(number)
    assert (found.row["vat_sent_on"], found.row["letter_words"]) == (
        None, "only the local sink had it" if live else "550 no such mailbox",
    )  # fmt: skip
    assert await rows(DEADLINES) == [("vat_recovery", LAST, "dropped"), ("vat_recovery", LAST, "standing")]
    assert (await told("F1"))[-1] == "vat_duplicate_returned"
    assert not await write_off_returned.is_to_note()
    assert not await write_off_vat.is_to_note()
    assert await write_off_vat.send(number, b"%PDF-1", "marie", LATER) == []


async def test_what_was_sent_is_not_sent_again_nor_on_a_day_before_the_judgment() -> None:
    number = await lost()
    assert refused(await write_off_vat.sent(number, date(2026, 2, 19), "marie", NOON)) == [
        "It is possible from the liquidation judgment on, 2026-02-20."
    ]
    assert await write_off_vat.sent(number, date(2026, 3, 1), "marie", NOON) == []
    assert refused(await write_off_vat.sent(number, date(2026, 3, 2), "marie", NOON)) == [
        "The duplicate was sent on 2026-03-01 already."
    ]
    assert (await view(number)).row["vat_sent_on"] == date(2026, 3, 1)


async def test_an_insolvency_is_not_closed_before_its_judgment() -> None:
    number = await lost()
    said = [
        await write_off_vat.enter_days(number, *days, "marie", NOON)
        for days in ((None, date(2026, 2, 19)), (date(2026, 3, 2), None))
    ]
    assert [refused(one) for one in said] == [
        ["The insolvency was not closed, on 2026-02-19, before its judgment, on 2026-02-20."],
        ["The insolvency was not closed, on 2026-03-01, before its judgment, on 2026-03-02."],
    ]
    assert await rows(DEADLINES) == [("vat_recovery", LAST, "standing")]
