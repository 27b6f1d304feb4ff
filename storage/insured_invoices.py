"""What of a customer's open invoices is insured, as the books stand: the law of `policies.insured` over its rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import RowMapping, TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.dispute import STANDING_STATES
from policies.insurance import BuyerCover, CreditInsurance, FilingFrom
from policies.insured import Insured, OpenInvoice, insured
from storage.dispute_sums import OPEN

_DISPUTED = ", ".join(f"'{state}'" for state in sorted(STANDING_STATES))
_INVOICES = text(
    f"""
    SELECT i.customer_id, coalesce(c.id, 0) AS case, i.number, i.issued, i.due, i.currency, {OPEN} AS open,
           EXISTS (SELECT FROM dispute x WHERE x.state IN ({_DISPUTED})
                   AND (x.invoice_id = i.id OR x.invoice_id IS NULL AND x.customer_id = i.customer_id)) AS disputed
    FROM invoice i LEFT JOIN cases c ON c.invoice_id = i.id AND c.closed_at IS NULL
    WHERE i.customer_id = ANY(:customers) AND i.kind = 'invoice' AND {OPEN} > 0
      AND (c.id IS NOT NULL AND c.written_off IS NULL AND c.withdrawn IS NULL OR NOT i.case_opened)
    ORDER BY i.issued, i.number
    """  # noqa: S608 - no outside text
)
_INSURANCES = text(
    "SELECT d.id AS customer_id, p.* FROM credit_insurance p JOIN customer d ON d.creditor_id = p.creditor_id "
    "WHERE d.id = ANY(:customers) ORDER BY p.id"
)
_COVERS = text("SELECT * FROM buyer_cover WHERE customer_id = ANY(:customers) ORDER BY since, id")
_SUPPLIED = text(
    "SELECT customer_id, max(until) AS until FROM insurer_consent WHERE customer_id = ANY(:customers) AND about = 'supply' "
    "AND state IN ('granted', 'not_needed') GROUP BY customer_id"
)
_CUSTOMERS = text("SELECT DISTINCT customer_id FROM cases WHERE id = ANY(:cases) ORDER BY customer_id")


async def insured_of(connection: AsyncConnection, customer: int) -> tuple[Insured, ...]:
    """Every open invoice of the customer with what of it is insured, the oldest first; nothing where no policy is known."""
    return (await insured_of_each(connection, [customer])).get(customer, ())


async def insured_of_each(connection: AsyncConnection, customers: Iterable[int]) -> dict[int, tuple[Insured, ...]]:
    """The same of many customers; those whose creditor has no policy are left out."""
    said = {"customers": sorted(set(customers))}
    insurances = await _by_customer(connection, _INSURANCES, said)
    if not insurances:
        return {}
    covers, bills = await _by_customer(connection, _COVERS, said), await _by_customer(connection, _INVOICES, said)
    supplied = {row.customer_id: row.until for row in await connection.execute(_SUPPLIED, said)}
    return {
        customer: insured(
            [_bill(row) for row in bills.get(customer, ())],
            [insurance_of(row) for row in policies],
            [cover_of(row) for row in covers.get(customer, ())],
            supplied.get(customer),
        )
        for customer, policies in insurances.items()
    }


async def insured_cases(connection: AsyncConnection, cases: Iterable[int]) -> tuple[Insured, ...]:
    """Of these cases those that are insured, in whole or in part."""
    wanted = frozenset(cases)
    customers = list(await connection.scalars(_CUSTOMERS, {"cases": sorted(wanted)}))
    found = (await insured_of_each(connection, customers)).values() if customers else ()
    return tuple(one for each in found for one in each if one.invoice.case in wanted and one.amount)


async def _by_customer(
    connection: AsyncConnection, query: TextClause, said: Mapping[str, object]
) -> dict[int, list[RowMapping]]:
    found: dict[int, list[RowMapping]] = defaultdict(list)
    for row in (await connection.execute(query, said)).mappings():
        found[row["customer_id"]].append(row)
    return found


def _bill(row: RowMapping) -> OpenInvoice:
    names = ("case", "number", "issued", "due", "currency", "open", "disputed")
    return OpenInvoice(**{name: row[name] for name in names})


def insurance_of(row: RowMapping) -> CreditInsurance:
    """A row of `credit_insurance` as the law reads it."""
    return CreditInsurance(
        row["id"], row["insurer"], row["policy"], row["currency"], row["extension_days"], row["filing_days"],
        FilingFrom(row["filing_from"]), row["insured_percent"], row["valid_from"], row["valid_until"], row["minimum_claim"],
        row["blind_cover"], row["covers_disputed"], row["asks_write_off"], row["extension_clause"], row["filing_clause"],
    )  # fmt: skip


def cover_of(row: RowMapping) -> BuyerCover:
    """A row of `buyer_cover` as the law reads it."""
    return BuyerCover(
        row["id"], row["insurance_id"], row["limit_amount"], row["since"], row["until"], row["cancelled_on"], row["reference"]
    )  # fmt: skip
