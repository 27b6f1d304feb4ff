"""The one decision: what is to be done about this invoice now, and why. Pure and total.

Settled? Close. Switched off? Wait. A hold? Wait until it ends. Something underway? Let it come to rest.
Ladder exhausted? Ask a person. Before the step's time, or behind a harder stage? Wait. Approval? Ask. Else act.
"""

from dataclasses import replace
from datetime import datetime

from policies.approval import needs_approval
from policies.calendar_days import days_after, first_sending_moment
from policies.case import Case, StepDone
from policies.climb import position
from policies.decisions import Act, Ask, Because, Decision, Reason, Wait
from policies.holds import held
from policies.ladder import Ladder, Step
from policies.precedence import gives_way
from policies.questions import QuestionKind
from policies.reach import also_carried, attempts_of, carrier
from policies.settled import settled
from policies.stages import Channel
from policies.step_time import last_contact, wait_for
from policies.underway import underway


def decide(case: Case, ladder: Ladder, as_of: datetime) -> Decision:
    """The decision for `case` on its `ladder` at `as_of` (aware): the same facts always give the same decision."""
    return settled(case) or _switched_off(case) or held(case, ladder, as_of) or _on_the_ladder(case, ladder, as_of)


def _switched_off(case: Case) -> Wait | None:
    """While the creditor has switched collecting off, only a fact can wake the case."""
    return Wait(None, Because(Reason.SWITCHED_OFF)) if case.switched_off else None


def _on_the_ladder(case: Case, ladder: Ladder, as_of: datetime) -> Decision:
    """The decision about the step the case has reached, with the steps it went past on the way."""
    here = position(case, ladder, as_of)
    if here.step is None:
        return replace(_exhausted(case, ladder, here.done, as_of), passed=here.passed)
    decision = underway(case, ladder, here.step, as_of) or _in_its_time(case, ladder, here.step, here.done, as_of)
    return replace(decision, passed=here.passed)


def _in_its_time(case: Case, ladder: Ladder, step: Step, done: tuple[StepDone, ...], as_of: datetime) -> Decision:
    """The step when its time has come. A question once put stays open at night, whatever wakes the case then."""
    wait = wait_for(case, ladder, step, done, as_of)
    if wait is not None and not (wait.because.code is Reason.OUTSIDE_HOURS and step.id in case.asked):
        return wait
    decision = gives_way(case, ladder, step, as_of) or needs_approval(case, step) or _carry_out(case, step)
    return decision if wait is None or isinstance(decision, Ask) else wait


def _exhausted(case: Case, ladder: Ladder, done: tuple[StepDone, ...], as_of: datetime) -> Ask | Wait:
    """The end of the ladder: after the ladder's rest since the last contact a person says what becomes of the case."""
    because, contact = Because(Reason.LADDER_EXHAUSTED), last_contact(done)
    if contact is not None:
        day = days_after(contact, ladder.ask_at_end_after)
        if case.calendar.day(as_of) < day:
            return Wait(first_sending_moment(ladder, case.calendar, day, as_of), because)
    return Ask(QuestionKind.EXHAUSTED, None, because)


def _carry_out(case: Case, step: Step) -> Act | Ask:
    """The act itself. A call is no message: the question for its outcome is the call task."""
    channel = carrier(case, step)
    because = Because(Reason.STEP_DUE, (("step", step.id), ("attempts", str(_attempts(case, step)))))
    if channel is None:  # not met on the ladder: such a step is passed over or asked about before it gets here
        return Ask(QuestionKind.UNDELIVERABLE, step, because)
    if channel is Channel.CALL:
        return Ask(step.asks or QuestionKind.CALL_OUTCOME, step, because)
    return Act(step, channel, because, also_carried(case, step, channel))


def _attempts(case: Case, step: Step) -> int:
    """Attempts made so far for the step, over all its channels."""
    return sum(fact.attempts for fact in attempts_of(case, step))
