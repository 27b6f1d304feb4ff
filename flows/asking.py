"""Asking a person: the leading run is suspended with the form, the others wait with it (design 4.11)."""

from datetime import datetime, timedelta
from uuid import UUID

from prefect import get_run_logger

from flows import forms, runs, waiting
from flows.giving_up import ask_about_what_is_given_up
from storage import agreement_questions, asking, clock, questions
from storage.dispute_questions import ask_about_disputes
from storage.dossier import Dossier
from storage.insolvency_questions import ask_about_insolvencies
from storage.insurance_claim_questions import ask_about_claims
from storage.insurer_questions import ask_about_consents
from storage.mediation_questions import ask_about_mediations
from storage.question_subject import Again, Follow, Lead
from storage.questions import Question
from storage.reply_questions import ask_about_replies
from tasks.agreement_words import about_proposal
from tasks.dispute_text import about_dispute
from tasks.hand_over import channels_with_credentials
from tasks.insolvency_words import WORDS as INSOLVENCY_WORDS
from tasks.insurer_claim_words import about_claim
from tasks.insurer_words import about_consent
from tasks.mediation_words import about_mediation
from tasks.question_standing import titled
from tasks.question_text import describe
from tasks.reply_words import about_replies
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
    """A customer wrote: a person is asked at once, and every other new question gets its run too."""
    at = await clock.now()
    await ask_about_replies(at, about_replies)
    await ask_about_disputes(at, about_dispute)
    await ask_about_insolvencies(at, INSOLVENCY_WORDS)
    await ask_about_mediations(at, about_mediation)
    await agreement_questions.ask_again(at, about_proposal)
    await ask_about_consents(at, about_consent)
    await ask_about_claims(at, about_claim)
    await ask_about_what_is_given_up(at)
    for question in await questions.without_run():
        await runs.start_question(waiting.this_client(), question)


def _message(question: Question) -> str:
    whom = question.todo or say("a person")
    return say("Waiting for {whom}: {title}", whom=whom, title=titled(question))
