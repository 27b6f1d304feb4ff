"""The delay of a free reminder, by post and by e-mail."""

from datetime import date

import pytest

from policies.interest.reminder import runs_out

NATIONAL_DAY = date(2023, 7, 21)  # a Friday


@pytest.mark.parametrize(
    ("sent", "posted", "last"),
    [
        ("2023-09-18", True, "2023-10-04"),  # the sources' own example: the clause applies from 5 October
        ("2023-09-18", False, "2023-10-02"),
        ("2023-09-15", True, "2023-10-03"),  # a Friday: the third working day is Wednesday
        ("2023-07-19", True, "2023-08-07"),  # Friday is a holiday: Thursday, Monday, Tuesday
        ("2023-07-19", False, "2023-08-02"),
    ],
)
def test_fourteen_days_count_from_the_third_working_day_or_from_the_day_after_the_e_mail(
    sent: str, posted: bool, last: str
) -> None:
    day = runs_out(date.fromisoformat(sent), 14, posted=posted, holidays=frozenset({NATIONAL_DAY}))
    assert day.isoformat() == last
