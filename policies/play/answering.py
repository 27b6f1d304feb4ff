"""What a person's answer changes: each consequence becomes a fact of every item the question covers."""

from collections.abc import Mapping
from datetime import datetime

from policies import consequences as said
from policies.answers import interpret
from policies.calendar_days import days_after
from policies.call_consequences import NumberDead, PassCall
from policies.decisions import Reason
from policies.play.account import Account
from policies.play.asked import Asked
from policies.play.calling import called, calls_made
from policies.play.change import Change
from policies.play.following import CHANGES
from policies.play.remarks import RemarkPlayed
from policies.play.waking import wake_who_gives_way
from policies.play.world import Saying
from policies.problems import Problem
from policies.questions import QuestionKind

CALLED: frozenset[type] = frozenset({said.StepAnswered, said.CallAgain, PassCall})
"""Consequences of an outcome for which somebody must have picked up the telephone."""


def by_itself(account: Account, asked: Asked, now: datetime) -> None:
    """The answer somebody gives by himself, if the question is still open."""
    saying = account.house.answers[asked.kind]
    note_refusals(account, saying.choice, answer(account, asked, values_of(saying, account, now), now), now)


def note_refusals(account: Account, choice: str, problems: list[Problem], now: datetime) -> None:
    """An answer that could not be taken: whoever wrote it must learn why."""
    for problem in problems:
        words = f"The answer {choice} was not taken. {problem.field}: {problem.reason}"
        account.remarks.append(RemarkPlayed(now, account.debtor.number, words))


def values_of(saying: Saying, account: Account, now: datetime) -> dict[str, str]:
    """The form as it is filled in."""
    day = "" if saying.days is None else days_after(account.day(now), saying.days).isoformat()
    return {"decision": saying.choice, "date": day, "note": saying.note}


def answer(account: Account, asked: Asked, values: Mapping[str, str], now: datetime) -> list[Problem]:
    """Answer an open question; everything that is wrong with the answer, if something is."""
    members = [account.items[id] for id, _ in asked.shown if account.items[id].asked is asked]
    if not members:
        return []
    ladder = members[0].ladder
    assert ladder is not None, "it was asked about"
    filled = {name: value for name, value in values.items() if value}
    follows = interpret(
        asked.kind, asked.stage, filled, account.day(now), call_again_days=ladder.call_again_days,
        call_attempts=ladder.call_attempts, calls_made=calls_made(account, asked, members), currency=asked.currency,
    )  # fmt: skip
    if isinstance(follows, list):
        return follows
    asked.choice, asked.answered_on = values["decision"], account.day(now)
    kinds = {type(one) for one in follows}
    if (
        CALLED & kinds
        and NumberDead not in kinds
        and (asked.kind is QuestionKind.CALL_OUTCOME or asked.ask.because.code is Reason.STEP_DUE)
    ):
        called(account, asked, members, now, spoken=said.StepAnswered in kinds)
    for item in members:
        item.asked = None
        for one in follows:
            CHANGES[type(one)](Change(account, asked, item, now), one)
        if asked.kind in (QuestionKind.LIMITATION, QuestionKind.TIME_BARRED):
            item.answered_dying = asked.on
        account.wake(item, now)
    wake_who_gives_way(account, asked.currency, now)
    return []
