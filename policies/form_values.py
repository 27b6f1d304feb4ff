"""Reading a form again after it was submitted: the server has only checked that the values are text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policies.calendar_days import days_after
from policies.choices import Choice, choices, fields
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.stages import Stage

SOURCE = "form"
FARTHEST_DAYS = 365
"""A promise or a hold may end at most this many days from today."""
LONGEST_NOTE = 2000
"""Characters."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_BETWEEN_CUSTOMERS = re.compile(r"[,;\s]+")


@dataclass(frozen=True, slots=True)
class Given:
    """A form's values, read and checked against the decision."""

    choice: Choice
    on: date | None
    email: str
    customers: tuple[str, ...]
    note: str
    call_again_days: int = 2
    """The ladder's days before a call without an answer is tried again."""


def read_form(
    kind: QuestionKind, stage: Stage | None, values: Mapping[str, object], as_of: date
) -> Given | list[Problem]:
    """The values of a form, or every reason why they are no answer. `as_of` is the day of the answer."""
    known = {field.name for field in fields(kind)}
    texts = {name: value.strip() if isinstance(value, str) else "" for name, value in values.items()}
    problems = [_wrong(name, "This form has no such field.") for name in sorted(texts.keys() - known) if values[name]]
    problems += [_wrong(name, "Write text.") for name in values if not isinstance(values[name], str)]
    choice = next((one for one in choices(kind, stage) if one.code == texts.get("decision", "")), None)
    if choice is None:
        sentences = "; ".join(one.sentence for one in choices(kind, stage))
        return [*problems, _wrong("decision", f"Choose one of: {sentences}.")]
    problems += _wrongly_filled(choice, texts, known) + _unreadable(texts, known, as_of)
    if problems:
        return problems
    customers = tuple(dict.fromkeys(one for one in _BETWEEN_CUSTOMERS.split(texts.get("customers", "")) if one))
    on = _day(texts.get("date", ""))
    return Given(choice, on, texts.get("email", ""), customers, texts.get("note", ""))


def _wrongly_filled(choice: Choice, texts: Mapping[str, str], known: set[str]) -> list[Problem]:
    """Fields the decision needs and that are empty; fields that are filled in though the decision is another."""
    needed = [_wrong(name, f"Needed to choose “{choice.sentence}”.") for name in sorted(choice.needs - _filled(texts))]
    allowed = choice.needs | choice.uses | {"decision", "note"}
    stray = sorted((_filled(texts) & known) - allowed)
    return needed + [_wrong(name, f"Leave it empty to choose “{choice.sentence}”, or choose again.") for name in stray]


def _filled(texts: Mapping[str, str]) -> set[str]:
    return {name for name, text in texts.items() if text}


def _unreadable(texts: Mapping[str, str], known: set[str], as_of: date) -> list[Problem]:
    """What is filled in but cannot be right."""
    found = [("date", _date_wrong(texts.get("date", ""), as_of)), ("email", _email_wrong(texts.get("email", "")))]
    if len(texts.get("note", "")) > LONGEST_NOTE:
        found.append(("note", f"At most {LONGEST_NOTE} characters."))
    return [_wrong(name, reason) for name, reason in found if reason and name in known]


def _date_wrong(text: str, as_of: date) -> str:
    """Why the text is no day to come within a year; empty when it is one, or when there is none."""
    if not text:
        return ""
    day, last = _day(text), days_after(as_of, FARTHEST_DAYS)
    if day is None:
        return f"“{text}” is not a date; write it as YYYY-MM-DD, for example {days_after(as_of, 7).isoformat()}."
    if day <= as_of:
        return f"{text} is not in the future; today is {as_of.isoformat()}."
    return f"{text} is more than a year away; the last day possible is {last.isoformat()}." if day > last else ""


def _day(text: str) -> date | None:
    """The day a text names exactly as YYYY-MM-DD; None otherwise."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:  # such as 2026-02-30
        return None


def _email_wrong(text: str) -> str:
    """Why the text is no plausible e-mail address; empty when it is one, or when there is none."""
    local = text.partition("@")[0]
    dots_wrong = local.startswith(".") or local.endswith(".") or ".." in text
    if not text or (_EMAIL.fullmatch(text) and len(text) <= 254 and not dots_wrong):
        return ""
    return f"“{text}” is not an e-mail address; write one such as accounts@example.com."


def _wrong(name: str, reason: str) -> Problem:
    return Problem(SOURCE, None, name, reason)
