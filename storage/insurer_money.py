"""Money that may be the insurer's: of whoever was called so since a claim was filed with it, no line is booked as a debtor's payment unasked."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_INSURERS = text(
    "SELECT lower(p.insurer) AS name, min(c.filed_on) AS since FROM insurance_claim c JOIN credit_insurance p ON p.id = c.insurance_id "
    "WHERE c.creditor_id = :creditor AND c.filed_on IS NOT NULL AND p.insurer <> '' GROUP BY 1 ORDER BY 1"
)

Insurers = tuple[tuple[str, date], ...]
"""Names in small letters, each with the day of the first claim filed with it."""


async def insurers_of(connection: AsyncConnection, creditor: int) -> Insurers:
    """The insurers that may pay."""
    return tuple((row.name, row.since) for row in await connection.execute(_INSURERS, {"creditor": creditor}))


def is_from_insurer(row: Mapping[str, Any], insurers: Iterable[tuple[str, date]]) -> bool:
    """Whether a line (`counterparty`, `value_date`) names one of them, whole words of it."""
    payer = f" {' '.join(row['counterparty'].lower().split())} "
    return any(f" {name} " in payer and row["value_date"] >= since for name, since in insurers)
