"""What the current step already set in motion must come to rest before anything else happens (design 4.3)."""

from datetime import timedelta

from policies.calendar_days import whole_second
from policies.case import EffectFact, EffectState
from policies.climb import Turn
from policies.decisions import Ask, Because, Reason, Wait
from policies.ladder import Ladder
from policies.look import Look
from policies.questions import QuestionKind
from policies.reach import attempts_of, carrier

MOVING: frozenset[EffectState] = frozenset({EffectState.RESERVED, EffectState.HANDING_OVER})

HAND_OVER_REST = timedelta(seconds=30)
"""How long a run leaves a message alone that is just being handed over (design 4.3)."""

BOUNCE_REST = timedelta(days=1)
"""How long an address is left alone that could not take a message which had left: a full mailbox is not emptied in minutes."""


def underway(look: Look, turn: Turn) -> Ask | Wait | None:
    """What the step's attempts demand, in the order of doubt; None when the step may go ahead (again)."""
    case, step, occurrence = look.case, turn.step, turn.occurrence
    if not case.effects:
        return None
    leaving = [
        fact for fact in case.effects
        if fact.step == step.id and fact.occurrence == occurrence and fact.state in MOVING
    ]  # fmt: skip
    if leaving and all(fact.queued for fact in leaving):
        return Wait(None, _because(Reason.IN_PRINT_QUEUE, leaving[0]), step, occurrence)
    if leaving:
        until, fact = whole_second(look.as_of) + HAND_OVER_REST, min(leaving, key=lambda fact: fact.channel)
        return Wait(until, _because(Reason.BEING_HANDED_OVER, fact), step, occurrence)
    attempts = attempts_of(case, step, occurrence)
    for fact in attempts:
        if fact.state is EffectState.AMBIGUOUS:
            return Ask(QuestionKind.AMBIGUOUS, step, _because(Reason.MAY_HAVE_LEFT, fact), occurrence)
    for fact in attempts:
        if fact.state is EffectState.CONFIRMED and step.asks is not None:
            return Ask(step.asks, step, _because(Reason.OUTCOME_UNKNOWN, fact), occurrence)
    return _after_refusal(look, turn, attempts) if attempts else None


def _after_refusal(look: Look, turn: Turn, attempts: tuple[EffectFact, ...]) -> Ask | Wait | None:
    """Rest before the same channel is tried again; a fallback goes at once; nothing left to try is asked."""
    step, occurrence = turn.step, turn.occurrence
    channel = carrier(look.case, step, occurrence)
    if channel is None:
        return Ask(QuestionKind.UNDELIVERABLE, step, _because(Reason.REFUSED, attempts[-1]), occurrence)
    for fact in attempts:
        again = whole_second(fact.at + (BOUNCE_REST if fact.bounced else _rest(look.ladder, fact.attempts)))
        if fact.channel is channel and again > look.as_of:
            return Wait(again, _because(Reason.REFUSED_FOR_NOW, fact), step, occurrence)
    return None


def _rest(ladder: Ladder, attempts: int) -> timedelta:
    """The rest after so many attempts; the ladder's last one repeats."""
    if not ladder.retry_minutes:
        return timedelta(hours=1)
    place = min(max(attempts, 1), len(ladder.retry_minutes)) - 1
    return timedelta(minutes=ladder.retry_minutes[place])


def _because(code: Reason, fact: EffectFact) -> Because:
    words = (("words", fact.words),) if fact.words else ()
    return Because(
        code,
        (("step", fact.step), ("channel", fact.channel.value), ("attempts", str(fact.attempts)), *words),
    )
