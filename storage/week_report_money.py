"""Of a weekly report: the money that came in, by the last step the customer had heard before it."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.stages import HARDNESS, Stage
from storage.bulk import rows_of
from storage.week_report_span import Span


@dataclass(frozen=True, slots=True)
class MoneyIn:
    """Payments of the week's value days set against invoices, in minor units. An empty `stage`: nothing had been sent."""

    stage: str
    currency: str
    invoices: int
    amount: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Bank lines of the week of which something is set against no invoice yet, in minor units."""

    currency: str
    lines: int
    amount: int


@dataclass(frozen=True, slots=True)
class Money:
    """What came in."""

    received: tuple[MoneyIn, ...]
    unplaced: tuple[Unplaced, ...]


_RECEIVED = text(
    """
    WITH received AS (
        SELECT a.id, a.invoice_id, a.amount, a.value_date, i.currency FROM allocation a JOIN invoice i ON i.id = a.invoice_id
        WHERE i.creditor_id = :creditor AND a.kind = 'payment' AND a.undone_at IS NULL
          AND a.value_date >= :first AND a.value_date <= :last
    ), after AS (
        SELECT DISTINCT ON (r.id) r.id, s.stage FROM received r JOIN cases c ON c.invoice_id = r.invoice_id
        JOIN step_done s ON s.case_id = c.id AND s.how IN ('confirmed', 'elsewhere') AND s.done_on < r.value_date
        ORDER BY r.id, s.done_on DESC, s.id DESC
    )
    SELECT coalesce(after.stage, '') AS stage, r.currency, count(DISTINCT r.invoice_id) AS invoices,
           sum(r.amount)::bigint AS amount
    FROM received r LEFT JOIN after ON after.id = r.id GROUP BY 1, 2
    """
)
_UNPLACED = text(
    """
    SELECT currency, count(*) AS lines, sum(amount - allocated)::bigint AS amount FROM payment
    WHERE creditor_id = :creditor AND value_date >= :first AND value_date <= :last AND amount > allocated
      AND NOT is_pending AND NOT is_replaced
      AND NOT EXISTS (SELECT FROM line_match m WHERE m.payment_id = payment.id AND m.aside)
    GROUP BY currency ORDER BY currency
    """
)


async def money(connection: AsyncConnection, span: Span) -> Money:
    """The money of the week's value days, as it is known now. What bounced, or was taken off again, has not come in."""
    received = [MoneyIn(**row) for row in await rows_of(connection, _RECEIVED, span.values)]
    unplaced = tuple(Unplaced(**row) for row in await rows_of(connection, _UNPLACED, span.values))
    return Money(tuple(sorted(received, key=_place)), unplaced)


def _place(one: MoneyIn) -> tuple[str, int]:
    return one.currency, HARDNESS[Stage(one.stage)] if one.stage else -1
