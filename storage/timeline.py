"""What happened to a case, as its journal tells it: the source of the timeline managers read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from storage.session import reading

QUIET = ("decided", "reserved", "question_voided")
"""Entries that explain the machinery rather than the case."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, by the clock."""

    at: datetime
    kind: str
    facts: Mapping[str, Any]


_EVENTS = text("SELECT at, kind, facts FROM journal WHERE chain = :chain AND NOT kind = ANY(:quiet) ORDER BY place")


async def events(case: int) -> tuple[Event, ...]:
    """Everything that happened to the case, oldest first, without the machinery."""
    async with reading() as connection:
        rows = (await connection.execute(_EVENTS, {"chain": f"case:{case}", "quiet": list(QUIET)})).mappings()
        return tuple(Event(**row) for row in rows)
