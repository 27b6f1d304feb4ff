"""What else is recorded where a person says that a deadline was kept: the file it belongs to learns of it.

A record that keeps its own life (a court file, a placement) enters here what *done on that day* means for it; where nothing is
entered the deadline alone is met.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from policies.deadline import DeadlineKind
from storage import insolvency_claimed
from storage.court_events import FOLLOWS_OF_COURT, why_not_learnt

Follow = Callable[[AsyncConnection, str, date, str, datetime], Awaitable[None]]
"""Takes the subject (`legal_file:3`), the day it was done, who says so, and when. It meets or replaces the deadline itself."""

FOLLOWS: Mapping[DeadlineKind, Follow] = {
    **FOLLOWS_OF_COURT,
    DeadlineKind.CLAIM_DECLARATION: insolvency_claimed.declared_on,
}


async def why_unfit(connection: AsyncConnection, kind: DeadlineKind, subject: str, on: date, at: datetime) -> str:
    """Why the record could not learn of it, so that what follows from it would be lost; empty: it can."""
    if kind is DeadlineKind.CLAIM_DECLARATION:
        return await insolvency_claimed.why_not_declared(connection, subject, on, at)
    return await why_not_learnt(connection, subject, kind, on, at)
