"""Credit notes that settle nothing: what is left of each, and the cases that wait for that."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import PossiblePayment
from policies.decisions import Reason
from storage.bulk import rows_of
from storage.facts import touch


@dataclass(frozen=True, slots=True)
class OpenCredit:
    """A credit note of which `left` (minor units) is set against no invoice; `aside`: why it is to settle nothing."""

    credit_note: str
    issued: date
    currency: str
    total: int
    left: int
    aside: str


_OPEN = """
    SELECT n.id, n.creditor_id, n.customer_id, n.number AS credit_note, coalesce(n.issued, n.due) AS issued, n.currency,
           n.total - n.prepaid AS total, n.total - n.prepaid - coalesce(sum(a.amount), 0)::bigint AS left, n.aside_why AS aside
    FROM invoice n LEFT JOIN allocation a ON a.credit_note_id = n.id AND a.undone_at IS NULL
    WHERE n.kind = 'credit_note' AND {which} GROUP BY n.id HAVING n.total - n.prepaid > coalesce(sum(a.amount), 0)
    ORDER BY coalesce(n.issued, n.due), n.number, n.id
"""
_OF_CUSTOMERS = text(_OPEN.format(which="n.customer_id = ANY(:customers)"))
_CLEARED = text(
    f"""
    SELECT c.id FROM cases c WHERE c.creditor_id = :creditor AND c.waits_for = :reason AND c.closed_at IS NULL
      AND NOT EXISTS (SELECT FROM ({_OPEN.format(which="n.creditor_id = :creditor AND n.aside_why = ''")}) o
                      WHERE o.customer_id = c.customer_id AND o.currency = c.currency)
    ORDER BY c.id
    """  # noqa: S608 - no outside text
)
_OVERPAID = text(
    """
    SELECT p.currency, sum(p.amount - p.allocated)::bigint AS overpaid FROM payment p
    WHERE p.amount > p.allocated AND NOT p.is_pending AND NOT p.is_replaced AND p.id IN (
        SELECT a.payment_id FROM allocation a JOIN invoice i ON i.id = a.invoice_id
        WHERE i.customer_id = :customer AND a.undone_at IS NULL)
      AND NOT EXISTS (SELECT FROM allocation a JOIN invoice i ON i.id = a.invoice_id
                      WHERE a.payment_id = p.id AND a.undone_at IS NULL AND i.customer_id <> :customer)
      AND NOT EXISTS (SELECT FROM line_match m WHERE m.payment_id = p.id AND m.aside)
    GROUP BY p.currency
    """
)
_CASES = text("SELECT id FROM cases WHERE customer_id = ANY(:customers) AND closed_at IS NULL ORDER BY id")


async def of_customers(connection: AsyncConnection, customers: Iterable[int]) -> dict[int, list[OpenCredit]]:
    """What each customer has in credit notes that settle nothing, oldest first, those left aside included."""
    found: dict[int, list[OpenCredit]] = defaultdict(list)
    for row in await rows_of(connection, _OF_CUSTOMERS, {"customers": sorted(set(customers))}):
        said = {name: row[name] for name in ("credit_note", "issued", "currency", "total", "left", "aside")}
        found[row["customer_id"]].append(OpenCredit(**said))
    return found


async def overpaid_by(connection: AsyncConnection, customer: int) -> dict[str, int]:
    """What payments for the customer's invoices alone left over that no invoice took, by currency, in minor units."""
    return {row["currency"]: row["overpaid"] for row in await rows_of(connection, _OVERPAID, {"customer": customer})}


async def to_the_credit(connection: AsyncConnection, customer: int, currency: str) -> int:
    """What the customer has to its credit in the currency: credit notes that settle nothing, and overpayments."""
    notes = (await of_customers(connection, [customer]))[customer]
    left = sum(one.left for one in notes if one.currency == currency and not one.aside)
    return left + (await overpaid_by(connection, customer)).get(currency, 0)


def in_the_way(credits: Sequence[OpenCredit], currency: str) -> tuple[PossiblePayment, ...]:
    """What of it an item in this currency may be settled by, while nobody has said otherwise."""
    return tuple(
        PossiblePayment(0, one.left, one.currency, one.issued, "", proposed=False, credit_note=one.credit_note)
        for one in credits
        if one.currency == currency and not one.aside
    )


async def came(connection: AsyncConnection, customers: Iterable[int]) -> None:
    """Credit notes of these customers are new: what is on its way to them is decided anew."""
    if whose := sorted(set(customers)):
        await touch(connection, list(await connection.scalars(_CASES, {"customers": whose})), wake=False)


async def cleared(connection: AsyncConnection, creditor: int) -> tuple[int, ...]:
    """The cases that waited for credit notes of which nothing is left."""
    return tuple(await connection.scalars(_CLEARED, {"creditor": creditor, "reason": Reason.CREDIT_OPEN}))
