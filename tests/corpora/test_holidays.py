"""The public holidays of France, against a published list, where the file is beside the checkout."""

import csv
from datetime import date
from pathlib import Path

import pytest

from storage.holiday_sets import holidays_around

FILE = Path(__file__).parents[3] / "shared" / "corpora" / "holidays" / "FR_2025_2026.csv"

pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason="the corpora are not beside the checkout (../shared/corpora/holidays)"
)


def test_every_day_of_the_list_is_kept_and_no_other_one() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        listed = {date.fromisoformat(row["date"]) for row in csv.DictReader(file) if row["calendar"] == "FR_COMMON"}
    assert {day.year for day in listed} == {2025, 2026}
    assert holidays_around("FR", date(2025, 6, 1)) == listed
