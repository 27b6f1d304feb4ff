"""A dispute ends or goes on with the hold it was opened with, where a person deals with the hold alone."""

from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_END = text("UPDATE dispute SET state = 'ended', ask_on = NULL WHERE hold_id = :hold AND state = 'open'")
_GOES_ON = text(
    "UPDATE dispute SET hold_id = :hold, deadline = :until WHERE customer_id = :customer AND state = 'open' "
    "AND case_id IS NOT DISTINCT FROM CAST(:case AS bigint) AND hold_id IS NOT NULL"
)


async def with_hold(connection: AsyncConnection, hold: int) -> None:
    """The hold was released: who was right is not known."""
    await connection.execute(_END, {"hold": hold})


async def goes_on(connection: AsyncConnection, customer: int, case: int | None, hold: int, until: date) -> None:
    """Its owner keeps holding until a day: that is its deadline now, and `hold` the row that stands for it."""
    values = {"customer": customer, "case": case, "hold": hold, "until": until}
    await connection.execute(_GOES_ON, values)
