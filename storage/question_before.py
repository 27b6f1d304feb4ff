"""The question whose place another one takes: what it showed, since when it was asked, who had it, who had signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.what_changed import Changed, Shown, changes, from_document


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of it; empty where nothing was asked, or it was answered."""

    shown: Shown | None = None
    signed: tuple[str, ...] = ()
    since: datetime | None = None
    waited: str = ""
    todo: str = ""

    def changes(self, now: Shown) -> tuple[Changed, ...]:
        """What is different in the question that takes its place."""
        return changes(self.shown, now, self.signed)


_LATEST = text(
    """
    SELECT q.id, q.state, q.ended_why, q.shown, q.waited, q.todo, coalesce(q.since, q.asked_at) AS since,
           ARRAY(SELECT DISTINCT s.actor FROM signature s WHERE s.question_id = q.id AND s.fingerprint = q.fingerprint
                 ORDER BY s.actor) AS signed
    FROM question q WHERE q.creditor_id = :creditor AND coalesce(q.customer_id, 0) = :customer AND q.currency = :currency
      AND q.kind = :kind AND q.stage = :stage ORDER BY q.id DESC LIMIT 1
    """
)
REPLACED = "what it showed has changed"
"""Why a question ended that another one takes the place of at once: people go on waiting for the same answer."""


async def before_it(connection: AsyncConnection, key: Mapping[str, Any]) -> Before:
    """The last question of this customer, currency, kind and stage, if nobody answered it."""
    row = (await connection.execute(_LATEST, dict(key))).first()
    if row is None or row.state != "voided":
        return Before()
    same = row.ended_why == REPLACED
    return Before(
        from_document(row.shown), tuple(row.signed), row.since if same else None, row.waited if same else "",
        row.todo if same else "",
    )  # fmt: skip
