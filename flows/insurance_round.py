"""The credit insurance in one round: claims that have left, last days, what the insurer is asked, claims that wait for a manager."""

from datetime import datetime, timedelta

from storage import insurance_claim_filing, insurance_claim_questions, insurer_questions
from storage.insurance_deadlines import keep_in_step
from tasks.insurer_claim_words import about_claim
from tasks.insurer_words import about_consent

SOON = timedelta(minutes=1)


async def look_at_insurances(at: datetime) -> None:
    """The last days of what is insured are kept, and people are asked. Called twice it does nothing more."""
    await insurance_claim_filing.note_what_left(at)
    await keep_in_step(at)
    await insurer_questions.ask_about_consents(at, about_consent)
    await insurance_claim_questions.ask_about_claims(at, about_claim)


async def next_round(now: datetime) -> datetime | None:
    """When the next round has something to do; None: nothing waits for it."""
    waits = (
        await insurance_claim_filing.is_to_note()
        or await insurer_questions.is_to_ask()
        or await insurance_claim_questions.is_to_ask()
    )
    return now + SOON if waits else None
