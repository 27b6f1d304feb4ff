"""Disputes that are not decided, or whose credit note is awaited, as the law of a case needs them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.dispute import STANDING_STATES, Dispute, DisputeState, set_aside
from policies.dispute_reasons import DisputeReason
from storage.dispute_sums import OPEN

STATES = sorted(STANDING_STATES)
COLUMNS = "x.state, x.reason, x.opened_on, x.owner, x.amount, x.credited_before, x.expected, x.id"
"""What `dispute_from` reads of a dispute `x`."""


@dataclass(frozen=True, slots=True)
class StandingDispute:
    """A dispute with its invoice; no invoice: it is about everything of the customer."""

    dispute: Dispute
    invoice_id: int | None
    invoice: str
    currency: str
    open: int
    """What is open of the invoice, disputed or not."""
    credited: int

    @property
    def set_aside(self) -> int:
        """What of it is not demanded; of a dispute about the whole its hold says so."""
        return set_aside(self.dispute, self.open, self.credited)

    @property
    def about(self) -> int:
        """What is disputed now."""
        return self.set_aside if self.dispute.amount or self.dispute.expected else self.open


_STANDING = text(
    f"""
    SELECT x.customer_id, x.invoice_id, {COLUMNS}, coalesce(i.number, '') AS invoice, x.currency,
           coalesce({OPEN}, 0) AS open, coalesce(i.credited, 0) AS credited
    FROM dispute x LEFT JOIN invoice i ON i.id = x.invoice_id
    WHERE x.customer_id = ANY(:customers) AND x.state = ANY(:states) ORDER BY x.id
    """  # noqa: S608 - no outside text
)


async def of_customers(connection: AsyncConnection, customers: Iterable[int]) -> dict[int, tuple[StandingDispute, ...]]:
    """The standing disputes of these customers, the earliest first; one whose invoice is settled is not among them."""
    values: dict[str, Any] = {"customers": sorted(set(customers)), "states": STATES}
    found: dict[int, list[StandingDispute]] = defaultdict(list)
    for row in (await connection.execute(_STANDING, values)).mappings():
        one = StandingDispute(
            dispute_from(row), row["invoice_id"], row["invoice"], row["currency"], row["open"], row["credited"]
        )
        if one.invoice_id is None or one.about:
            found[row["customer_id"]].append(one)
    return {customer: tuple(them) for customer, them in found.items()}


def dispute_from(row: RowMapping) -> Dispute:
    """The dispute in a row of `COLUMNS`."""
    return Dispute(
        state=DisputeState(row["state"]),
        reason=DisputeReason(row["reason"]),
        since=row["opened_on"],
        owner=row["owner"],
        amount=row["amount"],
        credited_before=row["credited_before"],
        expected=row["expected"],
        number=row["id"],
    )
