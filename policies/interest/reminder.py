"""The last day a debtor has to pay without costs after a free reminder or a letter of fourteen days."""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
POST_DAYS = 3
SATURDAY = 5


def runs_out(sent: date, days: int, *, posted: bool, holidays: AbstractSet[date]) -> date:
    """The last of `days` calendar days; costs and interest may be claimed from the day after it.

    BE (art. XIX.2 CDE): the first of the days is the third working day after posting, or the day after electronic
    sending. NL (art. 6:96 BW): the day after receipt, which is `sent` when it is not posted. Saturdays do not count
    as working days here: the debtor has the longer delay.
    """
    first = _working_day_after(sent, POST_DAYS, holidays) if posted else sent + ONE_DAY
    return first + timedelta(days=days - 1)


def _working_day_after(day: date, count: int, holidays: AbstractSet[date]) -> date:
    while count:
        day += ONE_DAY
        count -= day.weekday() < SATURDAY and day not in holidays
    return day
