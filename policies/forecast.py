"""What a case will do if nothing changes: decided again and again, each time as if all had gone well before."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from policies.case import Case, DoneHow, StepDone
from policies.decide import decide
from policies.decisions import Act, Ask, Close, Decision, Wait
from policies.ladder import Ladder, Step
from policies.stages import Stage

FARTHEST = 40
"""Decisions looked ahead at most."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A step to come, on the debtor's day `on`; `asks` when a person has a say in it first."""

    step: str
    stage: Stage
    on: date
    how: str
    """The channel, or `question`."""
    asks: bool


def forecast(case: Case, ladder: Ladder, as_of: datetime) -> tuple[Foreseen, ...]:
    """The steps to come with their days, as things stand at `as_of`: nobody pays, everybody agrees at once."""
    coming: list[Foreseen] = []
    moment = as_of
    for _ in range(FARTHEST):
        decision = decide(case, ladder, moment)
        passed = tuple(StepDone(one.step, one.on, one.how) for one in decision.passed)
        case = replace(case, done=case.done + passed)
        step, today = _step(decision), case.calendar.day(moment)
        if isinstance(decision, Wait):
            if decision.until is None or decision.until <= moment:
                break
            moment = decision.until
        elif isinstance(decision, Close) or step is None:
            break
        else:
            coming.append(_foreseen(decision, step, today))
            done = StepDone(step.id, today, DoneHow.CONFIRMED)
            effects = tuple(fact for fact in case.effects if fact.step != step.id)
            case = replace(case, done=(*case.done, done), effects=effects)
    return tuple(coming)


def _step(decision: Decision) -> Step | None:
    return decision.step if isinstance(decision, Act | Ask) else None


def _foreseen(decision: Decision, step: Step, today: date) -> Foreseen:
    if isinstance(decision, Act):
        return Foreseen(step.id, step.stage, today, decision.channel.value, asks=step.asks is not None)
    return Foreseen(step.id, step.stage, today, "question", asks=True)
