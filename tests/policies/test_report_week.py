"""Which week a report is about, and when it is due."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.report_week import ReportWeek, last_told, read_week, week_before, week_of

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-W47", "2026-11-16", "2026-11-22"),
        ("2026-w1", "2025-12-29", "2026-01-04"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2027W01", "2027-01-04", "2027-01-10"),
    ],
)
def test_a_week_runs_from_monday_to_sunday(written: str, first: str, last: str) -> None:
    week = read_week(written)
    assert isinstance(week, ReportWeek)
    assert (week.first.isoformat(), week.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("last week", "“last week” is not a week; write it like 2026-W47."),
        ("2027-W53", "The year 2027 has no week 53."),
        ("2026-W00", "The year 2026 has no week 0."),
        ("0000-W10", "There is no report of the year 0: write a week from 1990-W01 on."),
        ("0001-W01", "There is no report of the year 1: write a week from 1990-W01 on."),
        ("9999-W52", "The year 9999 has no week 52."),
    ],
)
def test_what_is_no_week_is_told_in_a_sentence(written: str, says: str) -> None:
    assert read_week(written) == says


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2026-11-23T05:59:59+00:00", "2026-W46"),
        ("2026-11-23T06:00:00+00:00", "2026-W47"),
        ("2026-11-29T22:59:59+00:00", "2026-W47"),
        ("2027-01-04T06:00:00+00:00", "2026-W53"),
        ("2027-01-11T06:00:00+00:00", "2027-W01"),
        ("2026-03-30T04:59:59+00:00", "2026-W12"),
        ("2026-03-30T05:00:00+00:00", "2026-W13"),
    ],
)
def test_the_report_of_a_week_is_due_on_the_monday_after_it_at_seven_where_the_creditor_is(now: str, week: str) -> None:
    assert str(last_told(datetime.fromisoformat(now), PARIS, 7)) == week


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2200, 1, 1)))
def test_every_day_lies_in_the_week_that_is_said_and_the_week_before_ends_before_it(day: date) -> None:
    week = week_of(day)
    assert week.first <= day <= week.last
    assert week.ends(UTC) - week.begins(UTC) == timedelta(days=7)
    assert week_before(day).last == week.first - timedelta(days=1)
    assert read_week(str(week)) == week
