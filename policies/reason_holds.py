"""The hold that follows from the reason a customer gives, or what is missing to place it."""

from datetime import date

from policies.answer_reasons import REASON_LAWS, AnswerReason
from policies.calendar_days import days_after
from policies.hold_consequences import SetHold
from policies.problems import Problem

SOURCE = "form"


def hold_for(reason: AnswerReason, as_of: date, on: date | None = None, words: str = "") -> SetHold | Problem | None:
    """The hold of a reason given on `as_of`; `on` is the day the customer named, `words` what he said.

    None: nothing is held. A day that is missing, past or of no use for the reason is told.
    """
    law = REASON_LAWS[reason]
    if law.needs_day and on is None:
        return Problem(SOURCE, None, "date", f"“{law.sentence}” needs a day; write it as YYYY-MM-DD.")
    if on is not None and not law.needs_day:
        return Problem(SOURCE, None, "date", f"Leave the day empty: “{law.sentence}” has no use for it.")
    if on is not None and on < as_of:
        return Problem(SOURCE, None, "date", f"{on.isoformat()} has passed; name a day from {as_of.isoformat()} on.")
    if law.hold is None:
        return None
    until = on if law.days is None else days_after(as_of, law.days)
    return SetHold(law.hold, until, words.strip() or law.said)
