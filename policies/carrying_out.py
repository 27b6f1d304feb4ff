"""The step itself: the debtor's contact budget, and the act."""

from policies.calendar_days import next_open_moment
from policies.case import Contact
from policies.climb import Turn
from policies.contact_budget import first_day, may_contact
from policies.decisions import Act, Ask, Because, Reason, Wait
from policies.first_days import room_beside
from policies.look import Look
from policies.open_hours import open_week
from policies.questions import QuestionKind
from policies.reach import also_carried, attempts_of, carrier
from policies.stages import Channel
from policies.step_time import moment_on, wait_until


def within_budget(look: Look, turn: Turn) -> Wait | None:
    """The wait until the debtor may hear from us again; None when it may today."""
    channel = carrier(look.case, turn.step, turn.occurrence)
    if channel is None:
        return None
    wait = may_contact(look.case, look.ladder, turn.step, channel, look.today)
    if wait is None:
        return None
    day, because = wait
    moment, _ = moment_on(look, turn.step, turn.occurrence, day)
    facts = (("step", turn.step.id), *because.facts, ("earliest", day.isoformat()))
    return wait_until(look, turn.step, turn.occurrence, moment, Because(because.code, facts))


def carry_out(look: Look, turn: Turn) -> Act | Ask:
    """The act itself. A call is no message: the question for its outcome is the call task."""
    step, occurrence = turn.step, turn.occurrence
    channel = carrier(look.case, step, occurrence)
    attempts = sum(fact.attempts for fact in attempts_of(look.case, step, occurrence))
    because = Because(Reason.STEP_DUE, (("step", step.id), ("attempts", str(attempts))))
    if channel is None:  # not met on the ladder: such a step is passed over or asked about before it gets here
        return Ask(QuestionKind.UNDELIVERABLE, step, because, occurrence)
    if channel is Channel.CALL:
        return Ask(step.asks or QuestionKind.CALL_OUTCOME, step, because, occurrence)
    return Act(step, channel, because, _besides(look, turn, channel), occurrence)


def _besides(look: Look, turn: Turn, channel: Channel) -> tuple[Channel, ...]:
    """What goes besides, as far as the debtor's budget and the hours of the law allow it now; it holds nothing up."""
    contacts, besides = (*look.case.contacts, Contact(look.today, channel)), list[Channel]()
    for one in also_carried(look.case, turn.step, turn.occurrence, channel):
        may = first_day(look.case, look.ladder, one, contacts, look.today) is None and _is_open(look, turn, one)
        if may and room_beside(look, len(besides)):
            besides.append(one)
            contacts = (*contacts, Contact(look.today, one))
    return tuple(besides)


def _is_open(look: Look, turn: Turn, channel: Channel) -> bool:
    """Whether the law lets the channel be used at this hour."""
    week = open_week(look.case, look.ladder, turn.step, channel)
    moment = next_open_moment(week, look.case.calendar, look.as_of)
    return moment is not None and moment <= look.as_of
