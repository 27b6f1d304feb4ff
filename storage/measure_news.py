"""What the customer hears of a measure: queued in the transaction of the decision, looked at anew when it leaves."""

from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind, Piece
from policies.measure import LiftedBy, MeasureState, MeasureTold
from storage import credit_exposures, measure_books
from storage.correspondence import NOTIFY
from storage.credit_exposures import FORGIVEN
from storage.dispute_sums import OPEN
from storage.measure_books import MeasureRow

OF_MEASURES = frozenset({MessageKind.MEASURE_TAKEN, MessageKind.MEASURE_LIFTED})
MOST = 12
"""Invoices named in the message; of more the amount says how much it is."""

_QUEUE = text(
    """
    INSERT INTO correspondence (creditor_id, customer_id, case_id, kind, currency, fact, origin_id, on_day, state, at, next_at)
    VALUES (:creditor, :customer, (SELECT min(case_id) FROM measure_case WHERE measure_id = :measure), :kind, :currency, :fact,
        :measure, :on, 'waiting', :at, :at) ON CONFLICT DO NOTHING
    """
)
_HEARD = text(
    "SELECT true FROM correspondence w JOIN message m ON m.id = w.message_id WHERE w.origin_id = :measure "
    "AND w.kind = 'measure_taken' AND w.state = 'told' AND m.state IN ('confirmed', 'ambiguous') LIMIT 1"
)
_OVERDUE = text(
    f"""
    SELECT i.number FROM invoice i JOIN customer d ON d.id = i.customer_id
    WHERE i.customer_id = :customer AND i.currency = :currency AND i.kind = 'invoice' AND {OPEN} > 0
      AND i.due < (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date
      AND NOT EXISTS (SELECT FROM dispute x WHERE x.invoice_id = i.id AND x.state = 'open' AND x.amount IS NULL)
      AND NOT {FORGIVEN}
    ORDER BY i.due, i.number LIMIT :most
    """  # noqa: S608 - no outside text
)


async def queue(connection: AsyncConnection, row: MeasureRow, kind: MessageKind, at: datetime) -> None:
    """Have it told, once ever."""
    values = {
        "creditor": row.creditor, "customer": row.customer, "measure": row.number, "kind": kind, "currency": row.currency,
        "fact": f"measure {row.number}", "on": row.today(at), "at": at,
    }  # fmt: skip
    if (await connection.execute(_QUEUE, values)).rowcount:
        await connection.execute(NOTIFY)


async def piece_of(connection: AsyncConnection, measure: int, kind: MessageKind, on: date, at: datetime) -> Piece | str:
    """What is told now; or why it no longer is."""
    row = await measure_books.read(connection, measure)
    assert row is not None, "measures are never deleted"
    if kind is MessageKind.MEASURE_TAKEN and row.state is not MeasureState.TAKEN:
        return "the measure is lifted already"
    if kind is MessageKind.MEASURE_LIFTED and not await connection.scalar(_HEARD, {"measure": measure}):
        return "the customer never heard of the measure"
    owed = await credit_exposures.of_customer(connection, row.customer, row.currency, at)
    which = {"customer": row.customer, "currency": row.currency, "at": at, "most": MOST + 1}
    numbers = list(await connection.scalars(_OVERDUE, which)) if kind is MessageKind.MEASURE_TAKEN else []
    shown = ", ".join(numbers[:MOST]) + (", …" if len(numbers) > MOST else "")
    limit = row.lower_limit if row.lower_limit is not None else owed.limit
    within = limit if row.lifted_by is LiftedBy.UNDER_LIMIT else None
    told = MeasureTold(row.kind, row.lifted_by, row.lower_limit, row.clause, within)
    return Piece(kind, shown, owed.unpaid, owed.unpaid, on, measure=told)
