"""A customer's data are checked again so many months after the last time."""

from datetime import date

import pytest

from policies.creditor_limits import limits, limits_wrong
from policies.data_review import review_due


@pytest.mark.parametrize(
    ("checked", "months", "due"),
    [
        ("2026-01-15", 6, "2026-07-15"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2027-08-29", 6, "2028-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
    ],
)
def test_months_are_counted_by_the_calendar(checked: str, months: int, due: str) -> None:
    assert review_due(date.fromisoformat(checked), months) == date.fromisoformat(due)


def test_how_often_is_a_number_of_months_or_none() -> None:
    assert limits({"review_months": "none", "bank_max_age": "0"}) == {"bank_max_age": 0, "review_months": None}
    wrong = limits_wrong({"review_months": "0", "bank_max_age": "61", "courtesy_max_age": "5"})
    assert [(one.field, one.reason) for one in wrong] == [
        ("bank_max_age", "Write a number of bank days from 0 to 60, or none for no limit."),
        ("review_months", "Write a number of months from 1 to 60, or none for no limit."),
    ]
