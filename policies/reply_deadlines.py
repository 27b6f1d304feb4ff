"""How long a reply may lie unread: its owner is reminded after one business day, the manager told after two."""

from datetime import UTC, date, datetime, time
from enum import StrEnum

from policies.bank_days import bank_days_after
from policies.calendar import Calendar

HOUR = 16
"""The hour of the creditor's day at which a reply has lain too long: the day itself was there to read it."""


class Waited(StrEnum):
    """How long a reply has lain."""

    NOT_LONG = ""
    REMINDED = "reminded"  # one business day has passed
    ESCALATED = "escalated"  # two have


_DAYS = ((Waited.REMINDED, 1), (Waited.ESCALATED, 2))


def deadlines(calendar: Calendar, received_at: datetime) -> tuple[tuple[Waited, datetime], ...]:
    """When the owner is reminded of a reply that came in at `received_at`, and when the manager is told; aware UTC.

    `calendar` is the creditor's: Monday to Friday, without public holidays.
    """
    return tuple((waited, _moment(calendar, received_at, days)) for waited, days in _DAYS)


def waited(calendar: Calendar, received_at: datetime, now: datetime) -> Waited:
    """How long a reply that came in at `received_at` has lain at `now`."""
    past = [one for one, moment in deadlines(calendar, received_at) if moment <= now]
    return past[-1] if past else Waited.NOT_LONG


def _moment(calendar: Calendar, received_at: datetime, days: int) -> datetime:
    on: date = bank_days_after(calendar, calendar.day(received_at), days)
    return datetime.combine(on, time(HOUR), tzinfo=calendar.zone).astimezone(UTC)
