"""Cases and ladders for the tests of the law, and a climb that plays a case to the end of its ladder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from policies.case import Agreed, Calendar, Case, Contact, DebtorKind, DoneHow, EffectFact, EffectState, StepDone
from policies.contact_budget import is_counted
from policies.decide import decide
from policies.decisions import Act, Ask, Because, Close, Decision, Reason, Wait
from policies.ladder import Ladder, Step
from policies.ladder_file import load_ladder
from policies.questions import QuestionKind
from policies.stages import Channel, Stage

PARIS = ZoneInfo("Europe/Paris")
FRENCH_HOLIDAYS = frozenset(
    {
        date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25),
        date(2026, 7, 14), date(2026, 8, 15), date(2026, 11, 1), date(2026, 11, 11), date(2026, 12, 25),
        date(2027, 1, 1), date(2027, 3, 29),
    }
)  # fmt: skip
DUE = date(2026, 3, 2)  # a Monday


def shipped(name: str) -> Ladder:
    """A ladder as it ships, such as `fr-b2b`."""
    ladder = load_ladder(files("policies").joinpath("ladders", f"{name}.toml").read_bytes(), f"{name}.toml")
    assert isinstance(ladder, Ladder), ladder
    return ladder


FR_B2B = shipped("fr-b2b")


def a_case(**given: Any) -> Case:
    """Dupont SARL owes 1 250,00 € since 2 March 2026, reachable by e-mail, SMS and telephone."""
    facts: dict[str, Any] = {
        "id": 1,
        "invoice": "FA-2026-0142",
        "customer": 7,
        "customer_name": "Dupont SARL",
        "kind": DebtorKind.BUSINESS,
        "country": "FR",
        "currency": "EUR",
        "due": DUE,
        "original": 125000,
        "principal": 125000,
        "customer_overdue": 125000,
        "calendar": Calendar(PARIS, FRENCH_HOLIDAYS),
        "reach": frozenset({Channel.EMAIL, Channel.SMS, Channel.CALL}),
    }
    return Case(**(facts | given))


def a_step(**given: Any) -> Step:
    """A courtesy reminder by e-mail, three days after the due date."""
    facts: dict[str, Any] = {
        "id": "courtesy_reminder",
        "stage": Stage.COURTESY_REMINDER,
        "offset": 3,
        "gap": 7,
        "channels": (Channel.EMAIL,),
    }
    return Step(**(facts | given))


def a_ladder(*steps: Step, **given: Any) -> Ladder:
    """A ladder of the steps given; without any, of one courtesy reminder."""
    return Ladder(id="test", title="Test", hash="0" * 64, steps=steps or (a_step(),), **given)


def the_step(id: str) -> Step:
    """A step of the shipped ladder."""
    step = FR_B2B.step(id)
    assert step is not None
    return step


def paris(text: str) -> datetime:
    """A moment on a Paris clock, as aware UTC: `2026-03-05 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def done(*steps: str, on: date, how: DoneHow = DoneHow.CONFIRMED) -> tuple[StepDone, ...]:
    """Steps that are behind us, all on one day."""
    return tuple(StepDone(step, on, how) for step in steps)


def effect(step: str, state: EffectState, at: str, **given: Any) -> EffectFact:
    """An attempt by e-mail, in this state since a moment on a Paris clock."""
    facts: dict[str, Any] = {"channel": Channel.EMAIL} | given
    return EffectFact(step=step, state=state, at=paris(at), **facts)


def because(decision: Decision) -> Reason:
    """The reason code of a decision."""
    reason: Because = decision.because
    return reason.code


@dataclass(frozen=True)
class Moment:
    """One decision of a climb."""

    at: datetime
    case: Case
    decision: Decision


def climb(
    case: Case, ladder: Ladder, start: datetime, most: int = 200, outages: Sequence[tuple[datetime, datetime]] = ()
) -> Iterator[Moment]:
    """Play the case to its end: every message is confirmed at once, every person agrees and answers at once.

    Nothing runs between the two moments of an outage: what was due then is looked at when it is over.
    """
    as_of = start
    for _ in range(most):
        as_of = _after(outages, as_of)
        decision = decide(case, ladder, as_of)
        yield Moment(as_of, case, decision)
        today = case.calendar.day(as_of)
        case = replace(case, done=case.done + gone_past(decision))
        match decision:
            case Close() | Wait(until=None) | Ask(step=None):
                return
            case Wait(until=until):
                assert until is not None
                as_of = until
            case Ask(question=QuestionKind.APPROVE | QuestionKind.DAILY_REVIEW as kind, step=step):
                assert step is not None
                case = replace(case, agreed=(*case.agreed, Agreed(step.id, kind, today, decision.occurrence)))
            case Act(step=step, channel=channel) if step.asks is not None:
                case = replace(case, effects=(*case.effects, _confirmed(decision, channel, as_of)))
            case Act(channel=channel):
                effects = (*case.effects, _confirmed(decision, channel, as_of))
                case = replace(case, done=(*case.done, _done(decision, today)), effects=effects)
            case Ask():
                case = replace(case, done=(*case.done, _done(decision, today)))
        case = replace(case, contacts=(*case.contacts, *contacts_of(decision, today)))
    raise AssertionError(f"The climb did not end after {most} decisions.")


def _after(outages: Sequence[tuple[datetime, datetime]], as_of: datetime) -> datetime:
    """The first moment from `as_of` on at which something runs; an outage may begin within another."""
    for since, until in sorted(outages):
        as_of = until if since <= as_of < until else as_of
    return as_of


def gone_past(decision: Decision) -> tuple[StepDone, ...]:
    """The steps a decision went past."""
    return tuple(StepDone(one.step, one.on, one.how, one.occurrence) for one in decision.passed)


def contacts_of(decision: Decision, today: date) -> tuple[Contact, ...]:
    """How the debtor heard from us by a decision."""
    match decision:
        case Act(channel=channel, also=also):
            return tuple(Contact(today, one) for one in (channel, *also) if is_counted(one))
        case Ask(because=Because(code=Reason.STEP_DUE)):  # a call: the question for its outcome is the task to call
            return (Contact(today, Channel.CALL),)
    return ()


def _confirmed(act: Act, channel: Channel, at: datetime) -> EffectFact:
    return EffectFact(act.step.id, channel, EffectState.CONFIRMED, at, occurrence=act.occurrence)


def _done(decision: Act | Ask, today: date) -> StepDone:
    assert decision.step is not None
    return StepDone(decision.step.id, today, DoneHow.CONFIRMED, decision.occurrence)


def told(moments: Iterator[Moment]) -> list[str]:
    """Every act, question and passed step of a climb, with its day and hour at the debtor's."""
    lines: list[str] = []
    for moment in moments:
        at = moment.at.astimezone(moment.case.calendar.zone)
        lines += [f"{one.on} {one.how.value} {one.step}" for one in moment.decision.passed]
        match moment.decision:
            case Act(step=step, channel=channel, also=also):
                by = "+".join(one.value for one in (channel, *also))
                lines.append(f"{at:%Y-%m-%d %H:%M} act {_times(step, moment.decision)} by {by}")
            case Ask(question=question, step=step):
                which = f" {_times(step, moment.decision)}" if step else ""
                lines.append(f"{at:%Y-%m-%d %H:%M} ask {question.value}{which}")
            case Close(outcome=outcome):
                lines.append(f"{at:%Y-%m-%d %H:%M} close {outcome.value}")
    return lines


def _times(step: Step, decision: Act | Ask) -> str:
    """A step, with the number of its time where it comes several times."""
    return step.id if step.times == 1 else f"{step.id} {decision.occurrence}/{step.times}"
