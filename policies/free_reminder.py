"""The free first reminder some laws want before anything is claimed, and the day on which it has run out."""

from datetime import date

from policies.case import Case, EffectState, StepDone
from policies.interest.reminder import runs_out
from policies.ladder import Step
from policies.stages import Channel

FREE_REMINDER = "free_reminder"
"""The text of the free reminder."""


def is_free_reminder(step: Step) -> bool:
    """Whether the step is the free first reminder."""
    return step.text == FREE_REMINDER


def free_until(case: Case, steps: tuple[Step, ...], done: tuple[StepDone, ...]) -> date | None:
    """The last day of the delay of the free reminder: no further step leaves on it or before it.

    None where the law wants none, or none was sent. Counted as the law counts (BE: art. XIX.2 CDE): a reminder of
    which nobody can show that it left electronically counts as posted, which gives the debtor the longer delay.
    """
    notice = None if case.law is None else case.law.notice
    if notice is None or not notice.free_reminder_first:
        return None
    for step in steps:
        if is_free_reminder(step):
            sent = max((one.on for one in done if one.step == step.id and one.is_contact), default=None)
            if sent is not None:
                posted = not _left_electronically(case, step)
                return runs_out(sent, notice.reminder_days, posted=posted, holidays=case.calendar.holidays)
    return None


def _left_electronically(case: Case, step: Step) -> bool:
    confirmed = (fact for fact in case.effects if fact.step == step.id and fact.state is EffectState.CONFIRMED)
    return any(fact.channel in (Channel.EMAIL, Channel.SMS) for fact in confirmed)
