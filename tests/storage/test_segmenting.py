"""Customers by the user's own rules: who is put where, and who is left alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.creditor import ensure_creditor
from storage.segmenting import Segmented, put_into_segments
from tests.storage.books import bank, bill, do, invoice, line, rows

pytestmark = pytest.mark.usefixtures("database_url")
NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
RULES = """
[[segment]]
name = "slow"
payers = ["usual_slow", "worsening"]
[[segment]]
name = "big"
exposure_above = { EUR = "500.00" }
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    place = tmp_path / "segments.toml"
    place.write_text(RULES)
    return place


async def put(*, dry_run: bool = False) -> list[tuple[str, str, str]]:
    found = await put_into_segments((await ensure_creditor()).id, NOW, dry_run=dry_run)
    assert all(isinstance(one, Segmented) for one in found)
    return [(one.number, one.before, one.after) for one in found]


async def segments() -> list[tuple[str, str]]:
    return [(number, segment) for number, segment in await rows("SELECT number, segment FROM customer ORDER BY number")]


async def customers() -> None:
    """C1 pays a month late, C2 owes much that is not due, C3 is as slow as C1 and a person put it elsewhere."""
    for number in ("C1", "C3"):
        months = [f"2026-0{month}-01" for month in (2, 3, 4)]
        await bill(*(invoice(f"{number}-{due}", due, 100_00, customer_number=number) for due in months))
        await bank(*(line(f"{number}-{due}", 100_00, on=f"{due[:6]}{int(due[6]) + 1}-01") for due in months))
    await bill(invoice("C2-1", "2026-08-01", 500_01, customer_number="C2"))
    await do("UPDATE customer SET segment = 'friends' WHERE number = 'C3'")


async def test_the_rules_put_customers_into_their_segments_and_leave_those_of_a_person(own: Path) -> None:
    await customers()
    wanted = [("C1", "", "slow"), ("C2", "", "big")]
    assert await put(dry_run=True) == wanted
    assert await segments() == [("C1", ""), ("C2", ""), ("C3", "friends")]
    assert await put() == wanted
    assert await segments() == [("C1", "slow"), ("C2", "big"), ("C3", "friends")]
    assert await put() == []


async def test_a_customer_whom_no_rule_fits_any_more_leaves_its_segment(own: Path) -> None:
    await customers()
    await put()
    own.write_text(RULES.replace("500.00", "500.01"))
    assert await put() == [("C2", "big", "")]
    assert [
        row[0] for row in await rows("SELECT facts FROM journal WHERE chain LIKE 'customer:%' AND kind = 'changed'")
    ] == [{"fields": ["segment"]}] * 3
