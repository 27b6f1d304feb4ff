"""When a call is tried: in open hours, and not at the time of day at which nobody answered."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from policies.calendar import Calendar
from policies.calendar_days import next_open_moment
from policies.call_times import proposed
from policies.open_hours import Week

PARIS = Calendar(ZoneInfo("Europe/Paris"), frozenset({date(2026, 4, 6)}))
OFFICE: Week = (*(((9, 18),),) * 5, (), ())
MORNINGS: Week = (*(((9, 12),),) * 5, (), ())


def paris(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=PARIS.zone)


@pytest.mark.parametrize(
    ("now", "tried", "when"),
    [
        ("03-12T10:00", (), "03-12T10:00"),
        ("03-12T07:00", (), "03-12T09:00"),
        ("03-12T19:00", (), "03-13T09:00"),
        ("03-12T10:00", ("03-10T09:30",), "03-12T13:00"),
        ("03-12T15:00", ("03-10T09:30",), "03-12T15:00"),
        ("03-12T15:00", ("03-10T14:30",), "03-13T09:00"),
        ("03-12T15:00", ("03-10T14:30", "03-11T09:30"), "03-12T15:00"),
        ("03-13T15:00", ("03-10T14:30",), "03-16T09:00"),  # over the weekend
        ("04-03T15:00", ("04-02T14:30",), "04-07T09:00"),  # and Easter Monday
    ],
)
def test_who_did_not_answer_in_one_half_of_the_day_is_tried_in_the_other(
    now: str, tried: tuple[str, ...], when: str
) -> None:
    assert proposed(OFFICE, PARIS, paris(now), [paris(one) for one in tried]) == paris(when)


def test_where_afternoons_are_never_open_the_morning_has_to_do() -> None:
    assert proposed(MORNINGS, PARIS, paris("03-12T10:00"), [paris("03-10T10:00")]) == paris("03-12T10:00")


def test_nobody_is_called_where_no_hour_is_open() -> None:
    assert proposed(((),) * 7, PARIS, paris("03-12T10:00"), []) is None


MOMENTS = some.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda one: one.replace(tzinfo=UTC))


@given(MOMENTS, some.lists(MOMENTS, max_size=4))
def test_what_is_proposed_is_always_open_and_never_past(now: datetime, tried: list[datetime]) -> None:
    found = proposed(OFFICE, PARIS, now, tried)
    assert found is not None
    assert found >= now
    assert next_open_moment(OFFICE, PARIS, found) == found
