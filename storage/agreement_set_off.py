"""A set-off in the books: a credit of ours against the customer's invoices, for its own invoice; taken back the same way."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import credit_decisions
from storage.settling import settle_all

_CREDIT = text(
    """
    INSERT INTO invoice (creditor_id, source, number, kind, customer_id, issued, due, currency, total, reference)
    VALUES (:creditor, 'set-off', :number, 'credit_note', :customer, :on, :on, :currency, :amount, '') RETURNING id
    """
)
_REMEMBER = text("UPDATE agreement SET credit_note_id = :note WHERE id = :id")
_INVOICES = text(
    "SELECT c.invoice_id FROM agreement_case k JOIN cases c ON c.id = k.case_id WHERE k.agreement_id = :id ORDER BY 1"
)


def number_of(agreement: int) -> str:
    """What the credit is called in the books."""
    return f"SET-OFF-{agreement}"


async def book(connection: AsyncConnection, row: RowMapping, actor: str, today: date, at: datetime) -> None:
    """Write the credit down, for the invoices of the agreement; the books are settled afterwards."""
    values: dict[str, Any] = {
        "creditor": row["creditor_id"], "number": number_of(row["id"]), "customer": row["customer_id"], "on": today,
        "currency": row["currency"], "amount": row["amount"],
    }  # fmt: skip
    note = int(await connection.scalar(_CREDIT, values))
    await connection.execute(_REMEMBER, {"id": row["id"], "note": note})
    await credit_decisions.set_against(connection, [note], await _invoices(connection, row["id"]), actor, at)


async def undo(connection: AsyncConnection, row: RowMapping, actor: str, at: datetime) -> None:
    """Take the credit back from what it settled and leave it aside; `connection` is that of an import of the creditor."""
    notes = [row["credit_note_id"]]
    await credit_decisions.set_against(connection, notes, [], actor, at)
    await settle_all(connection, row["creditor_id"], at)
    await credit_decisions.leave(connection, notes, "the set-off was taken back", actor, at)


async def _invoices(connection: AsyncConnection, agreement: int) -> Sequence[int]:
    return list(await connection.scalars(_INVOICES, {"id": agreement}))
