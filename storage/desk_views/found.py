"""What a search finds over all dates, closed cases included: customers, invoices, bank lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.money import digits
from policies.searched import Searched
from storage.bulk import rows_of
from storage.session import reading

MOST = 50
"""Rows of each kind that are shown."""


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """A customer whose name or number fits; `open` in minor units by currency."""

    number: str
    name: str
    country: str
    open: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FoundInvoice:
    """An invoice or credit note whose number, reference or amount fits; amounts in minor units."""

    id: int
    number: str
    kind: str
    customer_number: str
    customer_name: str
    due: date
    currency: str
    total: int
    open: int
    case: int | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class FoundPayment:
    """A bank line whose amount fits, in minor units."""

    id: int
    value_date: date
    amount: int
    currency: str
    counterparty: str
    text: str
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found, at most MOST of each kind; `more`: there is more than is shown."""

    customers: tuple[FoundCustomer, ...]
    invoices: tuple[FoundInvoice, ...]
    payments: tuple[FoundPayment, ...]
    more: bool


_CUSTOMERS = text(
    """
    SELECT d.id, d.number, d.name, coalesce(d.country, '') AS country FROM customer d
    WHERE position(lower(:words) IN lower(d.name)) > 0 OR lower(d.number) LIKE lower(:like) || '%'
    ORDER BY lower(d.number) <> lower(:words), lower(d.name) <> lower(:words), d.name, d.id LIMIT :limit
    """
)
_OPEN = text(
    """
    SELECT customer_id, currency, sum(total - prepaid - paid - credited)::bigint AS open FROM invoice
    WHERE customer_id = ANY(:ids) AND kind = 'invoice' AND total - prepaid - paid - credited > 0 GROUP BY 1, 2 ORDER BY 1, 2
    """
)
_BEGIN = text(
    """
    SELECT id FROM invoice WHERE upper(number) LIKE upper(:like) || '%' ORDER BY due DESC, id LIMIT :limit
    """
)
_HOLD = text(
    "SELECT id FROM invoice WHERE upper(number) LIKE '%' || upper(:like) || '%' ORDER BY due DESC, id LIMIT :limit"
)
"""Asked only where no number begins so: it reads every invoice."""
_AMOUNT = text(
    """
    WITH fits AS MATERIALIZED (
        SELECT id, due FROM invoice WHERE total = ANY(:minors)
        UNION SELECT id, due FROM invoice
        WHERE total - prepaid - paid - credited = ANY(:minors) AND total - prepaid - paid - credited > 0
    )
    SELECT id FROM fits ORDER BY due DESC, id LIMIT :limit
    """
)
"""First what fits, then its order: asked at once, the invoices would be read in their order until enough fit."""
_INVOICES = text(
    """
    SELECT i.id, i.number, i.kind, d.number AS customer_number, d.name AS customer_name, i.due, i.currency, i.total,
           i.total - i.prepaid - i.paid - i.credited AS open, c.id AS case, c.outcome
    FROM invoice i JOIN customer d ON d.id = i.customer_id
    LEFT JOIN LATERAL (SELECT id, outcome FROM cases WHERE invoice_id = i.id ORDER BY closed_at IS NOT NULL, id DESC LIMIT 1) c
      ON true
    WHERE i.id = ANY(:ids) ORDER BY upper(i.number) <> upper(:words), i.due DESC, i.id
    """
)
_PAYMENTS = text(
    """
    SELECT p.id, p.value_date, p.amount, p.currency, p.counterparty, p.text,
           ARRAY(SELECT DISTINCT i.number FROM allocation a JOIN invoice i ON i.id = a.invoice_id
                 WHERE a.payment_id = p.id AND a.undone_at IS NULL ORDER BY 1) AS invoices
    FROM payment p WHERE p.amount = ANY(:minors) AND NOT p.is_replaced ORDER BY p.value_date DESC, p.id LIMIT :limit
    """
)


async def search(wanted: Searched) -> Found:
    """What fits the words or the amount, the exact ones first."""
    like = wanted.words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values = {"words": wanted.words, "like": like, "minors": sorted(wanted.minors), "limit": MOST + 1}
    async with reading() as connection:
        customers = await rows_of(connection, _CUSTOMERS, values)
        which = {"ids": [row["id"] for row in customers]}
        sums = await rows_of(connection, _OPEN, which) if customers else []
        invoices = await rows_of(connection, _INVOICES, values | {"ids": await _invoices(connection, values)})
        payments = await rows_of(connection, _PAYMENTS, values) if wanted.minors else []
    fitting = [row for row in invoices if _fits(row, wanted)]
    lines = [row for row in payments if _reads(row["amount"], row["currency"], wanted.amounts)]
    return Found(
        tuple(_customer(row, sums) for row in customers[:MOST]),
        tuple(FoundInvoice(**row) for row in fitting[:MOST]),
        tuple(FoundPayment(**row | {"invoices": tuple(row["invoices"])}) for row in lines[:MOST]),
        max(len(customers), len(fitting), len(lines)) > MOST,
    )


async def _invoices(connection: AsyncConnection, values: Mapping[str, Any]) -> list[int]:
    """The invoices whose number begins with the words, else those that hold them; and those of the amount."""
    numbered = list(await connection.scalars(_BEGIN, values)) or list(await connection.scalars(_HOLD, values))
    return numbered + (list(await connection.scalars(_AMOUNT, values)) if values["minors"] else [])


def _fits(row: dict[str, Any], wanted: Searched) -> bool:
    """Found by its number, or by an amount that reads the same in its own currency."""
    return wanted.words.upper() in row["number"].upper() or any(
        _reads(row[name], row["currency"], wanted.amounts) for name in ("total", "open")
    )


def _reads(minor: int, currency: str, amounts: frozenset[Decimal]) -> bool:
    return Decimal(minor).scaleb(-digits(currency)) in amounts


def _customer(row: dict[str, Any], sums: list[dict[str, Any]]) -> FoundCustomer:
    mine = tuple((one["currency"], one["open"]) for one in sums if one["customer_id"] == row["id"])
    return FoundCustomer(row["number"], row["name"], row["country"], mine)
