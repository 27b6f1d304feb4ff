"""What is missing for the debtors there are, before anything is sent to them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from policies.case import DebtorKind
from storage.creditor import ensure_creditor
from storage.law_gaps import law_gaps
from storage.rate_store import add_rate
from tests.storage.books import bank, bill, invoice, line

pytestmark = pytest.mark.usefixtures("database_url")
JULY = date(2026, 7, 1)
EUROPEAN = (
    "ECB main refinancing rate: no value is known for 2026-07-01 to 2026-12-31. See the European Central Bank"
    " or the Banque de France (key rates), then type: relance rates set ecb_mro 2026-07-01 PERCENT --source TEXT."
)
LEGAL = "French legal interest rate, other cases: no value is known for 2026-07-01 to 2026-12-31."


async def test_nothing_is_missing_while_the_half_year_is_known() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000))
    assert await law_gaps(date(2026, 6, 30)) == ()


async def test_each_missing_rate_is_named_once_with_what_to_type() -> None:
    await bill(
        invoice("FA-1", "2026-02-01", 10_000),
        invoice("FA-2", "2026-02-01", 10_000, customer_number="C2", customer_name="Martin", country="LU"),
    )
    found = await law_gaps(JULY)
    assert [words for words in found if words.startswith("ECB")] == [EUROPEAN]
    assert [words.split(". ")[0] + "." for words in found if words.startswith("French")] == [LEGAL]
    us = await ensure_creditor()
    await add_rate(us.id, "ecb_mro", JULY, Decimal("2.40"), "ecb.europa.eu", "Lea", datetime(2026, 7, 3, tzinfo=UTC))
    assert EUROPEAN not in await law_gaps(JULY)


async def test_a_country_without_a_law_and_a_rule_nobody_confirmed_are_named() -> None:
    await bill(
        invoice("FA-1", "2026-02-01", 10_000, country="JP"),
        invoice("FA-2", "2026-02-01", 10_000, customer_number="C2", customer_name="Peeters", country="BE"),
        invoice("FA-3", "2026-02-01", 10_000, customer_number="C3", customer_name="Nemo", country=""),
    )
    found = await law_gaps(date(2026, 6, 30))
    assert [words[:40] for words in found] == [
        "A debtor without a country has no law: g",
        "The rule on flat for Belgium is not conf",
        "No law is known for JP; known are AT, BE",
    ]


async def test_who_owes_nothing_is_not_asked_about() -> None:
    await bill(invoice("FA-1", "2026-02-01", 10_000, country="JP", customer_kind=DebtorKind.CONSUMER))
    await bank(line("FA-1", 10_000))
    assert await law_gaps(JULY) == ()
