"""What can be shown of messages: exact bytes, fingerprint, recipient, time, what the other side answered and reported."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.confidential import OFFERS
from storage.deliveries import Report, reports_in
from storage.session import reading


@dataclass(frozen=True, slots=True)
class Proof:
    """A message that left, may have left, or was refused; without its bytes. `answer` is what the other side said."""

    id: int
    customer_number: str
    customer_name: str
    invoices: tuple[str, ...]
    kind: str
    stage: str
    channel: str
    state: str
    route: str
    sender: str
    recipient: str
    contact_role: str
    subject: str
    key: str
    written_at: datetime
    handed_at: datetime | None
    sha256: str
    answer: str
    provider_id: str
    resend_of: int | None
    reports: tuple[Report, ...] = ()


# Offers made without prejudice, and proposals of mediation, are no proof of the debt: shown only where one is asked for by its number.
_FIND = text(
    """
    SELECT m.id, d.number AS customer_number, d.name AS customer_name, m.kind, coalesce(m.stage, '') AS stage, m.channel,
           m.state, m.route, m.sender, m.recipient, m.contact_role, m.subject, m.key, m.calculated_at AS written_at,
           m.handed_at, m.sha256, m.words AS answer, m.provider_id, m.resend_of,
           ARRAY(SELECT i.number FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.id IN (
                    SELECT e.case_id FROM effect e WHERE e.message_id = m.id
                    UNION SELECT w.case_id FROM correspondence w WHERE w.message_id = m.id) ORDER BY i.number) AS invoices
    FROM message m JOIN customer d ON d.id = m.customer_id JOIN creditor r ON r.id = m.creditor_id
    WHERE m.state IN ('handing_over', 'confirmed', 'refused', 'ambiguous')
      AND (CAST(:message AS bigint) IS NULL OR m.id = :message)
      AND (CAST(:message AS bigint) IS NOT NULL OR m.kind <> ALL(:offers) AND m.stage <> 'mediation')
      AND (CAST(:customer AS text) IS NULL OR d.number = :customer)
      AND (CAST(:since AS date) IS NULL OR (coalesce(m.handed_at, m.calculated_at) AT TIME ZONE r.zone)::date >= :since)
      AND (CAST(:invoice AS text) IS NULL OR m.id IN (
            SELECT e.message_id FROM effect e JOIN cases c ON c.id = e.case_id JOIN invoice i ON i.id = c.invoice_id
            WHERE i.number = :invoice
            UNION SELECT w.message_id FROM correspondence w JOIN cases c ON c.id = w.case_id
            JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :invoice))
    ORDER BY coalesce(m.handed_at, m.calculated_at), m.id
    """
)
_BYTES = text("SELECT raw FROM message WHERE id = :id")


async def proofs(
    *, message: int | None = None, customer: str | None = None, invoice: str | None = None, since: date | None = None
) -> tuple[Proof, ...]:
    """Messages in the order they left: one, those to a customer, those about an invoice, those since a day of the creditor."""
    async with reading() as connection:
        return await proofs_in(connection, message=message, customer=customer, invoice=invoice, since=since)


async def proofs_in(
    connection: AsyncConnection,
    *,
    message: int | None = None,
    customer: str | None = None,
    invoice: str | None = None,
    since: date | None = None,
) -> tuple[Proof, ...]:
    """The same in the caller's transaction."""
    values: dict[str, Any] = {
        "message": message,
        "customer": customer,
        "invoice": invoice,
        "since": since,
        "offers": sorted(OFFERS),
    }
    rows = [dict(row) for row in (await connection.execute(_FIND, values)).mappings()]
    reports = await reports_in(connection, [row["id"] for row in rows])
    return tuple(
        Proof(**row | {"invoices": tuple(row["invoices"])}, reports=tuple(reports.get(row["id"], ()))) for row in rows
    )


async def bytes_of(message: int) -> bytes:
    """The exact bytes of a message."""
    async with reading() as connection:
        return bytes(await connection.scalar(_BYTES, {"id": message}))
