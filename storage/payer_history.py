"""How customers pay: their history read in two queries, and what the law of behaviour says of it.

Nothing is read of consumers, who are never scored.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.behaviour.assess import Assessed, assess
from policies.behaviour.history import History, PastItem
from policies.facts import DatedAmount, DebtorKind
from storage.bulk import rows_of
from storage.hold_kinds import BROKEN_WORD
from storage.segment_store import own_segments

REMEMBERED = 366
"""Days before `as_of` from which an item that is settled is still read."""

_WHO = text("SELECT id, kind, zone, credit_limit, credit_currency FROM customer WHERE id = ANY(:customers)")
_ITEMS = text(
    """
    SELECT i.id, i.customer_id, i.due, i.total - i.prepaid AS amount, i.currency,
           c.withdrawn IS NOT NULL OR EXISTS (
               SELECT FROM hold h LEFT JOIN cases o ON o.id = h.case_id WHERE h.customer_id = d.id AND h.kind = 'dispute'
                 AND (o.invoice_id = i.id OR h.case_id IS NULL AND h.ended_at IS NULL)) AS left_out,
           CASE WHEN c.outcome = 'written_off' THEN (c.closed_at AT TIME ZONE d.zone)::date END AS given_up,
           a.kind, a.value_date, a.amount AS share
    FROM invoice i JOIN customer d ON d.id = i.customer_id
    LEFT JOIN LATERAL (
        SELECT c.withdrawn, c.outcome, c.closed_at FROM cases c WHERE c.invoice_id = i.id ORDER BY c.id DESC LIMIT 1
    ) c ON true
    LEFT JOIN allocation a ON a.invoice_id = i.id AND a.undone_at IS NULL
    WHERE i.customer_id = ANY(:customers) AND i.kind = 'invoice'
      AND (i.due >= :since OR i.total - i.prepaid - i.paid - i.credited > 0)
    """
)
_BROKEN = text(
    f"""
    SELECT h.customer_id, (h.ended_at AT TIME ZONE d.zone)::date AS on_day
    FROM hold h JOIN customer d ON d.id = h.customer_id
    WHERE h.customer_id = ANY(:customers) AND {BROKEN_WORD} AND h.ended_at IS NOT NULL
    """  # noqa: S608 - no outside text
)


async def payers(connection: AsyncConnection, customers: Iterable[int], as_of: datetime) -> dict[int, Assessed]:
    """How each of `customers` pays at `as_of`, by the lines the user draws. Consumers get the reason why not."""
    who = await rows_of(connection, _WHO, {"customers": sorted(set(customers))})
    limits = {row["id"]: _limit(row) for row in who if row["kind"] != DebtorKind.CONSUMER}
    histories = await _histories(connection, limits, as_of) if limits else {}
    scale = own_segments().scale
    return {
        row["id"]: assess(
            DebtorKind(row["kind"]), histories.get(row["id"], History()), _today(row["zone"], as_of), scale
        )
        for row in who
    }


def _today(zone: str, as_of: datetime) -> date:
    return as_of.astimezone(ZoneInfo(zone)).date()


def _limit(row: Mapping[str, Any]) -> dict[str, int]:
    """The credit limit by its currency; none where none is agreed."""
    return {} if row["credit_limit"] is None else {row["credit_currency"]: row["credit_limit"]}


async def _histories(
    connection: AsyncConnection, limits: Mapping[int, Mapping[str, int]], as_of: datetime
) -> dict[int, History]:
    customers = sorted(limits)
    since = date.fromordinal(max(as_of.date().toordinal() - REMEMBERED, 1))
    rows = await rows_of(connection, _ITEMS, {"customers": customers, "since": since})
    broken: dict[int, list[date]] = defaultdict(list)
    for row in await rows_of(connection, _BROKEN, {"customers": customers}):
        broken[row["customer_id"]].append(row["on_day"])
    by_customer: dict[int, dict[int, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_customer[row["customer_id"]][row["id"]].append(row)
    return {one: _history(by_customer[one], broken[one], limits[one]) for one in customers}


def _history(
    items: Mapping[int, Sequence[Mapping[str, Any]]], broken: list[date], limits: Mapping[str, int]
) -> History:
    counted = [rows for rows in items.values() if not rows[0]["left_out"]]
    return History(tuple(_item(rows) for rows in counted), tuple(broken), limits, left_out=len(items) - len(counted))


def _item(rows: Sequence[Mapping[str, Any]]) -> PastItem:
    """One invoice: a row for each sum set against it, or a single one without any.

    A difference that was let go (a rounding, a bank's fee, a discount) is as good as the payment it came with.
    """
    first = rows[0]
    paid, credited = (
        tuple(DatedAmount(row["value_date"], row["share"]) for row in rows if row["kind"] in kinds)
        for kinds in (("payment", "difference"), ("credit_note",))
    )
    return PastItem(first["due"], first["amount"], first["currency"], paid, credited, first["given_up"])
