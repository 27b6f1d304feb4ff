"""When the team gets its daily digest: on working days of the creditor, from a set hour on."""

from datetime import UTC, date, datetime, time

from policies.bank_days import SATURDAY
from policies.calendar import Calendar
from policies.calendar_days import days_after

FARTHEST = 30
"""Days looked at for the next working one."""


def is_working(calendar: Calendar, day: date) -> bool:
    """Monday to Friday, without public holidays."""
    return day.weekday() < SATURDAY and day not in calendar.holidays


def digest_day(calendar: Calendar, hour: int, now: datetime) -> date | None:
    """The day whose digest is due at `now`; None: it is no working day, or too early."""
    today = calendar.day(now)
    return today if is_working(calendar, today) and due_at(calendar, hour, today) <= now else None


def next_digest(calendar: Calendar, hour: int, now: datetime) -> datetime | None:
    """The first moment after `now` at which a digest is due."""
    today = calendar.day(now)
    for ahead in range(FARTHEST):
        day = days_after(today, ahead)
        if is_working(calendar, day) and due_at(calendar, hour, day) > now:
            return due_at(calendar, hour, day)
    return None


def due_at(calendar: Calendar, hour: int, day: date) -> datetime:
    """When the digest of the day is due, aware UTC."""
    return datetime.combine(day, time(hour), tzinfo=calendar.zone).astimezone(UTC)
