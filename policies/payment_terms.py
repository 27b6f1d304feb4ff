"""When an invoice is due by its customer's terms: so many days, before or after the end of the month.

Article L441-10 I of the French commercial code lets parties agree on "45 days end of month"; both ways to count are in use
and the words say which: "45 jours fin de mois" counts the days first, "fin de mois + 45 jours" the month first.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = 365
FIGURES = re.compile(r"\d+")
MONTH_END = re.compile(
    r"fin de mois|fdm|end of (?:the )?month|eom|monatsende|einde maand|fin de mes|fine mese|\bf\.? ?m\.?(?!\w)"
)
AT_ONCE = re.compile(
    r"comptant|(?:a|des) reception(?: de (?:la )?facture)?|immediat|on receipt|due immediately|cash|sofort|contado"
    r"|direct|vista fattura|rimessa diretta"
)
DAYS = re.compile(
    r"(?P<days>\d{1,3}) ?(?:jours?|jrs?|j|days?|tagen?|tage|dagen|dias|giorni|gg|d)(?!\w)|net ?(?P<net>\d{1,3})(?!\d)"
)
AFTERWARDS = re.compile(r"\b(?:apres|after|from|a partir de|nach|na|despues|dopo|des)\b")
"""45 days *after* the end of the month: the month first, whatever the order of the words."""
ON_DAY = re.compile(r"(?:\ble|on the|\bam|\bel|\bil) (?P<on>\d{1,2})(?!\d| ?(?:jours?|j\b|%))")


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
    """The first day `on` of a month after `day`."""
    first = _last(day) + timedelta(days=1) if day.day >= on else day.replace(day=1)
    return first.replace(day=min(on, calendar.monthrange(first.year, first.month)[1]))


def read_terms(text: str) -> PaymentTerms | str:
    """The terms these words say (folded: lower case, no accents), or the sentence why they say none that is sure."""
    found = list(DAYS.finditer(text))
    end, on = MONTH_END.search(text), ON_DAY.search(text)
    figures = FIGURES.findall(ON_DAY.sub(" ", text))
    if len(found) > 1 or len(figures) > len(found):
        return "It names several periods or other figures; write one, such as 45 jours fin de mois."
    if not found and not end:
        return PaymentTerms(0) if AT_ONCE.search(text) else "It names no number of days, such as 30 jours."
    days = int(found[0]["days"] or found[0]["net"]) if found else 0
    if days > LONGEST:
        return f"{days} days are more than a year."
    on_day = int(on["on"]) if on else 0
    if on_day and (not end or not 1 <= on_day <= 31):
        return "A day of the month belongs behind the end of the month, such as 30 jours fin de mois le 10."
    if not end:
        return PaymentTerms(days)
    first = found and found[0].start() < end.start() and not AFTERWARDS.search(text[found[0].end() : end.start()])
    return PaymentTerms(days, MonthEnd.AFTER if first else MonthEnd.BEFORE, on_day)
