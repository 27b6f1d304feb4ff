"""Published examples of interest, to the cent, where the files are beside the checkout."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from policies.interest.claim import claim
from policies.interest.debt import Debt, Movement, Terms
from policies.interest.rounding import Rounding
from policies.money import plain
from storage.rate_store import shipped_rates
from tests.policies.interest.laws import DE, FR, UK

FOLDER = Path(__file__).parents[3] / "shared" / "corpora" / "interest"
RATES = shipped_rates()

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the corpora are not beside the checkout (../shared/corpora/interest)"
)


def vector(id: str) -> dict[str, Any]:
    found = json.loads((FOLDER / "vectors_examples.json").read_text(encoding="utf-8"))
    return next(one for one in found if one["id"] == id)


def minor(text: str) -> int:
    return int(Decimal(text.split(maxsplit=1)[0]) * 100)


def test_the_british_example_with_its_convention_named() -> None:
    given = vector("UK-1")
    debt = Debt(minor(given["input"]["principal"]), "GBP", date(2016, 1, 31))  # Bank Rate was 0.5 % on the eve
    until = date(2016, 3, 21)
    assert (until - debt.due).days == given["input"]["days"]
    statement = claim(debt, UK, RATES, until, rounding=Rounding.DAILY)
    assert plain(statement.interest or 0, "GBP") == given["expected"]["interest"]


def test_the_british_flat_sum_below_a_thousand_pounds() -> None:
    given = vector("UK-comp-999.99")
    statement = claim(Debt(minor(given["input"]["debt"]), "GBP", date(2026, 1, 31)), UK, RATES, date(2026, 2, 28))
    assert statement.flat == minor(given["expected"]["fixed_sum"])


def test_the_french_example() -> None:
    given = vector("FR-1")
    debt = Debt(minor(given["input"]["principal"]), "EUR", date(2024, 3, 31))
    terms = Terms(rate=Decimal(given["input"]["rate"].rstrip("%")), record="the example")
    statement = claim(debt, FR, RATES, date(2024, 4, 30), terms=terms)
    assert sum(line.days for line in statement.segments) == given["input"]["days"]
    assert plain(statement.interest or 0, "EUR") == given["expected"]["penalty"]
    assert statement.flat == minor(given["expected"]["fixed"])


def test_the_german_example_paid_before_it_was_due() -> None:
    given = vector("DE-4")
    principal, paid = minor(given["input"]["principal"]), date.fromisoformat(given["input"]["paid"])
    debt = Debt(principal, "EUR", date.fromisoformat(given["input"]["due"]), (Movement(paid, principal),))
    statement = claim(debt, DE, RATES, date(2023, 12, 31))
    assert sum(line.days for line in statement.segments) == given["expected"]["days"]
    assert statement.interest is not None
    assert plain(statement.interest, "EUR") == given["expected"]["interest"]


def test_the_german_base_rate_agrees_with_a_table_of_others() -> None:
    """From 2015 on; the table's 2023-06-01 is a slip for 1 July, and its last line is newer than ours."""
    lines = (FOLDER / "de_base_rate.yml").read_text(encoding="utf-8").splitlines()
    others = {start: Decimal(rate) for start, _, rate in (line.partition(": ") for line in lines if line[:2] == "20")}
    ours = {value.start.isoformat(): value.percent for value in RATES["de_base"].values}
    shared = sorted(ours.keys() & others.keys())
    assert len(shared) >= 8
    assert {day: ours[day] for day in shared} == {day: others[day] for day in shared}
