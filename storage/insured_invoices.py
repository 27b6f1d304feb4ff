"""What of a customer's open invoices is insured, as the books stand: the law of `policies.insured` over its rows."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.dispute import STANDING_STATES
from policies.insurance import BuyerCover, CreditInsurance, FilingFrom
from policies.insured import Insured, OpenInvoice, insured
from storage.dispute_sums import OPEN

_DISPUTED = ", ".join(f"'{state}'" for state in sorted(STANDING_STATES))
_INVOICES = text(
    f"""
    SELECT coalesce(c.id, 0) AS case, i.number, i.issued, i.due, i.currency, {OPEN} AS open,
           EXISTS (SELECT FROM dispute x WHERE x.state IN ({_DISPUTED})
                   AND (x.invoice_id = i.id OR x.invoice_id IS NULL AND x.customer_id = i.customer_id)) AS disputed
    FROM invoice i LEFT JOIN cases c ON c.invoice_id = i.id AND c.closed_at IS NULL
    WHERE i.customer_id = :customer AND i.kind = 'invoice' AND {OPEN} > 0
      AND (c.id IS NOT NULL AND c.written_off IS NULL AND c.withdrawn IS NULL OR NOT i.case_opened)
    ORDER BY i.issued, i.number
    """  # noqa: S608 - no outside text
)
_INSURANCES = text(
    "SELECT p.* FROM credit_insurance p JOIN customer d ON d.creditor_id = p.creditor_id WHERE d.id = :customer ORDER BY p.id"
)
_COVERS = text("SELECT * FROM buyer_cover WHERE customer_id = :customer ORDER BY since, id")
_SUPPLIED = text(
    "SELECT max(until) FROM insurer_consent WHERE customer_id = :customer AND about = 'supply' "
    "AND state IN ('granted', 'not_needed')"
)
_CUSTOMERS = text("SELECT DISTINCT customer_id FROM cases WHERE id = ANY(:cases) ORDER BY customer_id")


async def insured_of(connection: AsyncConnection, customer: int) -> tuple[Insured, ...]:
    """Every open invoice of the customer with what of it is insured, the oldest first; nothing where no policy is known."""
    insurances = await insurances_of(connection, customer)
    if not insurances:
        return ()
    said = {"customer": customer}
    covers = [cover_of(row) for row in (await connection.execute(_COVERS, said)).mappings()]
    rows = (await connection.execute(_INVOICES, said)).mappings()
    supplied: date | None = await connection.scalar(_SUPPLIED, said)
    return insured([OpenInvoice(**row) for row in rows], insurances, covers, supplied)


async def insured_cases(connection: AsyncConnection, cases: Iterable[int]) -> tuple[Insured, ...]:
    """Of these cases those that are insured, in whole or in part."""
    wanted = sorted(set(cases))
    found: list[Insured] = []
    for customer in list(await connection.scalars(_CUSTOMERS, {"cases": wanted})):
        found += [one for one in await insured_of(connection, customer) if one.invoice.case in wanted and one.amount]
    return tuple(found)


async def insurances_of(connection: AsyncConnection, customer: int) -> tuple[CreditInsurance, ...]:
    """The policies of the customer's creditor."""
    rows = (await connection.execute(_INSURANCES, {"customer": customer})).mappings()
    return tuple(insurance_of(row) for row in rows)


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
