"""The climb: the step whose turn it is, and those the ladder goes past on its way to it (design 4.1)."""

from dataclasses import dataclass, replace

from policies.case import Case, DoneHow, EffectState, StepDone
from policies.conditions import why_not
from policies.decisions import Passed, Wait
from policies.ladder import Step
from policies.look import Look
from policies.occurrences import steps_ahead
from policies.opt_out import unwanted
from policies.reach import attempts_of, carrier, is_refused
from policies.step_time import last_day, wait_for


@dataclass(frozen=True, slots=True)
class Turn:
    """The step whose turn it is."""

    step: Step
    occurrence: int
    """Which time it is, counted from 1."""
    wait: Wait | None
    """The wait for its time; None when it has come."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a case stands on its ladder."""

    turn: Turn | None
    """None: the ladder is exhausted."""
    passed: tuple[Passed, ...] = ()
    """Steps gone past now, without contact; they are still to be recorded."""


def position(look: Look) -> Position:
    """The first step ahead that neither lapsed nor must be passed over, and the ones before it that did."""
    passed: tuple[Passed, ...] = ()
    for step, occurrence in steps_ahead(look.steps, look.done):
        wait = wait_for(look, step, occurrence)
        gone = _gone_past(look, step, occurrence, wait)
        if gone is None:
            return Position(Turn(step, occurrence, wait), passed)
        passed = (*passed, gone)
        look = replace(look, done=(*look.done, StepDone(gone.step, gone.on, gone.how, gone.occurrence)))
    return Position(None, passed)


def _gone_past(look: Look, step: Step, occurrence: int, wait: Wait | None) -> Passed | None:
    """Why the ladder goes past the step today; None: it stays the current step.

    A step lapses on the day its last day is over. Conditions and addresses are looked at only when its time has
    come: until then they may change. A step that is in hand is never gone past.
    """
    last = last_day(look.case, step)
    lapsed = last is not None and look.today > last
    if (wait is not None and not lapsed) or _in_hand(look.case, step, occurrence):
        return None
    if last is not None and lapsed:
        why = f"It made sense until {last.isoformat()} only."
        return Passed(step.id, DoneHow.LAPSED, look.today, why, occurrence)
    reason = why_not(look.case, step) or _unreachable(look.case, step, occurrence)
    return None if reason is None else Passed(step.id, DoneHow.PASSED_OVER, look.today, reason, occurrence)


def _in_hand(case: Case, step: Step, occurrence: int) -> bool:
    """Whether something of the step is on its way, in doubt, confirmed, or refused for good with no fallback."""
    attempts = attempts_of(case, step, occurrence)
    if any(fact.state is not EffectState.REFUSED for fact in attempts):
        return True
    return any(is_refused(fact) for fact in attempts) and carrier(case, step, occurrence) is None


def _unreachable(case: Case, step: Step, occurrence: int) -> str | None:
    """The sentence why no channel carries the step. Once something was tried, a person is asked instead."""
    if attempts_of(case, step, occurrence) or carrier(case, step, occurrence) is not None:
        return None
    closed = unwanted(case, step) & set(step.channels)
    wish = f" and does not want {' or '.join(sorted(channel.value for channel in closed))}" if closed else ""
    ways = [channel.value for channel in step.channels if channel not in closed]
    return f"The customer cannot be reached by {' or '.join(ways)}{wish}." if ways else f"The customer{wish[4:]}."
