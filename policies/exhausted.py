"""The end of the ladder."""

from policies.calendar_days import days_after
from policies.decisions import Ask, Because, Reason, Wait
from policies.look import Look
from policies.questions import QuestionKind
from policies.step_time import last_contact, office_moment


def exhausted(look: Look) -> Ask | Wait:
    """After the ladder's rest since the last contact a person says what becomes of the case."""
    because, contact = Because(Reason.LADDER_EXHAUSTED), last_contact(look.done)
    if contact is not None:
        day = days_after(contact, look.ladder.ask_at_end_after)
        if look.today < day:
            return Wait(office_moment(look, day), because)
    return Ask(QuestionKind.EXHAUSTED, None, because)
