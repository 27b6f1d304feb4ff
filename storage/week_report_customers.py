"""Of a weekly report: the customers who owe most that is late."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.decide import decide
from policies.stages import Channel
from storage.bulk import rows_of
from storage.case_views import CaseView, view_of
from storage.dossier import load
from storage.dossier_queries import PRINCIPAL
from storage.week_report_span import Span

MOST = 20


@dataclass(frozen=True, slots=True)
class Debtor:
    """A customer in one currency, amounts in minor units. `overdue` is the part of what is open that is late."""

    number: str
    name: str
    currency: str
    open: int
    overdue: int
    invoices: int
    oldest: date
    """Due date of the late invoice that is oldest."""
    oldest_invoice: str
    next_step: str
    """Of that invoice: the step that comes next; empty: none is known."""
    next_on: date | None
    says: str
    """What that invoice waits for, in a sentence; empty: it has no case."""


_LARGEST = text(
    f"""
    WITH owed AS (
        SELECT i.customer_id, i.currency, sum({PRINCIPAL})::bigint AS open, count(*) AS invoices,
               coalesce(sum({PRINCIPAL}) FILTER (WHERE i.due < :today), 0)::bigint AS overdue
        FROM invoice i
        WHERE i.creditor_id = :creditor AND i.kind = 'invoice' AND {PRINCIPAL} > 0
          AND i.id NOT IN (SELECT invoice_id FROM cases WHERE outcome IN ('written_off', 'withdrawn'))
        GROUP BY i.customer_id, i.currency
    ), ranked AS (
        SELECT *, row_number() OVER (PARTITION BY currency ORDER BY overdue DESC, customer_id) AS place
        FROM owed WHERE overdue > 0
    )
    SELECT d.number, d.name, r.currency, r.open, r.overdue, r.invoices, o.due AS oldest, o.number AS oldest_invoice, o.case_id
    FROM ranked r JOIN customer d ON d.id = r.customer_id CROSS JOIN LATERAL (
        SELECT i.due, i.number, c.id AS case_id
        FROM invoice i LEFT JOIN cases c ON c.invoice_id = i.id AND c.closed_at IS NULL
        WHERE i.customer_id = r.customer_id AND i.currency = r.currency AND i.kind = 'invoice' AND {PRINCIPAL} > 0
          AND i.id NOT IN (SELECT invoice_id FROM cases WHERE customer_id = r.customer_id
                           AND outcome IN ('written_off', 'withdrawn'))
        ORDER BY i.due, i.number, c.id LIMIT 1) o
    WHERE r.place <= :most ORDER BY r.currency, r.place
    """  # noqa: S608 - no outside text
)


async def largest(connection: AsyncConnection, span: Span, channels: frozenset[Channel]) -> tuple[Debtor, ...]:
    """The twenty customers of each currency who owe most that is late, with what comes next for their oldest invoice."""
    rows = await rows_of(connection, _LARGEST, span.values | {"most": MOST})
    dossiers = await load(connection, [row["case_id"] for row in rows if row["case_id"]], span.at, channels)
    views = {case: view_of(one, decide(one.case, one.ladder, span.at)) for case, one in dossiers.items()}
    return tuple(_debtor(row, views.get(row.pop("case_id"))) for row in rows)


def _debtor(row: dict[str, Any], view: CaseView | None) -> Debtor:
    if view is None:
        return Debtor(**row, next_step="", next_on=None, says="")
    return Debtor(**row, next_step=view.next_step or "", next_on=view.next_on, says=view.says)
