"""What people answer: everybody looks at the inbox at one hour, on the same days on both sides."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from policies.play.deeds import Answered
from policies.questions import QuestionKind
from tests.agreement.habits import DAYS, START, moment

HOUR = time(12, 0)
"""UTC."""
MOST = 6
"""Questions of one kind a customer may have open at once: one a currency and stage."""


def answering_days() -> Iterator[date]:
    """Mondays to Thursdays: what is asked on a Friday waits."""
    days = (START + timedelta(days=nth) for nth in range(1, DAYS))
    return (day for day in days if day.weekday() < 4)


def reply(customer: str, kind: QuestionKind, on: date) -> tuple[str, dict[str, str]] | None:
    """The choice and the other values of the form; None: nobody answers that day."""
    place, far = int(customer[1:]), (on + timedelta(days=6)).isoformat()
    match kind:
        case QuestionKind.APPROVE:
            return ("wait_7", {}) if place % 8 == 3 and on.day % 3 == 0 else ("send", {})
        case QuestionKind.DAILY_REVIEW:
            return "send_all", {}
        case QuestionKind.CALL_OUTCOME:
            return _call(place, on, far)
        case QuestionKind.MEDIATION_OUTCOME:
            return ("under_way", {"date": far}) if on.day % 4 == 0 else ("failed", {})
        case QuestionKind.HOLD_REVIEW:
            return ("keep_holding", {"date": far}) if on.day % 5 == 0 else ("resume", {})
        case QuestionKind.EXHAUSTED:
            return "write_off", {"note": "Nothing left to seize"}
        case _:
            return None


def _call(place: int, on: date, far: str) -> tuple[str, dict[str, str]]:
    if on.day % 3 == 0:
        return "no_answer", {}
    told = (("refuses", {}), ("promised", {"date": far}), ("says_paid", {}), ("wrong_number", {}))
    return told[place % len(told)]


def answers(customer: str) -> Iterator[Answered]:
    """The same replies as events of the virtual world: whatever is open then, the oldest first."""
    for day in answering_days():
        for kind in QuestionKind:
            said = reply(customer, kind, day)
            if said is not None:
                choice, values = said
                known: datetime = moment(day, HOUR)
                yield from [Answered(known=known, choice=choice, kind=kind, **values)] * MOST
