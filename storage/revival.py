"""A run that somebody else ended: nobody's Cancel is overruled, nobody's click closes a debt (design 3)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text

from storage import holds
from storage.facts import touch
from storage.session import transaction

_CASE = text(
    "SELECT c.customer_id, d.zone FROM cases c JOIN customer d ON d.id = c.customer_id WHERE c.id = :case FOR UPDATE OF c"
)
_DEED = text(
    """
    SELECT facts ->> 'actor' FROM journal WHERE chain = :chain AND kind = 'deed' AND facts ->> 'detail' ~ '^(CANCELL|COMPLETED)'
      AND place > (SELECT coalesce(max(place), 0) FROM journal WHERE chain = :chain AND kind = 'held')
    ORDER BY place DESC LIMIT 1
    """
)
"""Who stopped the run: a deed that stops, and that no hold has answered for yet."""


async def stopped(case: int, at: datetime) -> None:
    """Somebody cancelled or completed the run of an open case: a manual hold in that person's name, to be answered."""
    async with transaction() as connection:
        row = (await connection.execute(_CASE, {"case": case})).mappings().one()
        actor = await connection.scalar(_DEED, {"chain": f"case:{case}"}) or "somebody"
        today = at.astimezone(ZoneInfo(row["zone"])).date()
        await holds.stopped_by(connection, row["customer_id"], case, actor, today, at)
        await touch(connection, [case])


async def looked_at(case: int) -> None:
    """A closed case whose run has ended needs no further look."""
    async with transaction() as connection:
        await connection.execute(
            text("UPDATE cases SET wake_at = NULL WHERE id = :id AND closed_at IS NOT NULL"), {"id": case}
        )
