"""The climb: the step that is current, and those the ladder goes past on its way to it (design 4.1)."""

from dataclasses import dataclass
from datetime import date, datetime

from policies.case import Case, DoneHow, EffectState, StepDone
from policies.decisions import Passed
from policies.ladder import Ladder, Step
from policies.money import plain
from policies.reach import attempts_of, carrier, is_refused
from policies.step_time import last_day, wait_for


@dataclass(frozen=True, slots=True)
class Position:
    """Where a case stands on its ladder."""

    step: Step | None
    """The step that is next; None: the ladder is exhausted."""
    done: tuple[StepDone, ...]
    passed: tuple[Passed, ...] = ()
    """Steps gone past now, without contact; they are still to be recorded."""


def position(case: Case, ladder: Ladder, as_of: datetime) -> Position:
    """The first step ahead that neither lapsed nor must be passed over, and the ones before it that did."""
    done = steps_done(case, ladder)
    passed: list[Passed] = []
    for step in _ahead(ladder, done):
        gone = _gone_past(case, ladder, step, done, as_of)
        if gone is None:
            return Position(step, done, tuple(passed))
        passed.append(gone)
    return Position(None, done, tuple(passed))


def steps_done(case: Case, ladder: Ladder) -> tuple[StepDone, ...]:
    """The recorded steps, and those whose effect is confirmed and that ask nothing: done means confirmed."""
    known = {one.step for one in case.done}
    open_steps = (step for step in ladder.steps if step.id not in known and step.asks is None)
    confirmed = ((step, _confirmed_on(case, step)) for step in open_steps)
    return case.done + tuple(StepDone(step.id, on, DoneHow.CONFIRMED) for step, on in confirmed if on is not None)


def _confirmed_on(case: Case, step: Step) -> date | None:
    """The debtor's day on which one of the step's own channels was confirmed."""
    moments = (fact.at for fact in attempts_of(case, step) if fact.state is EffectState.CONFIRMED)
    first = min(moments, default=None)
    return None if first is None else case.calendar.day(first)


def _ahead(ladder: Ladder, done: tuple[StepDone, ...]) -> tuple[Step, ...]:
    """The steps after the last one that is behind us: nothing gentler than what was reached ever leaves."""
    behind = {one.step for one in done}
    reached = max((place for place, step in enumerate(ladder.steps) if step.id in behind), default=-1)
    return ladder.steps[reached + 1 :]


def _gone_past(case: Case, ladder: Ladder, step: Step, done: tuple[StepDone, ...], as_of: datetime) -> Passed | None:
    """Why the ladder goes past `step` today; None: it stays the current step.

    A step lapses on the day its last day is over. Conditions and addresses are looked at only when its time has
    come: until then they may change. A step that is in hand is never gone past.
    """
    if _in_hand(case, step):
        return None
    today, last = case.calendar.day(as_of), last_day(case, step)
    if last is not None and today > last:
        return Passed(step.id, DoneHow.LAPSED, today, f"It made sense until {last.isoformat()} only.")
    if wait_for(case, ladder, step, done, as_of) is not None:
        return None
    why = _condition_fails(case, step) or _unreachable(case, step)
    return None if why is None else Passed(step.id, DoneHow.PASSED_OVER, today, why)


def _in_hand(case: Case, step: Step) -> bool:
    """Whether something of the step is on its way, in doubt, confirmed, or refused for good with no fallback."""
    attempts = attempts_of(case, step)
    if any(fact.state is not EffectState.REFUSED for fact in attempts):
        return True
    return any(is_refused(fact) for fact in attempts) and carrier(case, step) is None


def _condition_fails(case: Case, step: Step) -> str | None:
    """The sentence why the step's condition is not met; None when it is met or there is none."""
    if step.only_above is None:
        return None
    limit = step.only_above.get(case.currency)
    if limit is None:
        return f"The policy names no limit in {case.currency} for this step."
    if case.customer_overdue > limit:
        return None
    overdue, least = plain(case.customer_overdue, case.currency), plain(limit, case.currency)
    return f"The customer's overdue total of {overdue} {case.currency} is not above {least} {case.currency}."


def _unreachable(case: Case, step: Step) -> str | None:
    """The sentence why no channel carries the step. Once something was tried, a person is asked instead."""
    if attempts_of(case, step) or carrier(case, step) is not None:
        return None
    return f"The customer cannot be reached by {' or '.join(channel.value for channel in step.channels)}."
