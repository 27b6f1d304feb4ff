"""On which days, and from when on, the team gets its digest."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from policies.calendar import Calendar
from policies.digest_day import digest_day, next_digest

PARIS = Calendar(ZoneInfo("Europe/Paris"), frozenset({date(2026, 11, 11), date(2026, 12, 25)}))


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-27T05:59:59", None),
        ("2026-11-27T06:00:00", "2026-11-27"),
        ("2026-11-27T22:59:59", "2026-11-27"),
        ("2026-11-27T23:00:00", None),
        ("2026-11-28T12:00:00", None),
        ("2026-11-29T12:00:00", None),
        ("2026-11-11T12:00:00", None),
    ],
)
def test_a_digest_is_due_from_seven_on_a_working_day_until_its_midnight(now: str, day: str | None) -> None:
    found = digest_day(PARIS, 7, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-27T05:00:00", "2026-11-27T06:00:00"),
        ("2026-11-27T06:00:00", "2026-11-30T06:00:00"),
        ("2026-11-10T07:00:00", "2026-11-12T06:00:00"),
        ("2026-12-24T07:00:00", "2026-12-28T06:00:00"),
        ("2026-03-27T07:00:00", "2026-03-30T05:00:00"),
    ],
)
def test_the_next_one_comes_on_the_next_working_day_at_the_hour_of_the_clock_there(now: str, then: str) -> None:
    found = next_digest(PARIS, 7, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(then).replace(tzinfo=UTC)
