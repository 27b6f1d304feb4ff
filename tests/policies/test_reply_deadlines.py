"""A reply may lie one business day before its owner is reminded, and two before the manager is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from policies.calendar import Calendar
from policies.reply_deadlines import Waited, deadlines, waited

PARIS = Calendar(ZoneInfo("Europe/Paris"), frozenset({date(2026, 5, 14)}))


@pytest.mark.parametrize(
    ("received", "reminded", "escalated"),
    [
        # Friday evening: Monday and Tuesday, at four in the afternoon
        (datetime(2026, 3, 6, 19, tzinfo=UTC), datetime(2026, 3, 9, 15, tzinfo=UTC), datetime(2026, 3, 10, 15, tzinfo=UTC)),
        (datetime(2026, 3, 7, 9, tzinfo=UTC), datetime(2026, 3, 9, 15, tzinfo=UTC), datetime(2026, 3, 10, 15, tzinfo=UTC)),
        # Monday morning
        (datetime(2026, 3, 9, 7, tzinfo=UTC), datetime(2026, 3, 10, 15, tzinfo=UTC), datetime(2026, 3, 11, 15, tzinfo=UTC)),
        # the evening before Ascension Day, in summer time
        (datetime(2026, 5, 13, 18, tzinfo=UTC), datetime(2026, 5, 15, 14, tzinfo=UTC), datetime(2026, 5, 18, 14, tzinfo=UTC)),
        # before midnight by the universal clock, a day later in Paris
        (datetime(2026, 3, 5, 23, 30, tzinfo=UTC), datetime(2026, 3, 9, 15, tzinfo=UTC), datetime(2026, 3, 10, 15, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_business_days_of_the_creditor_are_counted(received: datetime, reminded: datetime, escalated: datetime) -> None:
    assert deadlines(PARIS, received) == ((Waited.REMINDED, reminded), (Waited.ESCALATED, escalated))


def test_it_has_waited_from_the_moment_on() -> None:
    received = datetime(2026, 3, 6, 19, tzinfo=UTC)
    moments = [datetime(2026, 3, day, hour, tzinfo=UTC) for day, hour in ((6, 19), (9, 14), (9, 15), (10, 15), (20, 7))]
    assert [waited(PARIS, received, moment) for moment in moments] == [
        Waited.NOT_LONG, Waited.NOT_LONG, Waited.REMINDED, Waited.ESCALATED, Waited.ESCALATED
    ]  # fmt: skip
