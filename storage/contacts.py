"""Every time a customer heard from us, over all its invoices: what caps on contacts are counted on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import UNCOUNTED
from policies.case import Contact
from policies.stages import Channel

LOOKED_BACK = 100
"""Days of contacts read: a quarter. No cap of a shipped law or ladder looks further back."""

UNCOUNTED_KINDS = ", ".join(f"'{kind}'" for kind in UNCOUNTED)
"""News that asks for nothing is no contact about the debt."""

_CONTACTS = text(
    f"""
    SELECT m.customer_id, (m.handed_at AT TIME ZONE d.zone)::date AS on_day, m.channel, false AS spoken
    FROM message m JOIN customer d ON d.id = m.customer_id
    WHERE m.customer_id = ANY(:customers) AND m.handed_at > CAST(:as_of AS timestamptz) - make_interval(days => :days)
      AND m.state IN ('handing_over', 'confirmed', 'ambiguous') AND m.kind NOT IN ({UNCOUNTED_KINDS})
    UNION ALL
    SELECT m.customer_id, m.window_on, m.channel, false FROM message m
    WHERE m.customer_id = ANY(:customers) AND m.state = 'reserved' AND m.kind NOT IN ({UNCOUNTED_KINDS})
    UNION ALL
    SELECT DISTINCT c.customer_id, (e.changed_at AT TIME ZONE d.zone)::date, e.channel, e.state = 'confirmed'
    FROM effect e JOIN cases c ON c.id = e.case_id JOIN customer d ON d.id = c.customer_id
    WHERE c.customer_id = ANY(:customers) AND e.channel = 'call' AND e.state IN ('confirmed', 'refused')
      AND e.changed_at > CAST(:as_of AS timestamptz) - make_interval(days => :days)
    ORDER BY 2, 3
    """  # noqa: S608 - no outside text
)
"""Messages whose first byte left or is about to, and calls: one call about many invoices is one contact."""


async def contacts_of(
    connection: AsyncConnection, customers: Iterable[int], as_of: datetime
) -> dict[int, tuple[Contact, ...]]:
    """The contacts of the last hundred days with each of these customers, on the customer's days."""
    ids = sorted(set(customers))
    if not ids:
        return {}
    found: dict[int, list[Contact]] = defaultdict(list)
    for row in await connection.execute(_CONTACTS, {"customers": ids, "as_of": as_of, "days": LOOKED_BACK}):
        found[row.customer_id].append(Contact(row.on_day, Channel(row.channel), row.spoken))
    return {customer: tuple(contacts) for customer, contacts in found.items()}
