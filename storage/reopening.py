"""Cases learn what happened to their invoice's money; one whose principal is open again goes on where it stood."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import holds
from storage.bulk import append_to_cases
from storage.dossier_queries import PRINCIPAL
from storage.facts import lock, touch


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that came to an invoice or left it; `amount` in minor units, `kind` as the journal names it."""

    invoice: int
    kind: str
    origin: str
    row: int
    amount: int
    value_date: date


_CASES = text(
    "SELECT id, invoice_id, closed_at IS NULL AS open FROM cases WHERE invoice_id = ANY(:invoices) ORDER BY id"
)
_SIBLINGS = text(
    """
    SELECT DISTINCT o.id FROM cases c JOIN cases o ON o.customer_id = c.customer_id AND o.currency = c.currency
    WHERE c.invoice_id = ANY(:invoices) AND o.closed_at IS NULL
    """
)
_UNSETTLED = text(
    f"""
    SELECT c.id, {PRINCIPAL} AS principal FROM cases c JOIN invoice i ON i.id = c.invoice_id
    WHERE c.creditor_id = :creditor AND c.closed_at IS NOT NULL AND c.outcome IN ('paid', 'credited')
    AND {PRINCIPAL} > 0
      AND NOT EXISTS (SELECT FROM cases o WHERE o.invoice_id = i.id AND (o.closed_at IS NULL OR o.id > c.id))
    ORDER BY c.id
    """  # noqa: S608 - no outside text
)
_REOPEN = text("UPDATE cases SET closed_at = NULL, outcome = NULL, next_at = NULL WHERE id = ANY(:ids)")


async def tell_cases(connection: AsyncConnection, moves: Sequence[Moved], at: datetime) -> None:
    """Journal each movement on the case of its invoice and wake the open ones.

    Other open cases of the same customers are not woken, but what was reserved for them is decided anew: their
    messages may tell of this invoice.
    """
    invoices = sorted({move.invoice for move in moves})
    siblings = set(await connection.scalars(_SIBLINGS, {"invoices": invoices}))
    rows = (await connection.execute(_CASES, {"invoices": invoices})).all()
    await lock(connection, siblings | {row.id for row in rows})
    case_of = {row.invoice_id: row.id for row in rows}
    by_kind: dict[str, list[tuple[int, dict[str, object]]]] = defaultdict(list)
    for move in moves:
        if move.invoice in case_of:
            facts: dict[str, object] = {move.origin: move.row, "amount": move.amount, "value_date": move.value_date}
            by_kind[move.kind].append((case_of[move.invoice], facts))
    for kind, entries in by_kind.items():
        await append_to_cases(connection, kind, entries, at)
    await holds.returned(connection, [case for case, _ in by_kind.get("payment_returned", ())], at)
    woken = {row.id for row in rows if row.open}
    await touch(connection, woken)
    await touch(connection, siblings - woken, wake=False)


async def reopen_unsettled(connection: AsyncConnection, creditor: int, at: datetime) -> tuple[int, ...]:
    """Cases closed as paid or credited whose principal is open again: same case, same age, same steps behind it."""
    rows = (await connection.execute(_UNSETTLED, {"creditor": creditor})).all()
    ids = [row.id for row in rows]
    if ids:
        await lock(connection, ids)
        await connection.execute(_REOPEN, {"ids": ids})
        await append_to_cases(connection, "reopened", [(row.id, {"principal": row.principal}) for row in rows], at)
        await touch(connection, ids)
    return tuple(ids)
