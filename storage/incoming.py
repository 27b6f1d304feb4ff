"""What comes in is kept once, with everything that follows from it in the same transaction; nothing is ever dropped."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.incoming import IncomingKind
from storage.facts import lock
from storage.incoming_effects import RELANCE, carry_out
from storage.incoming_matching import Whose, whose
from storage.received import Kept, Received, storable, storable_all
from storage.reply_questions import ask_about
from storage.session import transaction

__all__ = ["Kept", "Received", "keep", "take_in"]

_SAME = text(
    "SELECT sha256 = :sha256 OR (sender = :sender AND subject = :subject AND text = :text) AS yes "
    "FROM incoming_message WHERE provider_ref = :ref"
)
_CREDITOR = text(
    "SELECT coalesce((SELECT creditor_id FROM customer WHERE id = :customer), (SELECT min(id) FROM creditor))"
)
_KEEP = text(
    """
    INSERT INTO incoming_message (creditor_id, customer_id, message_id, channel, provider_ref, sender, recipient, subject, text,
        raw, sha256, kind, reason, found_by, returns_on, received_at)
    VALUES (:creditor, :customer, :message, :channel, :ref, :sender, :recipient, :subject, :text, :raw, :sha256, :kind, :reason,
        :how, :returns, :received)
    ON CONFLICT (provider_ref) DO NOTHING RETURNING id
    """
)
_TO_LOCK = text(
    "SELECT id FROM cases WHERE customer_id = ANY(CAST(:customers AS bigint[])) AND closed_at IS NULL "
    "UNION SELECT case_id FROM effect WHERE message_id = :message"
)
"""Cases are locked before the customer's row, here as everywhere: keeping a message refers to that row."""
_CONCERNS = text(
    """
    INSERT INTO incoming_case (incoming_id, case_id)
    SELECT :incoming, c.id FROM cases c WHERE c.customer_id = :customer AND c.closed_at IS NULL
      AND (c.id = ANY(:cases) OR cardinality(CAST(:cases AS bigint[])) = 0) ON CONFLICT DO NOTHING
    """
)
_READ = text("UPDATE incoming_message SET read_at = :at, read_by = :by WHERE id = :id AND read_at IS NULL")
ASKED_ABOUT = frozenset({IncomingKind.REPLY, IncomingKind.COMPLAINT})
"""Kinds a person is asked about in the inbox, where they have a customer."""


async def take_in(received: Received, at: datetime) -> int | None:
    """Keep a message, in a transaction of its own: its number; None: it was kept before."""
    async with transaction() as connection:
        return await keep(connection, received, at)


async def keep(connection: AsyncConnection, received: Received, at: datetime) -> int | None:
    """Keep a message with what follows from it; None: it was kept before, and nothing follows again."""
    received = replace(received, what=storable_all(received.what), recipient=storable(received.recipient))
    found = await whose(connection, received.what, is_marked_ours=received.is_marked_ours)
    await lock(connection, await connection.scalars(_TO_LOCK, _to_lock(found)))
    id = await _insert(connection, received, found)
    if id is None:
        return None
    await act_on(connection, Kept(id, received, found), at)
    return id


async def act_on(connection: AsyncConnection, kept: Kept, at: datetime) -> None:
    """Everything that follows from a kept message, once whose it is has been settled."""
    customer = kept.whose.customer
    if customer is not None and not kept.whose.is_own:
        values = {"incoming": kept.id, "customer": customer, "cases": list(kept.whose.cases)}
        await connection.execute(_CONCERNS, values)
    if not await carry_out(connection, kept, at):
        await connection.execute(_READ, {"id": kept.id, "at": at, "by": RELANCE})
    elif customer is not None and kept.received.what.kind in ASKED_ABOUT:
        await ask_about(connection, kept.id, at)


async def _insert(connection: AsyncConnection, received: Received, found: Whose) -> int | None:
    """The row; another message under a Message-ID that was used before is told apart by its bytes."""
    ref = received.reference
    for one in (ref, f"{ref} sha256:{received.sha256}"):
        values = _values(received, found, one)
        values["creditor"] = await connection.scalar(_CREDITOR, {"customer": found.customer})
        id = await connection.scalar(_KEEP, values)
        if id is not None:
            return int(id)
        if await connection.scalar(_SAME, values):
            return None
    return None


def _to_lock(found: Whose) -> dict[str, Any]:
    customers = list(found.perhaps) if found.customer is None else [found.customer]
    return {"customers": customers, "message": found.ours.id if found.ours else None}


def _concerned(found: Whose) -> dict[str, Any]:
    return {"customer": found.customer, "message": found.ours.id if found.ours else None}


def _values(received: Received, found: Whose, ref: str) -> dict[str, Any]:
    what = received.what
    return _concerned(found) | {
        "channel": received.channel, "ref": ref, "sender": what.sender, "recipient": received.recipient, "subject": what.subject, "text": what.text,
        "raw": received.raw, "sha256": received.sha256, "kind": what.kind, "reason": what.reason, "how": found.how,
        "returns": what.returns, "received": received.received_at,
    }  # fmt: skip
