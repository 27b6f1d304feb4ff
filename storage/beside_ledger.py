"""The ledger of messages beside the ladder: they have no effects, so the message itself is the unit (decision 0015).

The states are those of any message, and so is the rule: `handing_over` is committed before the first byte leaves.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import TO_OTHERS
from policies.beside_holds import NEVER
from policies.case import EffectState
from policies.impersonal import impersonal
from storage import journal
from storage.content_proof import proof_of
from storage.correspondence import NOTIFY
from storage.facts import lock
from storage.live_route import GOES_LIVE

TRIED_AGAIN = timedelta(minutes=30)
"""Rest after the other side said *not now*."""
TRIES = 10
"""After so many refusals nobody tries again."""
ALWAYS = 1_000_000

TO_OTHERS_KINDS = ", ".join(f"'{kind}'" for kind in TO_OTHERS)
NEVER_KINDS = ", ".join(f"'{kind}'" for kind in sorted(NEVER))
VERSION = (
    "(SELECT coalesce(sum(c.version), 0) FROM cases c "
    "WHERE CASE WHEN w.case_id IS NULL THEN c.customer_id = w.customer_id ELSE c.id = w.case_id END)"
)
"""Of a row `w`: the version of its case, of what is told of a customer as a whole the versions of all its cases."""
_KIND = text("SELECT kind FROM message WHERE id = :message")
_CASES = text("SELECT DISTINCT case_id FROM correspondence WHERE message_id = :message AND case_id IS NOT NULL")
_HAND_OVER = text(
    f"""
    WITH held AS (
        SELECT r.id, {GOES_LIVE} AS live, r.collecting FROM creditor r JOIN customer d ON d.creditor_id = r.id
        WHERE d.id = (SELECT customer_id FROM message WHERE id = :message) FOR SHARE
    )
    UPDATE message m SET state = 'handing_over', handed_at = :at FROM held
    WHERE m.id = :message AND m.state = 'reserved' AND m.token = :token AND (m.route = 'live') = held.live
      AND held.collecting
      AND NOT EXISTS (SELECT FROM correspondence w WHERE w.message_id = m.id AND w.case_version <> {VERSION})
      AND (m.kind IN ({TO_OTHERS_KINDS}) OR NOT EXISTS (SELECT FROM hold h WHERE h.customer_id = m.customer_id AND h.ended_at IS NULL
                      AND (h.kind IN ({NEVER_KINDS}) OR h.kind = 'opt_out'
                           AND (h.channels = '' OR m.channel = ANY(string_to_array(h.channels, ','))))))
    RETURNING m.id
    """  # noqa: S608 - no outside text
)
"""Nothing that was read when the message was written has changed: no fact of its cases, no hold, neither switch."""
_VOID = text(
    "UPDATE message SET state = 'voided', words = :why WHERE id = :message AND state = 'reserved' RETURNING id"
)
_SETTLE = text(
    """
    UPDATE message SET state = :state, words = :words, provider_id = :provider
    FROM (SELECT id, state FROM message WHERE id = :message FOR UPDATE) before
    WHERE message.id = before.id AND before.state = ANY(:from) RETURNING message.kind, before.state
    """
)
_AGAIN = text(
    """
    UPDATE correspondence SET state = 'waiting', message_id = NULL, run_id = NULL, attempt = attempt + 1, next_at = :next
    WHERE message_id = :message AND state = 'told' AND attempt < :tries RETURNING id
    """
)
_GIVE_UP = text(
    "UPDATE correspondence SET state = 'dropped', words = :why WHERE message_id = :message AND state = 'told'"
)
_SHOWN = text("UPDATE cases SET wake_at = clock_timestamp() WHERE id = ANY(:cases) AND closed_at IS NULL")
"""Their runs show what was told, and count it; nothing that is reserved for them is less true for it."""
JOURNALLED = {
    EffectState.CONFIRMED: "told",
    EffectState.REFUSED: "telling_refused",
    EffectState.AMBIGUOUS: "telling_ambiguous",
}


async def kind_of(connection: AsyncConnection, message: int) -> str:
    """What the message is: `step`, or one of those beside the ladder."""
    return str(await connection.scalar(_KIND, {"message": message}))


async def begin(connection: AsyncConnection, message: int, token: UUID, at: datetime) -> bool:
    """Commit `handing_over` before the first byte leaves; False when anything changed since it was written."""
    await lock(connection, await _cases_of(connection, message))
    values = {"message": message, "token": token, "at": at}
    return (await connection.execute(_HAND_OVER, values)).first() is not None


async def void(connection: AsyncConnection, message: int, why: str, at: datetime) -> None:
    """Nothing left: what the message was to tell waits again, and is looked at anew. Only what is still reserved."""
    if (await connection.execute(_VOID, {"message": message, "why": why})).first() is not None:
        await _again(connection, message, at, ALWAYS)


async def settle(connection: AsyncConnection, message: int, values: Mapping[str, Any]) -> bool:
    """The other side answered, or did not; only a message still in one of the states `from` moves.

    False: it was not. Refused for now: told once more, later. Refused for good, or bounced after it had left: dropped.
    Ambiguous: never sent again by itself.
    """
    cases = await _cases_of(connection, message)
    await lock(connection, cases)
    moved = (await connection.execute(_SETTLE, values)).first()
    if moved is None:
        return False
    state, words, at = EffectState(values["state"]), str(values["words"]), values["at"]
    if state is EffectState.REFUSED:
        if values["temporary"] and moved.state == EffectState.HANDING_OVER:
            await _again(connection, message, at + TRIED_AGAIN, TRIES)
        await connection.execute(_GIVE_UP, {"message": message, "why": words})
    said = impersonal(words) if state is not EffectState.CONFIRMED else ""
    proof = await proof_of(connection, "message", message)
    facts = {"message": message, "kind": moved.kind, "words": said, "proof": proof}
    for case in cases:
        await journal.append(connection, "case", case, JOURNALLED[state], facts, at)
    await connection.execute(_SHOWN, {"cases": cases})
    await connection.execute(NOTIFY)
    return True


async def _again(connection: AsyncConnection, message: int, next_: datetime, tries: int) -> None:
    if (await connection.execute(_AGAIN, {"message": message, "next": next_, "tries": tries})).rowcount:
        await connection.execute(NOTIFY)


async def _cases_of(connection: AsyncConnection, message: int) -> list[int]:
    return sorted(await connection.scalars(_CASES, {"message": message}))
