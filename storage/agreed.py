"""What was agreed for an invoice, out of the terms records of its customer."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.interest.agreed import TermsRecord, agreed_terms
from policies.interest.day_count import DayCount
from policies.interest.debt import Terms

_BINDING = text(
    """
    SELECT i.id AS invoice, coalesce(i.issued, i.due) AS issued, t.id, t.accepted_on, t.rate, t.flat, t.currency, t.limitation_years, t.day_count,
           coalesce(nullif(t.document_name, ''), nullif(t.words, '')) AS proof, t.invoice_id IS NOT NULL AS one_invoice
    FROM invoice i JOIN terms_record t ON t.customer_id = i.customer_id AND t.withdrawn_at IS NULL
      AND (t.invoice_id IS NULL OR t.invoice_id = i.id)
    WHERE i.id = ANY(:invoices) ORDER BY t.id
    """
)
_OF_CASES = text(
    """
    SELECT c.id AS case, c.invoice_id AS invoice FROM cases c WHERE c.id = ANY(:cases) AND EXISTS (
        SELECT FROM terms_record t WHERE t.customer_id = c.customer_id AND t.limitation_years IS NOT NULL
          AND t.withdrawn_at IS NULL)
    """
)


async def terms_of(connection: AsyncConnection, invoices: Iterable[int]) -> dict[int, Terms]:
    """What was agreed for these invoices (rows of `invoice`), by invoice; one without terms is not among them."""
    records: dict[tuple[int, date], list[TermsRecord]] = defaultdict(list)
    for row in (await connection.execute(_BINDING, {"invoices": sorted(set(invoices))})).mappings():
        records[row["invoice"], row["issued"]].append(_record(row))
    found = {invoice: agreed_terms(mine, issued) for (invoice, issued), mine in records.items()}
    return {invoice: terms for invoice, terms in found.items() if terms is not None}


def _record(row: RowMapping) -> TermsRecord:
    names = ("id", "accepted_on", "rate", "flat", "currency", "proof", "one_invoice", "limitation_years")
    count = None if row["day_count"] is None else DayCount(row["day_count"])
    return TermsRecord(**{name: row[name] for name in names}, day_count=count)


async def clauses_of(connection: AsyncConnection, cases: Iterable[int]) -> dict[int, int]:
    """The limitation periods (years) agreed for the invoices of these cases, by case."""
    of = {row.case: row.invoice for row in await connection.execute(_OF_CASES, {"cases": sorted(set(cases))})}
    terms = await terms_of(connection, of.values())
    years = {case: terms[invoice].limitation_years for case, invoice in of.items() if invoice in terms}
    return {case: agreed for case, agreed in years.items() if agreed is not None}
