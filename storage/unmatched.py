"""Money that came and whose invoice is not known, in part or whole."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from storage.session import reading


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A bank line with what is left of it, in minor units; negative: money returned that undid no payment."""

    payment: int
    booked: date
    value_date: date
    amount: int
    left: int
    currency: str
    reference: str
    counterparty: str
    text: str
    return_reason: str
    """Of money returned: the bank's code (ISO 20022)."""


_LEFT = text(
    """
    SELECT id AS payment, booked, value_date, amount, amount - allocated AS left, currency, reference, counterparty,
           text, return_reason
    FROM payment WHERE amount <> allocated AND NOT is_pending AND NOT is_replaced
        AND (CAST(:creditor AS bigint) IS NULL OR creditor_id = :creditor)
    ORDER BY booked, id
    """
)


async def unmatched(creditor: int | None = None) -> tuple[Unmatched, ...]:
    """Every bank line that is not wholly set against invoices, oldest first."""
    async with reading() as connection:
        rows = (await connection.execute(_LEFT, {"creditor": creditor})).mappings()
        return tuple(Unmatched(**row) for row in rows)
