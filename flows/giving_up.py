"""Write-offs that wait for a manager, steps that money had overtaken, pages for the VAT that have left, or came back: one round over all."""

from datetime import datetime, timedelta

from storage import corrections, write_off_questions, write_off_returned, write_off_vat
from tasks.correction_text import about_correction
from tasks.write_off_text import about_write_off

SOON = timedelta(minutes=1)


async def ask_about_what_is_given_up(at: datetime) -> None:
    """Ask what is to be asked, with the figures of now, and note what has left. Called twice it does nothing more."""
    await write_off_questions.ask_about_write_offs(at, about_write_off)
    await corrections.ask_about_corrections(at, about_correction)
    await write_off_vat.note_arrived(at)
    await write_off_returned.note_returned(at)


async def next_round(now: datetime) -> datetime | None:
    """When the next round has something to do; None: it has nothing."""
    waits = (
        await corrections.is_to_ask()
        or await write_off_questions.is_asked_otherwise()
        or await write_off_vat.is_to_note()
        or await write_off_returned.is_to_note()
    )
    return now + SOON if waits else None
