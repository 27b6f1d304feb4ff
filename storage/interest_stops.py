"""Judgments and time to pay in the books, as they stop the interest of an invoice (`policies.interest.stopped`)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import Hold, HoldKind
from policies.hold_laws import HOLD_LAWS
from policies.interest.stopped import Stop, stop_of

_STOPPING = [kind.value for kind, law in HOLD_LAWS.items() if not law.earns_interest]
_HOLDS = text(
    """
    SELECT i.id AS invoice, coalesce(i.issued, DATE '0001-01-01') AS arose, h.kind, h.reason, h.since, h.until, h.owner, h.interest_until
    FROM invoice i JOIN hold h ON h.customer_id = i.customer_id
      AND (h.case_id IS NULL OR EXISTS (SELECT FROM cases c WHERE c.id = h.case_id AND c.invoice_id = i.id))
    WHERE i.id = ANY(:invoices) AND (h.kind = ANY(:stopping) OR h.interest_until IS NOT NULL)
      AND (h.ended_at IS NULL OR h.word = 'kept' OR EXISTS (SELECT FROM insolvency n WHERE n.customer_id = h.customer_id
           AND h.kind = 'insolvency' AND h.origin = 'insolvency:' || n.id AND n.closed_how <> 'reversed')) ORDER BY h.id
    """
)
"""A plan that was kept stopped interest for good; one that was broken, or a hold that was released, stops nothing.
A judgment stopped it for good, whatever became of the proceedings, unless it was set aside. An invoice whose day is not known
counts as older than any judgment, as it does where it is held and declared."""


async def stops_of(connection: AsyncConnection, invoices: Iterable[int]) -> dict[int, Stop]:
    """Where the interest of these invoices (rows of `invoice`) stops; one whose interest runs on is not among them."""
    values = {"invoices": sorted(set(invoices)), "stopping": _STOPPING}
    found: dict[tuple[int, date], list[Hold]] = defaultdict(list)
    for row in (await connection.execute(_HOLDS, values)).mappings():
        hold = Hold(
            HoldKind(row["kind"]), row["reason"], row["since"], row["until"], row["owner"],
            interest_until=row["interest_until"],
        )  # fmt: skip
        found[row["invoice"], row["arose"]].append(hold)
    stops = {invoice: stop_of(holds, arose) for (invoice, arose), holds in found.items()}
    return {invoice: stop for invoice, stop in stops.items() if stop is not None}
