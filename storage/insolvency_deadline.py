"""The last day to declare what is older than a judgment, as a deadline."""

from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.deadline import DeadlineKind
from policies.insolvency import DECLARATION
from storage import deadlines
from storage.deadlines import NewDeadline
from storage.insolvency_views import InsolvencyView

OLDER = text(
    "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.customer_id = :customer AND c.closed_at IS NULL "
    "AND (i.issued IS NULL OR i.issued < :judgment) ORDER BY c.id"
)
"""The open cases of what is older than the judgment."""


async def set_declaration(
    connection: AsyncConnection, found: InsolvencyView, today: date, actor: str, at: datetime
) -> None:
    """Set it, where its day is known; one that stands is replaced. The customer's cases are locked."""
    if found.declare_by is None:
        return
    older = list(await connection.scalars(OLDER, {"customer": found.customer, "judgment": found.judgment}))
    what = f"{found.proceedings} of {found.customer_name}"
    article = DECLARATION.format(actor=actor)
    new = NewDeadline(DeadlineKind.CLAIM_DECLARATION, found.subject, found.declare_by, article, what)
    await deadlines.set_deadline(connection, new, found.customer, older, today, actor, at)
