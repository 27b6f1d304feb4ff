"""Days as a form's text names them: to come within a year, or of something that was done."""

import re
from datetime import date

from policies.calendar_days import days_after

FARTHEST_DAYS = 365
"""A promise or a hold may end at most this many days from today."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def coming_day_wrong(text: str, as_of: date) -> str:
    """Why the text is no day to come within a year; empty when it is one, or when there is none."""
    if not text:
        return ""
    day, last = day_of(text), days_after(as_of, FARTHEST_DAYS)
    if day is None:
        return _no_day(text, days_after(as_of, 7))
    if day <= as_of:
        return f"{text} is not in the future; today is {as_of.isoformat()}."
    return _too_far(text, last) if day > last else ""


def _too_far(text: str, last: date) -> str:
    return f"{text} is more than a year away; the last day possible is {last.isoformat()}."


def named_day_wrong(text: str, as_of: date) -> str:
    """Why the text is no day within a year; whether it may have passed is for the reason it is given for. Empty: it is one, or
    there is none."""
    day, last = day_of(text), days_after(as_of, FARTHEST_DAYS)
    if not text or (day is not None and day <= last):
        return ""
    return _no_day(text, days_after(as_of, 7)) if day is None else _too_far(text, last)


def act_day_wrong(text: str, as_of: date) -> str:
    """Why the text is no day up to today; empty when it is one, or when there is none."""
    day = day_of(text)
    if not text or (day is not None and day <= as_of):
        return ""
    return _no_day(text, as_of) if day is None else f"{text} is still to come; today is {as_of.isoformat()}."


def _no_day(text: str, example: date) -> str:
    return f"“{text}” is not a date; write it as YYYY-MM-DD, for example {example.isoformat()}."


def day_of(text: str) -> date | None:
    """The day a text names exactly as YYYY-MM-DD; None otherwise."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:  # such as 2026-02-30
        return None
