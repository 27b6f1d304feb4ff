"""Rates a person adds: kept for good, journalled with the creditor's settings, laid over the shipped ones."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import text

from policies.law.provenance import Confidence, Provenance
from policies.rates.series import RateValue
from storage import journal, rate_store
from storage.creditor import ensure_creditor
from storage.session import reading

pytestmark = pytest.mark.usefixtures("database_url")
NOON = datetime(2026, 7, 3, 12, tzinfo=UTC)
JULY = date(2026, 7, 1)


async def test_an_added_value_is_used_from_then_on_and_journalled() -> None:
    assert await rate_store.known_rates() == rate_store.shipped_rates()
    us = await ensure_creditor()
    rates = await rate_store.add_rate(us.id, "ecb_mro", JULY, Decimal("2.40"), "ecb.europa.eu", "Lea", NOON)
    assert rates == await rate_store.known_rates()
    assert rates["ecb_mro"].of_half_year(date(2026, 11, 22)) == RateValue(
        JULY,
        Decimal("2.40"),
        Provenance("ecb.europa.eu", date(2026, 7, 3), Confidence.MEDIUM, confirmed_by="ecb.europa.eu"),
        until=date(2026, 12, 31),
    )
    (entry,) = await journal.entries("creditor", us.id)
    assert (entry.kind, entry.facts) == (
        "rate_added", {"series": "ecb_mro", "start": "2026-07-01", "percent": "2.40", "actor": "Lea"},
    )  # fmt: skip


async def test_a_value_is_never_overwritten_the_later_one_counts() -> None:
    us = await ensure_creditor()
    for percent in ("2.40", "2.50"):
        rates = await rate_store.add_rate(us.id, "ecb_mro", JULY, Decimal(percent), "ecb.europa.eu", "Lea", NOON)
    newest = rates["ecb_mro"].newest
    assert newest is not None
    assert newest.percent == Decimal("2.50")
    async with reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM rate_value")) == 2
