"""An invoice in the books: what it says, what was paid and credited, and its case, whether or not there is one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from storage.bulk import rows_of
from storage.session import reading


@dataclass(frozen=True, slots=True)
class BookedInvoice:
    """An invoice or credit note; amounts in minor units. `case`: the open one, else the latest; None: it never had one."""

    id: int
    number: str
    kind: str
    source: str
    part_of: str
    customer_number: str
    customer_name: str
    issued: date | None
    due: date
    currency: str
    total: int
    prepaid: int
    paid: int
    credited: int
    open: int
    reference: str
    document_name: str
    ledger_closed_by: str
    case: int | None


@dataclass(frozen=True, slots=True)
class Settled:
    """A sum set against the invoice, in minor units."""

    kind: str
    amount: int
    value_date: date
    who: str
    """The credit note's number, or the payer as the bank named it."""
    why: str


_FIELDS = """
    SELECT i.id, i.number, i.kind, i.source, i.part_of, d.number AS customer_number, d.name AS customer_name, i.issued, i.due,
           i.currency, i.total, i.prepaid, i.paid, i.credited, i.total - i.prepaid - i.paid - i.credited AS open,
           i.reference, i.document_name, i.ledger_closed_by,
           (SELECT c.id FROM cases c WHERE c.invoice_id = i.id ORDER BY c.closed_at IS NOT NULL, c.id DESC LIMIT 1) AS case
    FROM invoice i JOIN customer d ON d.id = i.customer_id
"""
_NUMBERED = text(f"{_FIELDS} WHERE i.number = :number ORDER BY i.due DESC, i.id LIMIT 50")
_OF_CASE = text(f"{_FIELDS} JOIN cases k ON k.invoice_id = i.id WHERE k.id = :case")
_SETTLED = text(
    """
    SELECT a.kind, a.amount, a.value_date, coalesce(n.number, p.counterparty, '') AS who, a.why
    FROM allocation a LEFT JOIN invoice n ON n.id = a.credit_note_id LEFT JOIN payment p ON p.id = a.payment_id
    WHERE a.invoice_id = :id AND a.undone_at IS NULL ORDER BY a.value_date, a.id
    """
)


async def numbered(number: str) -> tuple[BookedInvoice, ...]:
    """The invoices and credit notes of this number: one, none, or several of different sources or customers."""
    async with reading() as connection:
        return tuple(BookedInvoice(**row) for row in await rows_of(connection, _NUMBERED, {"number": number}))


async def of_case(case: int) -> BookedInvoice | None:
    """The invoice of a case; `case` on it may be a later one."""
    async with reading() as connection:
        found = await rows_of(connection, _OF_CASE, {"case": case})
    return BookedInvoice(**found[0] | {"case": case}) if found else None


async def settled(invoice: int) -> tuple[Settled, ...]:
    """What was set against the invoice and stands, by value date."""
    async with reading() as connection:
        return tuple(Settled(**row) for row in await rows_of(connection, _SETTLED, {"id": invoice}))
