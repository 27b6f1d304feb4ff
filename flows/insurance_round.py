"""When the round has something to do for the credit insurance: a claim that has left, an insurer or a manager to ask."""

from datetime import datetime, timedelta

from storage import insurance_claim_filing, insurance_claim_questions, insurer_questions

SOON = timedelta(minutes=1)


async def next_round(now: datetime) -> datetime | None:
    """When the next round has something to do; None: nothing waits for it."""
    waits = (
        await insurance_claim_filing.is_to_note()
        or await insurer_questions.is_to_ask()
        or await insurance_claim_questions.is_to_ask()
    )
    return now + SOON if waits else None
