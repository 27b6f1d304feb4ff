"""A salesperson hears of a formal notice to a customer of theirs before it leaves, and may object once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from policies.bank_days import bank_days_after
from policies.calendar import Calendar
from policies.calendar_days import days_after
from policies.choice import Choice
from policies.stages import Stage

DAYS = 2
"""Business days of the creditor: the second one is the last on which an objection counts."""
SEND, WAIT, HOLD = "send_all_the_same", "wait_until", "keep_on_hold"

OBJECTION_CHOICES: tuple[Choice, ...] = (
    Choice(SEND, "Send the notice all the same"),
    Choice(WAIT, "Wait until the date below", needs=frozenset({"date"})),
    Choice(HOLD, "Keep it on hold until I say"),
)


@dataclass(frozen=True, slots=True)
class ObjectionDecided:
    """The notice goes on (`until` None, `goes_on`), rests through the day `until`, or until somebody releases it."""

    goes_on: bool
    until: date | None
    reason: str


def asks_salesperson(stage: Stage | None) -> bool:
    """Whether the salesperson is told before a step of this stage: only before what a customer takes amiss for good."""
    return stage is Stage.FORMAL_NOTICE


def last_day(calendar: Calendar, told_at: datetime) -> date:
    """The last day on which an objection counts; the notice may leave on the next one."""
    return bank_days_after(calendar, calendar.day(told_at), DAYS)


def ends_at(calendar: Calendar, told_at: datetime) -> datetime:
    """The moment from which on it is too late to object (aware UTC)."""
    return datetime.combine(days_after(last_day(calendar, told_at), 1), time(0), tzinfo=calendar.zone).astimezone(UTC)
