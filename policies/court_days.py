"""The last day of a period before a court.

Months end on the day of the same number, or on the last day of a month that has none (art. 641 CPC, § 188 BGB, regulation
1182/71); days are counted from the day after. A period that is ours to keep never moves: whoever relies on it is not late.
One that is the debtor's or the clerk's goes on to the next working day (art. 642 CPC, § 222 ZPO): whoever waits for it is
not early.
"""

from collections.abc import Collection
from datetime import date

from policies.bank_days import SATURDAY
from policies.calendar_days import days_after
from policies.law.court_rules import CourtPeriod
from policies.months import months_after


def last_day(period: CourtPeriod, begun: date, holidays: Collection[date] = ()) -> date:
    """The last day of a period that begins with what happened on the day `begun`."""
    day = days_after(months_after(begun, period.months), period.days)
    return next_working(day, holidays) if period.theirs else day


def next_working(day: date, holidays: Collection[date]) -> date:
    """The day itself, or the first one after it that is neither a Saturday, a Sunday nor a holiday."""
    while day.weekday() >= SATURDAY or day in holidays:
        day = days_after(day, 1)
    return day
