"""What messages cost, where the one who carried them says so: per message, and summed by currency."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_RECORD = text("UPDATE message SET cost_minor = :cost, cost_currency = :currency WHERE id = :message")
_OF_CUSTOMER = text(
    "SELECT cost_currency AS currency, sum(cost_minor)::bigint AS cost FROM message "
    "WHERE customer_id = :customer AND cost_minor IS NOT NULL GROUP BY 1 ORDER BY 1"
)


async def record_cost(connection: AsyncConnection, message: int, cost: int, currency: str) -> None:
    """What the one who carried the message asks for it, in minor units of `currency`; a later word replaces an earlier."""
    await connection.execute(_RECORD, {"message": message, "cost": cost, "currency": currency})


async def costs_of_customer(connection: AsyncConnection, customer: int) -> dict[str, int]:
    """What the messages to a customer cost so far, in minor units by currency; without those nobody named a price for."""
    found = await connection.execute(_OF_CUSTOMER, {"customer": customer})
    return {row.currency: row.cost for row in found}
