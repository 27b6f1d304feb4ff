"""Reading a form again after it was submitted: the server has only checked that the values are text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import partial

from policies.call_form import amount_of, call_day_wrong, day_and_hour
from policies.choice import Choice
from policies.choices import choices
from policies.form_days import act_day_wrong, coming_day_wrong, day_of, named_day_wrong
from policies.form_fields import OF_ACTS, fields
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.stages import Stage

SOURCE = "form"
LONGEST_NOTE = 2000
"""Characters."""

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
    payments: str = ""
    """Mediation: the payments agreed, or the amount given up, as they were written."""
    invoices: str = ""
    """Invoice numbers as they were written."""
    call_again_days: int = 2
    """The ladder's days before a call without an answer is tried again."""
    hour: time | None = None
    """Call: the hour of the day on the form, by the customer's clock."""
    minor: int = 0
    """The amount on the form, in minor units; 0: none."""
    call_attempts: int = 0
    """Calls without an answer after which the ladder passes the step over; 0: never."""
    calls_made: int = 0
    """Calls about this step that reached nobody so far."""


def read_form(
    kind: QuestionKind, stage: Stage | None, values: Mapping[str, object], as_of: date, offers: Sequence[str] = (),
    currency: str = "",
) -> Given | list[Problem]:  # fmt: skip
    """The values of a form, or every reason why they are no answer. `as_of` is the day of the answer."""
    known = {field.name for field in fields(kind)}
    texts = {name: value.strip() if isinstance(value, str) else "" for name, value in values.items()}
    problems = [_wrong(name, "This form has no such field.") for name in sorted(texts.keys() - known) if values[name]]
    problems += [_wrong(name, "Write text.") for name in values if not isinstance(values[name], str)]
    choice = next((one for one in choices(kind, stage, offers) if one.code == texts.get("decision", "")), None)
    if choice is None:
        sentences = "; ".join(one.sentence for one in choices(kind, stage, offers))
        return [*problems, _wrong("decision", f"Choose one of: {sentences}.")]
    amount = amount_of(texts.get("amount", ""), currency) if "amount" in known else 0
    problems += _wrongly_filled(choice, texts, known) + _unreadable(kind, texts, known, as_of)
    problems += [_wrong("amount", amount)] if isinstance(amount, str) else []
    if problems:
        return problems
    customers = tuple(dict.fromkeys(one for one in _BETWEEN_CUSTOMERS.split(texts.get("customers", "")) if one))
    day, hour = day_and_hour(texts.get("date", ""))
    given = Given(
        choice, day_of(day), texts.get("email", ""), customers, texts.get("note", ""), texts.get("payments", "")
    )
    minor = amount if isinstance(amount, int) else 0
    return replace(given, invoices=texts.get("invoices", ""), hour=hour, minor=minor)


def _wrongly_filled(choice: Choice, texts: Mapping[str, str], known: set[str]) -> list[Problem]:
    """Fields the decision needs and that are empty; fields that are filled in though the decision is another."""
    needed = [_wrong(name, f"Needed to choose “{choice.sentence}”.") for name in sorted(choice.needs - _filled(texts))]
    allowed = choice.needs | choice.uses | {"decision", "note", "only"}
    stray = sorted((_filled(texts) & known) - allowed)
    return needed + [_wrong(name, f"Leave it empty to choose “{choice.sentence}”, or choose again.") for name in stray]


def _filled(texts: Mapping[str, str]) -> set[str]:
    return {name for name, text in texts.items() if text}


def _unreadable(kind: QuestionKind, texts: Mapping[str, str], known: set[str], as_of: date) -> list[Problem]:
    """What is filled in but cannot be right."""
    date_wrong = act_day_wrong if kind in OF_ACTS else coming_day_wrong
    if kind is QuestionKind.REPLY:
        date_wrong = named_day_wrong
    if kind is QuestionKind.CALL_OUTCOME:
        date_wrong = partial(call_day_wrong, texts.get("decision", ""))
    found = [("date", date_wrong(texts.get("date", ""), as_of)), ("email", email_wrong(texts.get("email", "")))]
    if len(texts.get("note", "")) > LONGEST_NOTE:
        found.append(("note", f"At most {LONGEST_NOTE} characters."))
    return [_wrong(name, reason) for name, reason in found if reason and name in known]


def email_wrong(text: str) -> str:
    """Why the text is no plausible e-mail address; empty when it is one, or when there is none."""
    local = text.partition("@")[0]
    dots_wrong = local.startswith(".") or local.endswith(".") or ".." in text
    if not text or (_EMAIL.fullmatch(text) and len(text) <= 254 and not dots_wrong):
        return ""
    return f"“{text}” is not an e-mail address; write one such as accounts@example.com."


def _wrong(name: str, reason: str) -> Problem:
    return Problem(SOURCE, None, name, reason)
