"""The day, the hour and the amount somebody names on the telephone, as a form's texts."""

import re
from datetime import date, time

from policies.call_choices import CALL_BACK, NO_ANSWER, VOICEMAIL
from policies.form_days import coming_day_wrong
from policies.money import digits

_HOUR = re.compile(r"(.*?) +([01]?[0-9]|2[0-3])[:hH]([0-5][0-9])")
_AMOUNT = re.compile(r"([0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]{1,12})(?:[.,]([0-9]+))?")


AGREED = frozenset({CALL_BACK, VOICEMAIL, NO_ANSWER})
"""Outcomes whose day may have an hour: that of the next call."""


def day_and_hour(text: str) -> tuple[str, time | None]:
    """The text of the day, and the hour after it: `2026-03-12 14:30`; None where none is written."""
    found = _HOUR.fullmatch(text)
    return (text, None) if found is None else (found[1].strip(), time(int(found[2]), int(found[3])))


def call_day_wrong(code: str, text: str, as_of: date) -> str:
    """Why the day of a call's form cannot be right; empty: it can. A call back may be asked for on the same day."""
    if code not in AGREED:
        return coming_day_wrong(text, as_of)
    day, hour = day_and_hour(text)
    if code == CALL_BACK and hour is not None and day == as_of.isoformat():
        return ""
    return coming_day_wrong(day, as_of)


def amount_of(text: str, currency: str) -> int | str:
    """The amount in minor units of the currency, or the sentence saying why it is none. Empty text: 0.

    A comma or a point stands before the cents, blanks between thousands: `1 250,00`. `1,250` is never guessed at.
    """
    said = text.strip()
    if not said:
        return 0
    if not currency:
        return "What is owed is in several currencies: name one invoice."
    found = _AMOUNT.fullmatch(said)
    places = digits(currency)
    if found is None or len(found[2] or "") not in {0, places}:
        example = f"500.{'0' * places}" if places else "500"
        return f"“{said}” is not an amount; write it such as {example}."
    minor = int(re.sub(r"\D", "", found[1]) + (found[2] or "").ljust(places, "0"))
    return minor or "An amount of nothing is no promise; leave it empty for everything."
