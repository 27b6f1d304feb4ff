"""What a day means here: the debtor's own, from its midnight to the next (docs/policies.md, *What is known when*)."""

from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache

from policies.calendar_days import days_after
from policies.case import Calendar


def start_of(calendar: Calendar, day: date) -> datetime:
    """The first moment of the debtor's day, aware UTC."""
    return _midnight(calendar.zone, day)


@lru_cache(maxsize=1 << 14)
def _midnight(zone: tzinfo, day: date) -> datetime:
    """Worked out once: the same few zones and days are asked about for every fact."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def known_next_day(calendar: Calendar, day: date) -> datetime:
    """When a fact of `day` is known where nobody wrote down when it was learnt: at the start of the next day."""
    return start_of(calendar, days_after(day, 1))
