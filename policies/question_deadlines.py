"""How long a question may stand unanswered: who is to answer is reminded, then it goes to the manager, then to the
administrators. Nothing is ever decided by its age."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from policies.bank_days import bank_days_after
from policies.calendar import Calendar
from policies.problems import Problem
from policies.questions import QuestionKind

HOUR = 16
"""The hour of the creditor's day at which a question has stood too long: the day itself was there to answer it."""


class Waited(StrEnum):
    """How long a question has stood."""

    NOT_LONG = ""
    REMINDED = "reminded"
    ESCALATED = "escalated"  # the manager has it
    LAST = "last"  # the administrators have it


@dataclass(frozen=True, slots=True)
class Patience:
    """Business days of the creditor until the reminder, until it goes to the manager, and to the administrators."""

    reminder: int
    manager: int
    admins: int


USUAL = Patience(2, 4, 10)
PATIENCE: Mapping[QuestionKind, Patience] = {
    QuestionKind.REPLY: Patience(1, 2, 5),
    QuestionKind.CALL_OUTCOME: Patience(1, 2, 5),
    QuestionKind.AMBIGUOUS: Patience(1, 2, 5),
    QuestionKind.MATCH: Patience(1, 2, 5),
    QuestionKind.BANK_DATA: Patience(1, 2, 5),
    QuestionKind.LETTERS: Patience(1, 2, 5),
    QuestionKind.INSOLVENCY_NOTICE: Patience(1, 2, 5),
    QuestionKind.CLAIM_DECLARATION: Patience(5, 10, 20),
    QuestionKind.LIMITATION: Patience(2, 4, 8),
    QuestionKind.DEADLINE: Patience(1, 3, 6),
    QuestionKind.COURT_PAID: Patience(1, 3, 6),
    QuestionKind.MEDIATION_OUTCOME: Patience(5, 10, 20),
    QuestionKind.MEDIATION: Patience(5, 10, 20),
    QuestionKind.EXHAUSTED: Patience(5, 10, 20),
    QuestionKind.TIME_BARRED: Patience(5, 10, 20),
    QuestionKind.MIGRATION: Patience(5, 10, 20),
    QuestionKind.INSURER_CONSENT: Patience(3, 6, 12),
    QuestionKind.INSURANCE_CLAIM: Patience(1, 2, 5),
    QuestionKind.DISPUTE: Patience(5, 10, 20),
    QuestionKind.WRITE_OFF: Patience(5, 10, 20),
    QuestionKind.CORRECTION: Patience(1, 2, 5),
    QuestionKind.DATA_REVIEW: Patience(10, 20, 40),
}
"""Kinds with days of their own; the others have the usual ones."""
LONGEST = 250
_ONE = re.compile(r"([a-z_]+)\s*=\s*(\d{1,3})\s*/\s*(\d{1,3})\s*/\s*(\d{1,3})")


def patience(kind: QuestionKind, own: str = "") -> Patience:
    """The days of a kind; `own` is the creditor's setting (`approve=2/4/10, reply=1/2/5`)."""
    return _read(own).get(kind) or PATIENCE.get(kind, USUAL)


def deadlines(calendar: Calendar, since: datetime, days: Patience) -> tuple[tuple[Waited, datetime], ...]:
    """When who is to answer is reminded, when it goes to the manager, when to the administrators; aware UTC.

    `since` is when it was first asked; `calendar` is the creditor's: Monday to Friday, without public holidays.
    """
    asked = calendar.day(since)
    after = ((Waited.REMINDED, days.reminder), (Waited.ESCALATED, days.manager), (Waited.LAST, days.admins))
    return tuple((one, _moment(calendar, bank_days_after(calendar, asked, number))) for one, number in after)


def waited(calendar: Calendar, since: datetime, now: datetime, days: Patience) -> Waited:
    """How long a question first asked at `since` has stood at `now`."""
    past = [one for one, moment in deadlines(calendar, since, days) if moment <= now]
    return past[-1] if past else Waited.NOT_LONG


def deadlines_wrong(settings: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the creditor's `deadlines`."""
    text = settings.get("deadlines", "").strip()
    parts = [part.strip() for part in text.split(",") if part.strip()]
    bad = next((part for part in parts if not _is_good(part)), None)
    if bad is None:
        return []
    kinds = ", ".join(QuestionKind)
    reason = f"“{bad}”: write approve=2/4/10 (business days until the reminder, the manager, the administrators), with commas between. Kinds: {kinds}."
    return [Problem("settings", None, "deadlines", reason)]


def _is_good(part: str) -> bool:
    found = _ONE.fullmatch(part)
    if found is None or found[1] not in set(QuestionKind):
        return False
    days = [int(found[place]) for place in (2, 3, 4)]
    return 0 < days[0] < days[1] < days[2] <= LONGEST


def _read(own: str) -> dict[QuestionKind, Patience]:
    found = (_ONE.fullmatch(part.strip()) for part in own.split(","))
    return {QuestionKind(one[1]): Patience(int(one[2]), int(one[3]), int(one[4])) for one in found if one is not None}


def _moment(calendar: Calendar, on: date) -> datetime:
    return datetime.combine(on, time(HOUR), tzinfo=calendar.zone).astimezone(UTC)
