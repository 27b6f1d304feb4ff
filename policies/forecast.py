"""What a case will do if nothing changes: decided again and again, each time as if all had gone well before."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from policies.case import Case, Contact, DoneHow, EffectFact, EffectState, StepDone
from policies.contact_budget import is_counted
from policies.decide import decide
from policies.decisions import Act, Ask, Close, Decision, Wait
from policies.ladder import Ladder, Step
from policies.reach import carrier
from policies.stages import Channel, Stage

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


def forecast(case: Case, ladder: Ladder, as_of: datetime, until: date | None = None) -> tuple[Foreseen, ...]:
    """The steps to come with their days, as things stand at `as_of`: nobody pays, everybody agrees at once.

    `until`: only those of the debtor's days up to this one.
    """
    coming: list[Foreseen] = []
    moment = as_of
    for _ in range(FARTHEST):
        decision = decide(case, ladder, moment)
        passed = tuple(StepDone(one.step, one.on, one.how, one.occurrence) for one in decision.passed)
        case = replace(case, done=case.done + passed)
        step, today = _step(decision), case.calendar.day(moment)
        if until is not None and today > until:
            break
        if isinstance(decision, Wait):
            if decision.until is None or decision.until <= moment:
                break
            moment = decision.until
        elif isinstance(decision, Close) or step is None:
            break
        else:
            coming.append(_foreseen(decision, step, today))
            case = _gone_well(case, decision, step, moment)
    return tuple(coming)


def _gone_well(case: Case, decision: Act | Ask, step: Step, moment: datetime) -> Case:
    """The case after the step was carried out, agreed to and answered at once."""
    today, channels = case.calendar.day(moment), _channels(case, decision, step)
    effects = tuple(fact for fact in case.effects if (fact.step, fact.occurrence) != (step.id, decision.occurrence))
    made = (
        EffectFact(step.id, channel, EffectState.CONFIRMED, moment, occurrence=decision.occurrence)
        for channel in channels
    )
    contacts = (Contact(today, channel) for channel in channels if is_counted(channel))
    done = StepDone(step.id, today, DoneHow.CONFIRMED, decision.occurrence)
    return replace(case, done=(*case.done, done), effects=(*effects, *made), contacts=(*case.contacts, *contacts))


def _channels(case: Case, decision: Act | Ask, step: Step) -> tuple[Channel, ...]:
    if isinstance(decision, Act):
        return decision.channel, *decision.also
    channel = carrier(case, step, decision.occurrence)
    return () if channel is None else (channel,)


def _step(decision: Decision) -> Step | None:
    return decision.step if isinstance(decision, Act | Ask) else None


def _foreseen(decision: Decision, step: Step, today: date) -> Foreseen:
    if isinstance(decision, Act):
        return Foreseen(step.id, step.stage, today, decision.channel.value, asks=step.asks is not None)
    return Foreseen(step.id, step.stage, today, "question", asks=True)
