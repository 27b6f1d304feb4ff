"""Terms records out of files of customers and invoices: written once, and again only where a file says another thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreed_record import AgreedRecord
from storage.terms import Accepted, clause_refused, record_in

ACTOR = "import"


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says a customer accepted, for all its invoices (`invoice` None) or for one."""

    customer: int
    invoice: int | None
    agreed: AgreedRecord
    line: int


@dataclass(frozen=True, slots=True)
class Refused:
    """What the file says cannot be agreed on, with the sentence why; the record is not written."""

    line: int
    field: str
    why: str


_KNOWN = text(
    """
    SELECT true FROM terms_record t WHERE t.customer_id = :customer AND t.invoice_id IS NOT DISTINCT FROM CAST(:invoice AS bigint)
      AND t.accepted_on = :accepted_on AND t.rate IS NOT DISTINCT FROM CAST(:rate AS numeric)
      AND t.flat IS NOT DISTINCT FROM CAST(:flat AS bigint) AND t.currency = :currency AND t.words = :words
      AND t.day_count IS NOT DISTINCT FROM CAST(:day_count AS text)
      AND t.limitation_years IS NOT DISTINCT FROM CAST(:limitation_years AS bigint)
    """
)
"""Also one that was withdrawn: a person's word is not undone by the same file read again."""
_INVOICES = text(
    "SELECT number, id FROM invoice WHERE creditor_id = :creditor AND source = :source AND number = ANY(:n)"
)


async def import_terms(connection: AsyncConnection, told: Sequence[Told], at: datetime) -> list[Refused]:
    """Write down what is not known yet, in the import's transaction; answers what the law lets nobody agree on."""
    refused = []
    for one in told:
        agreed = one.agreed
        values = {
            "customer": one.customer, "invoice": one.invoice, "accepted_on": agreed.accepted_on, "rate": agreed.rate,
            "flat": agreed.flat, "currency": agreed.currency, "words": agreed.words,
            "limitation_years": agreed.limitation_years, "day_count": agreed.day_count,
        }  # fmt: skip
        if await connection.scalar(_KNOWN, values):
            continue
        why = await clause_refused(connection, one.customer, agreed.limitation_years, at)
        if why:
            refused.append(Refused(one.line, "contract_limitation_years", why))
            continue
        if agreed.accepted_on > at.date():
            why = f"{agreed.accepted_on} is still to come: terms are recorded once accepted."
            refused.append(Refused(one.line, "terms_accepted_on", why))
            continue
        accepted = Accepted(
            agreed.accepted_on, agreed.rate, agreed.flat, agreed.currency, agreed.words,
            limitation_years=agreed.limitation_years, day_count=agreed.day_count,
        )  # fmt: skip
        await record_in(connection, one.customer, one.invoice, accepted, ACTOR, at)
    return refused


async def invoices_of(
    connection: AsyncConnection, creditor: int, source: str, numbers: Sequence[str]
) -> Mapping[str, int]:
    """The rows of these invoices of a source, by number."""
    values = {"creditor": creditor, "source": source, "n": list(numbers)}
    return {row.number: row.id for row in await connection.execute(_INVOICES, values)}
