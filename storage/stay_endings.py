"""A stay is over when the last of its invoices is resumed, and nobody is reminded of it any more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import Consequence
from policies.hold_consequences import EndHolds
from policies.questions import QuestionKind
from policies.stay_holds import ONE_BY_ONE
from storage import deadlines
from storage.answered import Covered
from storage.questions import Question

ONE_AT_A_TIME = (
    "After a stay or a judgment invoices are resumed one by one: name those that go on under “Only these invoices”."
)
_END = text(
    """
    UPDATE stay s SET state = 'over', ended_at = :at FROM hold e
    WHERE e.id = :hold AND e.origin = 'stay:' || s.id AND s.state = 'open' AND NOT EXISTS (
        SELECT FROM hold h JOIN cases c ON c.id = h.case_id
        WHERE h.origin = e.origin AND h.ended_at IS NULL AND h.id <> e.id AND c.closed_at IS NULL)
    RETURNING s.id
    """
)
_STAYING = text(
    "SELECT count(DISTINCT case_id) FROM hold WHERE case_id = ANY(:cases) AND ended_at IS NULL "
    "AND (kind = ANY(:kinds) OR split_part(origin, ':', 1) IN ('insolvency', 'stay'))"
)


async def with_hold(connection: AsyncConnection, hold: int, at: datetime) -> None:
    """A person ended this hold; its stay is over if it was the last of it."""
    stay = await connection.scalar(_END, {"hold": hold, "at": at})
    if stay is not None:
        await deadlines.drop(connection, f"stay:{stay}", "every invoice goes on", at.date(), "relance", at)


async def why_not(
    connection: AsyncConnection,
    question: Question,
    covered: Sequence[Covered],
    outcome: Sequence[Consequence],
    *,
    named: bool,
) -> str | None:
    """The sentence that refuses to resume several invoices of a stay by one word."""
    resumes = question.kind is QuestionKind.HOLD_REVIEW and any(isinstance(one, EndHolds) for one in outcome)
    if not resumes or named or len(covered) < 2:
        return None
    values = {"cases": [one.case for one in covered], "kinds": [kind.value for kind in ONE_BY_ONE]}
    return ONE_AT_A_TIME if await connection.scalar(_STAYING, values) else None
