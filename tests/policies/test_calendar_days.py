"""Sending moments: hours and days in the debtor's zone, holidays, closed seasons, changes of the clock."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from policies.calendar_days import (
    FARTHEST,
    days_after,
    in_season,
    month_end,
    next_open_moment,
    open_moment_on,
    whole_second,
)
from policies.case import Calendar
from policies.ladder import Season
from policies.open_hours import Week, office_week
from tests.policies.builders import FRENCH_HOLIDAYS, PARIS, a_ladder, paris


def week(**hours: Any) -> Week:
    return office_week(a_ladder(**hours))


OFFICE = week(send_from=9, send_until=18)
FRANCE = Calendar(PARIS, FRENCH_HOLIDAYS)
AUGUST, YEAR_END = Season((8, 1), (8, 25)), Season((12, 20), (1, 3))


@pytest.mark.parametrize(
    ("not_before", "leaves"),
    [
        ("2026-03-05 08:59", "2026-03-05 09:00"),
        ("2026-03-05 09:00", "2026-03-05 09:00"),
        ("2026-03-05 17:59:59", "2026-03-05 17:59:59"),
        ("2026-03-05 18:00", "2026-03-06 09:00"),
        ("2026-03-06 18:00", "2026-03-09 09:00"),  # Friday evening
        ("2026-03-07 12:00", "2026-03-09 09:00"),  # Saturday
        ("2026-04-03 19:00", "2026-04-07 09:00"),  # Good Friday evening, Easter Monday
        ("2026-03-27 20:00", "2026-03-30 09:00"),  # summer time begins on Sunday 29 March
        ("2026-10-23 20:00", "2026-10-26 09:00"),  # and ends on Sunday 25 October
    ],
)
def test_a_message_leaves_in_office_hours_of_the_debtor(not_before: str, leaves: str) -> None:
    assert next_open_moment(OFFICE, FRANCE, paris(not_before)) == paris(leaves)


def test_the_same_office_hour_is_another_utc_hour_after_the_clock_changes() -> None:
    winter = next_open_moment(OFFICE, FRANCE, datetime(2026, 3, 27, 19, tzinfo=UTC) - timedelta(days=1))
    summer = next_open_moment(OFFICE, FRANCE, datetime(2026, 3, 27, 19, tzinfo=UTC))
    assert (winter, summer) == (datetime(2026, 3, 27, 8, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC))


def test_an_hour_the_change_to_summer_time_leaves_out_becomes_the_one_after_it() -> None:
    night = week(send_from=2, send_until=5, send_days=frozenset(range(7)))
    moment = next_open_moment(night, Calendar(PARIS), datetime(2026, 3, 28, 23, tzinfo=UTC))
    assert moment == datetime(2026, 3, 29, 1, tzinfo=UTC)  # 03:00 summer time


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    night = week(send_from=2, send_until=5, send_days=frozenset(range(7)))
    moment = next_open_moment(night, Calendar(PARIS), datetime(2026, 10, 24, 22, tzinfo=UTC))
    assert moment == datetime(2026, 10, 25, 0, tzinfo=UTC)  # 02:00 summer time


def test_a_window_may_last_until_midnight() -> None:
    late = week(send_from=9, send_until=24)
    assert next_open_moment(late, FRANCE, paris("2026-03-05 23:59:59")) == paris("2026-03-05 23:59:59")
    assert next_open_moment(late, FRANCE, paris("2026-03-06 00:00")) == paris("2026-03-06 09:00")


def test_the_debtors_own_day_counts_on_the_other_side_of_the_world() -> None:
    noumea = Calendar(ZoneInfo("Pacific/Noumea"))  # UTC+11
    assert next_open_moment(OFFICE, noumea, paris("2026-03-06 10:00")) == datetime(2026, 3, 8, 22, tzinfo=UTC)
    los_angeles = Calendar(ZoneInfo("America/Los_Angeles"))
    assert next_open_moment(OFFICE, los_angeles, paris("2026-03-09 01:00")) == datetime(2026, 3, 9, 16, tzinfo=UTC)


def test_a_day_the_zone_never_had_is_no_sending_day() -> None:
    apia = Calendar(ZoneInfo("Pacific/Apia"))  # Samoa went from Thursday 29 to Saturday 31 December 2011
    moment = next_open_moment(OFFICE, apia, datetime(2011, 12, 30, 8, tzinfo=UTC))
    assert moment is not None
    assert apia.day(moment) == date(2012, 1, 2)


@pytest.mark.parametrize(
    ("not_before", "leaves"),
    [
        ("2026-07-21 10:00", "2026-07-21 10:00"),  # ten days to pay: 31 July
        ("2026-07-22 10:00", "2026-08-26 09:00"),  # ten days to pay: 1 August
        ("2026-08-01 10:00", "2026-08-26 09:00"),
        ("2026-12-09 10:00", "2026-12-09 10:00"),  # ten days to pay: 19 December
        ("2026-12-10 10:00", "2027-01-04 09:00"),  # ten days to pay: 20 December
        ("2027-01-03 10:00", "2027-01-04 09:00"),
    ],
)
def test_neither_the_message_nor_its_deadline_falls_in_a_closed_season(not_before: str, leaves: str) -> None:
    moment = next_open_moment(OFFICE, FRANCE, paris(not_before), seasons=(AUGUST, YEAR_END), pay_within=10)
    assert moment == paris(leaves)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 7, 31), False), (date(2026, 8, 1), True), (date(2026, 8, 25), True), (date(2026, 8, 26), False),
        (date(2026, 12, 19), False), (date(2026, 12, 20), True), (date(2027, 1, 3), True), (date(2027, 1, 4), False),
    ],
)  # fmt: skip
def test_a_season_has_its_first_and_last_day_and_may_run_over_the_new_year(day: date, closed: bool) -> None:
    assert in_season((AUGUST, YEAR_END), day, None) is closed


def test_a_season_that_never_ends_or_a_week_without_days_leaves_no_moment() -> None:
    assert next_open_moment(OFFICE, FRANCE, paris("2026-03-05 10:00"), seasons=(Season((1, 1), (12, 31)),)) is None
    assert next_open_moment(week(send_days=frozenset()), FRANCE, paris("2026-03-05 10:00")) is None
    assert next_open_moment(week(send_from=18, send_until=9), FRANCE, paris("2026-03-05 10:00")) is None


def test_days_stay_inside_the_calendar() -> None:
    assert days_after(date(2026, 2, 27), 2) == date(2026, 3, 1)
    assert days_after(date(9999, 12, 31), 30) == FARTHEST
    assert days_after(date.min, -5) > date.min
    west, now = Calendar(timezone(timedelta(hours=-12))), paris("2026-03-05 10:00")
    later, sooner = (open_moment_on(OFFICE, one, FARTHEST, now, now.date()) for one in (west, Calendar(UTC)))
    assert later is not None
    assert sooner is not None
    assert later > sooner


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 2, 1), date(2026, 2, 28)), (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2026, 12, 31)), (date(2026, 1, 30), date(2026, 1, 31)),
    ],
)  # fmt: skip
def test_the_end_of_a_month_is_its_last_day(day: date, last: date) -> None:
    assert month_end(day) == last


def test_moments_are_whole_seconds_in_utc() -> None:
    assert whole_second(datetime(2026, 3, 5, 10, 0, 0, 1, tzinfo=PARIS)) == datetime(2026, 3, 5, 9, 0, 1, tzinfo=UTC)
    assert whole_second(datetime(2026, 3, 5, 10, tzinfo=PARIS)).tzinfo is UTC
