"""One look at a case: the moment, and what every rule needs to know about it, worked out once."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from policies.case import Case, DoneHow, EffectState, StepDone
from policies.entry import steps_of
from policies.ladder import Ladder, Step
from policies.reach import attempts_of


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of `case` on its `ladder` at `as_of` (aware)."""

    case: Case
    ladder: Ladder
    as_of: datetime
    today: date
    """The debtor's day."""
    steps: tuple[Step, ...]
    """The steps this case climbs."""
    done: tuple[StepDone, ...]
    """Every time of a step that is behind it."""


def look_at(case: Case, ladder: Ladder, as_of: datetime) -> Look:
    """The case as it stands at `as_of`."""
    if ladder.quiet:
        case = replace(case, calendar=replace(case.calendar, quiet=ladder.quiet))
    steps = steps_of(case, ladder)
    return Look(case, ladder, as_of, case.calendar.day(as_of), steps, steps_done(case, steps))


def steps_done(case: Case, steps: tuple[Step, ...]) -> tuple[StepDone, ...]:
    """The recorded steps, and those whose effect is confirmed and that ask nothing: done means confirmed."""
    if not case.effects:
        return case.done
    known = {(one.step, one.occurrence) for one in case.done}
    news = {
        (fact.step, fact.occurrence)
        for fact in case.effects
        if fact.state is EffectState.CONFIRMED and (fact.step, fact.occurrence) not in known
    }
    if not news:
        return case.done
    confirmed: list[StepDone] = []
    for step in steps:
        for occurrence in sorted(number for id, number in news if id == step.id and step.asks is None):
            on = _confirmed_on(case, step, occurrence)
            if on is not None:
                confirmed.append(StepDone(step.id, on, DoneHow.CONFIRMED, occurrence))
    return case.done + tuple(confirmed)


def _confirmed_on(case: Case, step: Step, occurrence: int) -> date | None:
    """The debtor's day on which one of the step's own channels was confirmed."""
    attempts = attempts_of(case, step, occurrence)
    first = min((fact.at for fact in attempts if fact.state is EffectState.CONFIRMED), default=None)
    return None if first is None else case.calendar.day(first)
