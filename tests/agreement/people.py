"""What people answer: everybody looks at the inbox at one hour, on the same days on both sides."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from policies.play.deeds import Answered
from policies.questions import QuestionKind
from tests.agreement.habits import START, moment

HOUR = time(12, 0)
"""UTC."""
MOST = 6
"""Questions of one kind a customer may have open at once: one a currency and stage."""


def answering_days(days: int) -> Iterator[date]:
    """Mondays to Thursdays of so many days: what is asked on a Friday waits."""
    every = (START + timedelta(days=nth) for nth in range(1, days))
    return (day for day in every if day.weekday() < 4)


def reply(customer: str, kind: QuestionKind, on: date) -> tuple[str, dict[str, str]] | None:
    """The choice and the other values of the form; None: nobody answers such a question."""
    place, far = int(customer[1:]), {"date": (on + timedelta(days=6)).isoformat()}
    return {
        QuestionKind.APPROVE: ("wait_7", {}) if place % 8 == 3 and on.day % 3 == 0 else ("send", {}),
        QuestionKind.DAILY_REVIEW: ("send_all", {}),
        QuestionKind.CALL_OUTCOME: ("no_answer", {}) if on.day % 3 == 0 else _call(place, far),
        QuestionKind.MEDIATION_OUTCOME: ("under_way", far) if on.day % 4 == 0 else ("failed", {}),
        QuestionKind.HOLD_REVIEW: ("keep_holding", far) if on.day % 5 == 0 else ("resume", {}),
        QuestionKind.EXHAUSTED: ("write_off", {"note": "Nothing left to seize"}),
    }.get(kind)


def _call(place: int, far: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Who picks up says the same each time."""
    told: tuple[tuple[str, dict[str, str]], ...] = (
        ("refuses", {}), ("promised", far), ("says_paid", {}), ("wrong_number", {}),
    )  # fmt: skip
    return told[place % len(told)]


def answers(customer: str, days: int) -> Iterator[Answered]:
    """The same replies as events of the virtual world: whatever is open at that hour, the oldest first."""
    for day in answering_days(days):
        for kind in QuestionKind:
            said = reply(customer, kind, day)
            if said is not None:
                choice, values = said
                yield from [Answered(known=moment(day, HOUR), choice=choice, kind=kind, **values)] * MOST
