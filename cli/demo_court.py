"""The demo's counsel: files each claim with the court, and takes it back three weeks later: nothing is to be had."""

from datetime import datetime, timedelta

from cli.demo_world import OWNERS
from storage import court_views
from storage.court_deeds import EventWords, record_event

COURSE = ((1, "filed", ""), (24, "withdrawn", "Counsel advises against enforcement"))
"""Days after a file was handed over, what happens to it then, and what is said of it."""


async def follow_files(at: datetime) -> None:
    """Record what has happened by the day of `at` to each file that is before a court."""
    for file in await court_views.listing():
        known = {one.event.value for one in file.events}
        for days, event, words in COURSE:
            on = file.opened_on + timedelta(days=days)
            if event not in known and on <= at.date():
                done = await record_event(file.number, EventWords(event, on.isoformat(), words=words), OWNERS[0], at)
                if isinstance(done, list):
                    raise RuntimeError(f"The demo's court file could not be followed: {done[0]}")
