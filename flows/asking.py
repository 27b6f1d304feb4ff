"""Asking a person: the leading run is suspended with the form, the others wait with it (design 4.11)."""

from datetime import datetime, timedelta
from uuid import UUID

from prefect import get_run_logger

from flows import forms, waiting
from flows.question_rounds import ask_at_once
from storage import asking, clock, questions
from storage.dossier import Dossier
from storage.question_subject import Again, Follow, Lead
from storage.questions import Question
from tasks.hand_over import channels_with_credentials
from tasks.question_standing import titled
from tasks.question_text import describe
from tasks.staff_text import say
from tasks.write import write

SOON = timedelta(seconds=30)


async def place(dossier: Dossier, token: UUID, as_of: datetime) -> Lead | Follow | Again:
    """Open the question, or find it open, and say what this case has to do about it."""
    return await asking.ask(dossier.case.id, token, as_of, channels_with_credentials(), write, describe)


async def suspend_for(question: int) -> None:
    """Suspend this run with the form of the question; None when it was settled meanwhile."""
    found = await questions.next_attempt(question)
    if found is None:
        return
    message = _message(found)
    get_run_logger().info(message)
    await waiting.suspend(found.key, forms.schema(found), forms.description(found), message)


async def ask_about_what_came() -> None:
    """A customer wrote, or one of our people acted: a person is asked at once, and every other new question gets its run too."""
    await ask_at_once(waiting.this_client(), await clock.now())


def _message(question: Question) -> str:
    whom = question.todo or say("a person")
    return say("Waiting for {whom}: {title}", whom=whom, title=titled(question))
