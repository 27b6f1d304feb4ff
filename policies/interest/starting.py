"""The day after which interest runs, by what the law counts from."""

from datetime import date, timedelta

from policies.interest.debt import Debt
from policies.law.rules import Starts


def runs_after(debt: Debt, starts: Starts) -> date | None:
    """Interest runs from the day after this one; None: what it counts from has not happened, so nothing runs."""
    event = debt.due
    if starts in (Starts.NOTICE, Starts.REMINDER_EXPIRED):
        if debt.notice_on is None:
            return None
        event = debt.notice_on
    elif starts is Starts.THIRD_MONTH:
        if debt.delivered_on is None:
            return None
        event = third_month_end(debt.delivered_on)
    return max(event, debt.due)


def third_month_end(day: date) -> date:
    """The last day of the third month after that of `day`: delivered in March, 30 June (LU, law of 18 April 2004)."""
    months = day.year * 12 + day.month + 3  # counted from 0: the month after the third
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


WAITING = {
    Starts.NOTICE: "Interest runs from the formal notice, and none was received yet: nothing is due so far.",
    Starts.REMINDER_EXPIRED: "Nothing is due before a free first reminder was sent and its delay ran out.",
    Starts.THIRD_MONTH: "Interest runs from the end of the third month after delivery; the day of delivery is missing.",
}
"""Why nothing runs, where `runs_after` has no answer."""
