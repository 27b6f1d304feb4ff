"""When an invoice is due by its customer's terms: so many days, before or after the end of the month.

Article L441-10 I of the French commercial code lets parties agree on "45 days end of month"; both ways to count are in use
and the words say which: "45 jours fin de mois" counts the days first, "fin de mois + 45 jours" the month first.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from policies.payment_term_words import AT_ONCE, BEFORE_END, DAYS, MONTH_END, ON_DAY, not_understood

LONGEST = 365
FIGURES = re.compile(r"\d+")


class MonthEnd(StrEnum):
    """Whether the end of a month counts, and which comes first."""

    NO = ""
    AFTER = "after"  # the days run from the invoice, then to the end of that month
    BEFORE = "before"  # from the end of the invoice's month, then the days


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """`days` to pay; `on_day`: of the month after the month's end ("fin de mois le 10"), 0: none."""

    days: int
    month_end: MonthEnd = MonthEnd.NO
    on_day: int = 0

    def due(self, issued: date) -> date:
        """The day an invoice of this date is due."""
        if self.month_end is MonthEnd.BEFORE:
            due = _last(issued) + timedelta(days=self.days)
        else:
            due = issued + timedelta(days=self.days)
            due = _last(due) if self.month_end is MonthEnd.AFTER else due
        return _next(due, self.on_day) if self.on_day else due


def _last(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _next(day: date, on: int) -> date:
    """The first day `on` of a month after `day`; the last day of a month that has none."""
    here = day.replace(day=min(on, _last(day).day))
    if here > day:
        return here
    first = _last(day) + timedelta(days=1)
    return first.replace(day=min(on, _last(first).day))


def read_terms(text: str) -> PaymentTerms | str:
    """The terms these words say (folded: lower case, no accents), or the sentence why they say none that is sure."""
    found = list(DAYS.finditer(text))
    end, on = MONTH_END.search(text), ON_DAY.search(text)
    figures = FIGURES.findall(ON_DAY.sub(" ", text))
    if len(found) > 1 or len(figures) > len(found):
        return "It names several periods or other figures; write one, such as 45 jours fin de mois."
    at_once = AT_ONCE.search(text)
    if not found and not end and not at_once:
        return "It names no number of days, such as 30 jours."
    days = int(found[0]["days"] or found[0]["net"]) if found else 0
    if days > LONGEST:
        return f"{days} days are more than a year."
    on_day = int(on["on"]) if on else 0
    if on_day and (not end or not 1 <= on_day <= 31):
        return "A day of the month belongs behind the end of the month, such as 30 jours fin de mois le 10."
    if at_once and (found or end):
        return f"It says both “{at_once[0]}” and a period; which of them counts is not sure."
    comes, others = _month_end(text, found[0] if found else None, end)
    rest = not_understood(others)
    return f"It also says “{rest}”, which is not understood." if rest else PaymentTerms(days, comes, on_day)


def _month_end(text: str, days: re.Match[str] | None, end: re.Match[str] | None) -> tuple[MonthEnd, str]:
    """How the end of the month counts, and the words without the one that said so."""
    if end is None:
        return MonthEnd.NO, text
    if days is None or days.start() > end.start():
        return MonthEnd.BEFORE, text
    between = text[days.end() : end.start()]
    after = BEFORE_END.search(between)
    if after is None:
        return MonthEnd.AFTER, text
    return MonthEnd.BEFORE, f"{text[: days.end()]}{between[: after.start()]} {text[end.start() :]}"
