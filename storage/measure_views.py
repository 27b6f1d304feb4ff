"""Commercial measures as commands and pages show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.credit_exposure import CreditExposure
from storage import credit_exposures
from storage.bulk import rows_of
from storage.measure_books import SELECT, MeasureRow, read, row_of
from storage.session import reading

MOST = 200
"""Measures shown at once, the latest first."""

_LIST = text(
    f"{SELECT} WHERE (:all OR m.state IN ('proposed', 'taken')) AND (CAST(:customer AS bigint) IS NULL OR m.customer_id = :customer) "
    "AND (:said = '' OR d.number = :said OR lower(d.name) = lower(:said)) ORDER BY m.id DESC LIMIT :most"
)
_FILES = text("SELECT change, on_day, file, state, sha256 FROM measure_change WHERE measure_id = :measure ORDER BY id")
_MESSAGES = text(
    """
    SELECT w.kind, CASE WHEN w.state = 'told' THEN m.state ELSE w.state END AS state, w.words
    FROM correspondence w LEFT JOIN message m ON m.id = w.message_id
    WHERE w.origin_id = :measure AND w.kind IN ('measure_taken', 'measure_lifted') ORDER BY w.id
    """
)


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure with what is owed by now, what the ERP got and what the customer heard."""

    measure: MeasureRow
    owed: CreditExposure
    files: tuple[dict[str, Any], ...]
    messages: tuple[dict[str, Any], ...]


async def listing(said: str = "", *, every: bool = False) -> tuple[MeasureRow, ...]:
    """The measures proposed or standing (`every`: those that are over as well), of one customer or of all."""
    async with reading() as connection:
        return await _listing(connection, None, said, every)


async def of_customer(connection: AsyncConnection, customer: int) -> tuple[MeasureRow, ...]:
    """Every measure that ever was proposed against a customer, the latest first."""
    return await _listing(connection, customer, "", True)


async def show(number: int, at: datetime) -> MeasureView | None:
    """One measure."""
    async with reading() as connection:
        row = await read(connection, number)
        if row is None:
            return None
        owed = await credit_exposures.of_customer(connection, row.customer, row.currency, at)
        files = await rows_of(connection, _FILES, {"measure": number})
        messages = await rows_of(connection, _MESSAGES, {"measure": number})
    return MeasureView(row, owed, tuple(map(dict, files)), tuple(map(dict, messages)))


async def _listing(connection: AsyncConnection, customer: int | None, said: str, every: bool) -> tuple[MeasureRow, ...]:
    which = {"customer": customer, "said": said.strip(), "all": every, "most": MOST}
    return tuple(row_of(row) for row in await rows_of(connection, _LIST, which))
