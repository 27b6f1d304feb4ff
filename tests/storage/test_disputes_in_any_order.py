"""Disputes, decisions, payments and credit notes in any order: what is disputed is never demanded, and nothing is lost."""

import random

import pytest

from policies.dispute_form import DisputeWords
from policies.facts import HoldKind
from policies.hold_form import HoldWords
from storage.call_deeds import Said, log_call
from storage.dispute_deeds import open_dispute
from storage.dispute_sums import DEMANDED, OPEN, SET_ASIDE
from storage.hold_deeds import hold_customer, release_customer
from tests.engine.staff import MARIE
from tests.storage.books import bank, bill, credit_note, line, rows
from tests.storage.test_disputes import decide, dossier_of
from tests.storage.test_holds import at, owed

pytestmark = pytest.mark.usefixtures("database_url")
FACTS = ("part", "part", "whole", "hold", "call", "decide", "decide", "pay", "credit", "release")
MONEY = f"SELECT i.total, i.paid, i.credited, {OPEN}, {SET_ASIDE}, {DEMANDED} FROM invoice i WHERE i.number = 'F1'"
STANDING = """
    SELECT CASE state WHEN 'open' THEN coalesce(amount, 0) ELSE expected END, credited_before, state = 'open' AND amount IS NULL
    FROM dispute WHERE state IN ('open', 'accepted')
"""
ORPHANS = """
    SELECT h.id FROM hold h WHERE kind = 'dispute' AND ended_at IS NULL AND NOT EXISTS (
        SELECT FROM dispute x WHERE x.case_id = h.case_id AND x.state = 'open' AND x.amount IS NULL)
"""


async def happens(fact: str, place: int, dice: random.Random) -> None:
    """One more fact about F1, a day after the one before."""
    day = f"2026-03-{3 + place:02d}"
    when, euros = at(day), dice.choice((10, 25, 40, 60))
    if fact in ("part", "whole"):
        amount = str(euros) if fact == "part" else ""
        await open_dispute("C1", "F1", DisputeWords("price", amount), "marie", when)
    elif fact == "hold":
        await hold_customer("C1", "F1", HoldWords("all is wrong", HoldKind.DISPUTE.value), "marie", when)
    elif fact == "call":
        await log_call("C1", "F1", Said("disputes", note=f"quality {euros}: scratched"), MARIE, when)
    elif fact == "pay":
        await bank(line("F1", euros * 100, on=day), at=when)
    elif fact == "credit":
        await bill(credit_note(f"CN-{place}", "F1", dice.choice((5_00, euros * 100))), at=when)
    elif fact == "release":
        await release_customer("C1", "F1", "marie", when)
    elif numbers := [row[0] for row in await rows("SELECT id FROM dispute ORDER BY id")]:
        verdict = dice.choice(("accept", "accept_part", "reject", "withdrawn"))
        await decide(dice.choice(numbers), verdict, when, note="No.", amount="5.00" if verdict == "accept_part" else "")


@pytest.mark.parametrize("seed", range(5))
async def test_what_is_disputed_is_never_demanded_in_any_order_of_facts(seed: int) -> None:
    await owed("F1", "F2")
    dice = random.Random(seed)
    for place in range(9):
        await happens(dice.choice(FACTS), place, dice)
        total, paid, credited, left, aside, demanded = (await rows(MONEY))[0]
        assert aside + demanded + paid + credited == total
        case = (await dossier_of("F1", at(f"2026-03-{3 + place:02d}"))).case
        assert left <= 0 or (case.set_aside, case.principal) == (aside, demanded)
        standing = await rows(STANDING)
        assert len(standing) <= 1
        for wanted, before, whole in standing:
            assert aside == min(max(left, 0), max(0, wanted - max(0, credited - before)))
            assert not whole or left <= 0 or any(hold.kind is HoldKind.DISPUTE for hold in case.holds)
        assert await rows(ORPHANS) == []
