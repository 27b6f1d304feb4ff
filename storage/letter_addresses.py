"""What another postal address lets be tried again."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.facts import lock, touch

_REFUSED = text(
    """
    SELECT DISTINCT e.case_id FROM effect e JOIN cases c ON c.id = e.case_id AND c.closed_at IS NULL
    WHERE e.channel = 'letter' AND e.state = 'refused' AND NOT e.temporary AND c.customer_id = ANY(:customers)
      AND NOT EXISTS (SELECT FROM contact k WHERE k.customer_id = c.customer_id AND k.postal_dead_at IS NOT NULL)
    ORDER BY 1
    """
)
"""Cases whose letter reached nobody, of customers of whom another address is known by now."""
_TRY_AGAIN = text(
    "UPDATE effect SET temporary = true WHERE case_id = ANY(:cases) AND channel = 'letter' AND state = 'refused'"
)


async def new_addresses(connection: AsyncConnection, customers: Iterable[int]) -> None:
    """Letters that came back may be written once more, to the address that was found since; their cases look again."""
    cases = list(await connection.scalars(_REFUSED, {"customers": sorted(set(customers))}))
    if cases:
        await lock(connection, cases)
        await connection.execute(_TRY_AGAIN, {"cases": cases})
        await touch(connection, cases)
