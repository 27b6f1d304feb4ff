"""The free first reminder some laws want before anything is claimed, and the day on which it has run out."""

from datetime import date

from policies.case import Case, EffectState, StepDone
from policies.interest.reminder import runs_out
from policies.ladder import Step
from policies.stages import Channel, Stage

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
    found = _sent(steps, done)
    return None if found is None else _ran_out(case, notice.reminder_days, *found)


def noticed_on(case: Case, steps: tuple[Step, ...], done: tuple[StepDone, ...]) -> date | None:
    """The day what a debtor owes only after a notice starts from; None: it has not come, and nothing may be claimed.

    The formal notice's day, or the last day of the delay the law gives with it (NL: art. 6:96 BW). Where the law wants
    a free reminder first (BE: art. XIX.2 CDE) only that one's delay counts: a formal notice does not replace it. What
    was sent before the debt was late is no notice.
    """
    notice = None if case.law is None else case.law.notice
    if notice is not None and notice.free_reminder_first:
        found = _sent(steps, done)
    else:
        found = _formal_notice(steps, tuple(one for one in done if one.on > case.due))
    if found is None or found[1] <= case.due:
        return None
    return found[1] if notice is None or not notice.reminder_days else _ran_out(case, notice.reminder_days, *found)


def _sent(steps: tuple[Step, ...], done: tuple[StepDone, ...]) -> tuple[Step, date] | None:
    """The free reminder and the day it was sent last."""
    for step in steps:
        days = [one.on for one in done if one.step == step.id and one.is_contact]
        if is_free_reminder(step) and days:
            return step, max(days)
    return None


def _formal_notice(steps: tuple[Step, ...], done: tuple[StepDone, ...]) -> tuple[Step, date] | None:
    """The formal notice that was sent first, and its day."""
    notices = {step.id: step for step in steps if step.stage is Stage.FORMAL_NOTICE}
    given = [one for one in done if one.step in notices and one.is_contact]
    first = min(given, key=lambda one: one.on, default=None)
    return None if first is None else (notices[first.step], first.on)


def _ran_out(case: Case, days: int, step: Step, sent: date) -> date:
    return runs_out(sent, days, posted=not _left_electronically(case, step), holidays=case.calendar.holidays)


def _left_electronically(case: Case, step: Step) -> bool:
    confirmed = (fact for fact in case.effects if fact.step == step.id and fact.state is EffectState.CONFIRMED)
    return any(fact.channel in (Channel.EMAIL, Channel.SMS) for fact in confirmed)
