"""The first day that bears interest, by what the law counts from."""

from datetime import date, timedelta

from policies.interest.debt import Debt, Terms
from policies.interest.floor import Remark
from policies.interest.statement import Flag
from policies.law.rules import InterestRule, KindLaw, Starts

ONE_DAY = timedelta(days=1)


def first_day(debt: Debt, law: KindLaw, terms: Terms | None) -> tuple[date | None, list[Remark]]:
    """The first day that bears interest; None with the reason where nothing runs."""
    rule = law.interest
    if rule is None:
        reason = law.reason("interest")
        return None, [(Flag.NOT_CLAIMABLE, reason or "The law of this country gives no interest here that is known.")]
    if rule.needs_terms and (terms is None or terms.rate is None):
        return None, [(Flag.NEEDS_TERMS, "Interest is due only where the parties agreed on a rate.")]
    return _after(debt, rule)


def _after(debt: Debt, rule: InterestRule) -> tuple[date | None, list[Remark]]:
    day = runs_after(debt, rule.starts)
    if day is not None:
        return day + ONE_DAY, []
    too_early = f"What was sent by {debt.notice_on}, before the debt was late, is no notice. " if debt.notice_on else ""
    return None, [(Flag.NEEDS_NOTICE, too_early + WAITING[rule.starts])]


def runs_after(debt: Debt, starts: Starts) -> date | None:
    """Interest runs from the day after this one; None: what it counts from has not happened, so nothing runs."""
    event = debt.due
    if starts in (Starts.NOTICE, Starts.REMINDER_EXPIRED):
        if not debt.noticed:
            return None
        event = debt.notice_on or event
    elif starts is Starts.THIRD_MONTH:
        if debt.delivered_on is None:
            return None
        event = third_month_end(debt.delivered_on)
    return max(event, debt.due)


def third_month_end(day: date) -> date:
    """The last day of the third month after that of `day`: delivered in March, 30 June (LU, law of 18 April 2004)."""
    months = day.year * 12 + day.month + 3  # counted from 0: the month after the third
    return date(months // 12, months % 12 + 1, 1) - ONE_DAY


WAITING = {
    Starts.NOTICE: "Interest runs from the formal notice, and none was received yet: nothing is due so far.",
    Starts.REMINDER_EXPIRED: "Nothing is due before a free first reminder was sent and its delay ran out.",
    Starts.THIRD_MONTH: "Interest runs from the end of the third month after delivery; the day of delivery is missing.",
}
"""Why nothing runs, where `runs_after` has no answer."""
