"""What a ledger says closed an invoice that has a case here: a loss writes it off, anything but money holds it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import HoldKind
from policies.ledger_documents import Closing
from policies.ledger_lines import ClosedBy
from policies.payment_terms import MonthEnd, PaymentTerms
from storage import holds
from storage.bulk import append_to_cases
from storage.facts import touch
from storage.importing import importing
from storage.session import reading

ACTOR = "import"
REASONS = {
    ClosedBy.BILL: "settled by a bill of exchange (413) in the ledger",
    ClosedBy.CHEQUE: "settled by a cheque (511) in the ledger",
    ClosedBy.DOUBTFUL: "moved to doubtful customers (416) in the ledger",
    ClosedBy.LOSS: "written off (654) in the ledger",
    ClosedBy.UNKNOWN: "closed in the ledger by neither money nor credit",
    ClosedBy.SEVERAL: "closed in the ledger by several accounts",
    ClosedBy.RETURNED: "debited again in the ledger by no sale",
}
_CASE = text(
    """
    SELECT c.id, c.customer_id, d.owner FROM cases c JOIN invoice i ON i.id = c.invoice_id
    JOIN customer d ON d.id = i.customer_id
    WHERE i.creditor_id = :creditor AND d.number = :customer AND i.number = ANY(:numbers) AND c.closed_at IS NULL
    ORDER BY c.id FOR UPDATE OF c
    """
)
_HELD = text("SELECT EXISTS (SELECT FROM hold WHERE case_id = :case AND reason = :reason)")
_WRITE_OFF = text("UPDATE cases SET written_off = :reason WHERE id = :case AND written_off IS NULL RETURNING id")
_TERMS = text(
    "SELECT number, terms_days, terms_month_end, terms_on_day FROM customer "
    "WHERE creditor_id = :creditor AND terms_days IS NOT NULL"
)


async def terms_by_customer(creditor: int) -> dict[str, PaymentTerms]:
    """When invoices are due, of every customer of whom it is known, by its number."""
    async with reading() as connection:
        rows = await connection.execute(_TERMS, {"creditor": creditor})
        return {
            row.number: PaymentTerms(row.terms_days, MonthEnd(row.terms_month_end), row.terms_on_day) for row in rows
        }


async def take_closings(closings: Sequence[Closing], creditor: int, at: datetime, dry_run: bool = False) -> None:
    """Hold or write off the open cases of these invoices. Done again it changes nothing, also where a person released."""
    async with importing(creditor, dry_run=dry_run) as connection:
        for one in closings:
            which = {"creditor": creditor, "customer": one.customer, "numbers": list(one.invoices)}
            for row in (await connection.execute(_CASE, which)).all():
                await _take(connection, one, row.id, row.customer_id, row.owner, at)


async def _take(
    connection: AsyncConnection, closing: Closing, case: int, customer: int, owner: str, at: datetime
) -> None:
    reason = f"{REASONS[closing.kind]} on {closing.on}"
    if closing.kind is ClosedBy.LOSS:
        if await connection.scalar(_WRITE_OFF, {"case": case, "reason": reason}):
            await append_to_cases(connection, "written_off", [(case, {"actor": ACTOR, "on": closing.on})], at)
            await touch(connection, [case])
    elif not await connection.scalar(_HELD, {"case": case, "reason": reason}):
        await holds.place(connection, customer, case, HoldKind.MANUAL, reason, closing.on, None, owner or ACTOR, at)
        await touch(connection, [case])
