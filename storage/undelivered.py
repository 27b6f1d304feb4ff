"""A message that had left and did not arrive: what counted as confirmed was refused, and nobody heard from us.

Done means confirmed (design 4.2): the step is no longer behind its cases, its deadline never ran, and it is carried again by
the next channel, later by the same one, or after a person gave another address. What was done after it stays done: a harder
step that rested on a notice nobody received is held until a person has decided.
"""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import EffectState, HoldKind
from policies.delivery import MOST_TRIES
from policies.ladder import Ladder
from policies.opt_out import is_demanded
from policies.stages import Channel
from storage import approvals, holds, journal, ledger, policy_store
from storage.facts import carried_by, lock

LEFT = (EffectState.HANDING_OVER, EffectState.CONFIRMED, EffectState.AMBIGUOUS)
"""States of a message the other side may have taken."""

_TRIES = text(
    """
    SELECT count(DISTINCT v.id) FROM effect e
    JOIN effect o ON (o.case_id, o.step, o.occurrence, o.channel) = (e.case_id, e.step, e.occurrence, e.channel)
    JOIN delivery_event v ON v.message_id = o.message_id AND v.kind = 'not_delivered' WHERE e.message_id = :message
    """
)
"""How often the step was reported undelivered by this channel, the report just kept among them."""
_PROVIDER = text("SELECT provider_id FROM message WHERE id = :message")
_DONE = text(
    """
    SELECT DISTINCT s.id, s.case_id, s.step, s.stage, s.occurrence, s.done_on, s.pay_by, e.channel, c.policy_hash,
           c.customer_id, d.zone, coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM effect e JOIN step_done s ON s.case_id = e.case_id AND s.step = e.step AND s.occurrence = e.occurrence
    JOIN cases c ON c.id = e.case_id JOIN customer d ON d.id = c.customer_id JOIN creditor r ON r.id = c.creditor_id
    WHERE e.message_id = :message AND e.state = 'refused' AND s.how = 'confirmed' ORDER BY s.case_id, s.id
    """
)
_ELSE_CONFIRMED = text(
    "SELECT channel FROM effect WHERE case_id = :case AND step = :step AND occurrence = :occurrence AND state = 'confirmed'"
)
_BEHIND = text("SELECT step FROM step_done WHERE case_id = :case")
_UNDO = text("DELETE FROM step_done WHERE id = :id")


async def not_delivered(
    connection: AsyncConnection, message: int, why: str, at: datetime, *, for_good: bool
) -> tuple[int, ...]:
    """Take back what the message had confirmed; answers the cases it concerned, none if it was known already.

    Not `for_good`: the address may live, the same channel tries again, so often at most.
    """
    tries = int(await connection.scalar(_TRIES, {"message": message}))
    cases = await carried_by(connection, [message])
    await lock(connection, cases)
    provider = str(await connection.scalar(_PROVIDER, {"message": message}) or "")
    moved = await ledger.settle_in(
        connection, message, EffectState.REFUSED, why, at, temporary=not for_good and tries < MOST_TRIES,
        provider=provider, sender=None, before=LEFT,
    )  # fmt: skip
    if not moved:
        return ()
    for row in (await connection.execute(_DONE, {"message": message})).mappings().all():
        await _take_back(connection, row, message, at)
    await approvals.void(connection, cases, "its message was not delivered", at)
    return cases


async def _take_back(connection: AsyncConnection, row: RowMapping, message: int, at: datetime) -> None:
    """The step is not behind the case any more, unless one of its own channels carried it besides."""
    ladder = await policy_store.pinned(connection, row["policy_hash"])
    rung = ladder.step(row["step"])
    own = {Channel(row["channel"])} if rung is None else set(rung.channels)
    asked = {"case": row["case_id"], "step": row["step"], "occurrence": row["occurrence"]}
    if Channel(row["channel"]) not in own or own & {
        Channel(one) for one in await connection.scalars(_ELSE_CONFIRMED, asked)
    }:
        return
    await connection.execute(_UNDO, {"id": row["id"]})
    facts = {"message": message, "step": row["step"], "done_on": row["done_on"], "pay_by": row["pay_by"]}
    await journal.append(connection, "case", row["case_id"], "step_undone", facts, at)
    behind = set(await connection.scalars(_BEHIND, {"case": row["case_id"]}))
    if rung is not None and is_demanded(rung) and _harder(ladder, row["step"], behind):
        await _hold(connection, row, at)


def _harder(ladder: Ladder, step: str, behind: Iterable[str]) -> bool:
    """Whether a later step of the ladder is behind the case."""
    order = [one.id for one in ladder.steps]
    return step in order and bool(set(order[order.index(step) + 1 :]) & set(behind))


async def _hold(connection: AsyncConnection, row: RowMapping, at: datetime) -> None:
    today: date = at.astimezone(ZoneInfo(row["zone"])).date()
    reason = f"the {row['stage'].replace('_', ' ')} of {row['done_on'].isoformat()} was not delivered"
    await holds.place(
        connection, row["customer_id"], row["case_id"], HoldKind.MANUAL, reason, today, None, row["owner"], at,
        must_answer=True,
    )  # fmt: skip
