"""What customers owe and have ordered, against their limits: two queries for all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement import AgreementKind
from policies.credit_exposure import CreditExposure
from storage.bulk import rows_of
from storage.dispute_sums import OPEN, SET_ASIDE
from storage.session import reading

FORGIVEN = f"""EXISTS (SELECT FROM cases c WHERE c.invoice_id = i.id
    AND (c.withdrawn IS NOT NULL OR c.written_off_by = '{AgreementKind.SETTLEMENT.value}'))"""
"""What of an invoice `i` is no longer owed: it was withdrawn, or less was accepted and came."""

_SUMS = text(
    f"""
    SELECT o.customer_id AS customer, o.currency,
           coalesce(sum(o.open) FILTER (WHERE o.late AND NOT o.given_up), 0)::bigint AS overdue,
           coalesce(sum(o.open) FILTER (WHERE NOT o.late AND NOT o.given_up), 0)::bigint AS not_due,
           coalesce(sum(o.open) FILTER (WHERE o.given_up), 0)::bigint AS given_up,
           coalesce(sum(CASE WHEN o.disputed THEN o.open ELSE o.aside END) FILTER (WHERE o.late AND NOT o.given_up), 0)::bigint
               AS disputed
    FROM (
        SELECT i.customer_id, i.currency, {OPEN} AS open, {SET_ASIDE} AS aside,
               i.due < (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS late,
               EXISTS (SELECT FROM cases c WHERE c.invoice_id = i.id AND c.written_off IS NOT NULL) AS given_up,
               EXISTS (SELECT FROM dispute x WHERE x.invoice_id = i.id AND x.state = 'open' AND x.amount IS NULL) AS disputed
        FROM invoice i JOIN customer d ON d.id = i.customer_id
        WHERE i.kind = 'invoice' AND {OPEN} > 0 AND NOT {FORGIVEN} AND (CAST(:customers AS bigint[]) IS NULL OR i.customer_id = ANY(:customers))
    ) o GROUP BY o.customer_id, o.currency ORDER BY o.customer_id, o.currency
    """  # noqa: S608 - no outside text
)
_AGREED = text(
    """
    SELECT d.id AS customer, d.number, d.name, d.credit_currency, d.credit_limit, d.orders_given, d.orders_on,
           coalesce((SELECT jsonb_object_agg(m.currency, m.lower_limit) FROM measure m
                     WHERE m.customer_id = d.id AND m.kind = 'lower_limit' AND m.state = 'taken'), '{}') AS lower
    FROM customer d WHERE CAST(:customers AS bigint[]) IS NULL OR d.id = ANY(:customers) ORDER BY d.id
    """
)


@dataclass(frozen=True, slots=True)
class AboveLimit:
    """A customer whose exposure is above its limit."""

    customer: str
    name: str
    exposure: CreditExposure


async def of_customers(
    connection: AsyncConnection, customers: Iterable[int], at: datetime
) -> dict[int, tuple[CreditExposure, ...]]:
    """The exposure of each of `customers`, a line a currency; a customer of whom nothing is known has none."""
    which: dict[str, Any] = {"customers": sorted(set(customers)), "at": at}
    sums = await rows_of(connection, _SUMS, which)
    return {row["customer"]: _lines(row, sums) for row in await rows_of(connection, _AGREED, which)}


async def of_customer(connection: AsyncConnection, customer: int, currency: str, at: datetime) -> CreditExposure:
    """The exposure of one customer in one currency."""
    lines = (await of_customers(connection, [customer], at)).get(customer, ())
    return next((one for one in lines if one.currency == currency), CreditExposure(currency, 0, 0, 0, None))


async def above_limits(at: datetime) -> tuple[AboveLimit, ...]:
    """Every customer above its limit, the farthest above first in each currency."""
    which: dict[str, Any] = {"customers": None, "at": at}
    async with reading() as connection:
        sums = await rows_of(connection, _SUMS, which)
        agreed = await rows_of(connection, _AGREED, which)
    found = [AboveLimit(row["number"], row["name"], one) for row in agreed for one in _lines(row, sums) if one.above]
    return tuple(sorted(found, key=lambda one: (one.exposure.currency, -one.exposure.above, one.customer)))


def _lines(row: Mapping[str, Any], sums: Iterable[Mapping[str, Any]]) -> tuple[CreditExposure, ...]:
    owed = {one["currency"]: one for one in sums if one["customer"] == row["customer"]}
    own = {row["credit_currency"]} if row["credit_limit"] is not None or row["orders_given"] is not None else set()
    return tuple(_line(currency, row, owed.get(currency, {})) for currency in sorted({*owed, *own, *row["lower"]}))


def _line(currency: str, row: Mapping[str, Any], owed: Mapping[str, Any]) -> CreditExposure:
    is_own = currency == row["credit_currency"]
    limits = [one for one in (row["credit_limit"] if is_own else None, row["lower"].get(currency)) if one is not None]
    return CreditExposure(
        currency,
        owed.get("overdue", 0),
        owed.get("not_due", 0),
        (row["orders_given"] or 0) if is_own else 0,
        min(limits, default=None),
        row["orders_on"] if is_own else None,
        owed.get("given_up", 0),
        owed.get("disputed", 0),
    )
