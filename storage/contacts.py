"""Every time a customer heard from us, over all its invoices: what caps on contacts are counted on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import UNCOUNTED
from policies.call_choices import CALL_BACK, NOT_SPOKEN, OTHER_NUMBER, WRONG_NUMBER
from policies.case import Contact
from policies.stages import Channel

LOOKED_BACK = 100
"""Days of contacts read: a quarter. No cap of a shipped law or ladder looks further back."""

UNCOUNTED_KINDS = ", ".join(f"'{kind}'" for kind in UNCOUNTED)
"""News that asks for nothing is no contact about the debt."""

_CONTACTS = text(
    f"""
    SELECT m.customer_id, (m.handed_at AT TIME ZONE d.zone)::date AS on_day, m.channel, false AS spoken,
           true AS ours
    FROM message m JOIN customer d ON d.id = m.customer_id
    WHERE m.customer_id = ANY(:customers) AND m.handed_at > CAST(:as_of AS timestamptz) - make_interval(days => :days)
      AND m.state IN ('handing_over', 'confirmed', 'ambiguous') AND m.kind NOT IN ({UNCOUNTED_KINDS})
    UNION ALL
    SELECT m.customer_id, m.window_on, m.channel, false, true FROM message m
    WHERE m.customer_id = ANY(:customers) AND m.state = 'reserved' AND m.kind NOT IN ({UNCOUNTED_KINDS})
    UNION ALL
    SELECT DISTINCT c.customer_id, (e.changed_at AT TIME ZONE d.zone)::date, e.channel, e.state = 'confirmed',
           true
    FROM effect e JOIN cases c ON c.id = e.case_id JOIN customer d ON d.id = c.customer_id
    WHERE c.customer_id = ANY(:customers) AND e.channel = 'call' AND e.state IN ('confirmed', 'refused')
      AND e.changed_at > CAST(:as_of AS timestamptz) - make_interval(days => :days)
      AND NOT EXISTS (SELECT FROM phone_call p WHERE p.customer_id = c.customer_id AND p.at = e.changed_at)
    UNION ALL
    SELECT p.customer_id, (p.at AT TIME ZONE d.zone)::date, 'call', NOT p.outcome = ANY(:not_spoken), p.direction = 'out'
    FROM phone_call p JOIN customer d ON d.id = p.customer_id
    WHERE p.customer_id = ANY(:customers) AND NOT p.outcome = ANY(:somebody_else) AND p.at > CAST(:as_of AS timestamptz) - make_interval(days => :days)
    ORDER BY 2, 3
    """  # noqa: S608 - no outside text
)
"""Messages whose first byte left or is about to, and calls: one call about many invoices is one contact.

Calls of before they were kept by themselves stand in the ledger alone. A customer who asks to be called back has agreed to
that call: no rest after a conversation stands against it. A message on a voicemail counts where a cap on calls does.
"""
NO_CONVERSATION = sorted({*NOT_SPOKEN, CALL_BACK})
SOMEBODY_ELSE = [WRONG_NUMBER, OTHER_NUMBER]
"""Calls that rang at somebody else's: no contact with the debtor."""


async def contacts_of(
    connection: AsyncConnection, customers: Iterable[int], as_of: datetime
) -> dict[int, tuple[Contact, ...]]:
    """The contacts of the last hundred days with each of these customers, on the customer's days."""
    ids = sorted(set(customers))
    if not ids:
        return {}
    found: dict[int, list[Contact]] = defaultdict(list)
    values: dict[str, object] = {"customers": ids, "as_of": as_of, "days": LOOKED_BACK, "not_spoken": NO_CONVERSATION}
    values["somebody_else"] = SOMEBODY_ELSE
    for row in await connection.execute(_CONTACTS, values):
        found[row.customer_id].append(Contact(row.on_day, Channel(row.channel), row.spoken, row.ours))
    return {customer: tuple(contacts) for customer, contacts in found.items()}
