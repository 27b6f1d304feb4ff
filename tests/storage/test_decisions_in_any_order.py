"""Decisions about bank lines are numbered when they are made and seen when they are committed: none is left out."""

import pytest

from policies.matching.verdicts import Part, Verdict
from storage.match_decisions import creditors_unsettled, decide
from storage.session import transaction
from storage.settling import settle_decided
from tests.storage.books import NOON, balance, bank, bill, invoice, line, rows

pytestmark = pytest.mark.usefixtures("database_url")


async def number_of(what: str, words: str) -> int:
    column = {"payment": "text", "invoice": "number"}[what]
    return int((await rows(f"SELECT id FROM {what} WHERE {column} = :words", words=words))[0][0])


async def test_a_decision_that_is_committed_after_a_later_one_was_settled_is_settled_too() -> None:
    await bill(invoice("FA-1", "2026-02-01", 40_000), invoice("FA-2", "2026-02-01", 70_000, customer_number="C2"))
    await bank(line("LOYER", 30_000, counterparty="ZZ"), line("DIVERS", 20_000, counterparty="YY"))
    creditor = int((await rows("SELECT id FROM creditor"))[0][0])
    first, second = await number_of("payment", "LOYER"), await number_of("payment", "DIVERS")
    async with transaction() as slow:
        parts = [Part(await number_of("invoice", "FA-1"), 30_000)]
        await decide(slow, creditor, first, Verdict.BOOK, parts, "marie", "they called", NOON)
        async with transaction() as quick:
            parts = [Part(await number_of("invoice", "FA-2"), 20_000)]
            await decide(quick, creditor, second, Verdict.BOOK, parts, "paul", "they called", NOON)
        await settle_decided(NOON)
        assert await balance() == [("FA-1", 0, 0, 40_000), ("FA-2", 20_000, 0, 50_000)]
    assert await creditors_unsettled() == (creditor,)
    await settle_decided(NOON)
    assert await balance() == [("FA-1", 30_000, 0, 10_000), ("FA-2", 20_000, 0, 50_000)]
    assert await creditors_unsettled() == ()
