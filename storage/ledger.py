"""The ledger of irreversible effects (design 4.3).

`planned -> reserved -> handing_over -> confirmed | refused | ambiguous`; `reserved -> voided`;
`ambiguous -> confirmed | refused`. The effects of one message share its outcome.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import DoneHow, EffectState
from policies.impersonal import impersonal
from policies.ladder import Ladder
from policies.stages import Channel
from storage import beside_ledger, court_birth, journal, placements, policy_store
from storage.bulk import append_to_cases
from storage.facts import carried_by, lock, touch
from storage.giving_way import look_again_beside
from storage.live_route import GOES_LIVE
from storage.session import transaction

_HAND_OVER = text(
    f"""
    WITH held AS (
        SELECT c.id, c.version, {GOES_LIVE} AS live
        FROM cases c JOIN creditor r ON r.id = c.creditor_id JOIN customer d ON d.id = c.customer_id
        WHERE c.id IN (SELECT case_id FROM effect WHERE message_id = :message) ORDER BY c.id FOR UPDATE OF c FOR SHARE OF r
    ),
    good AS (
        SELECT bool_and(e.state = 'reserved' AND e.token = :token AND e.case_version = held.version
                        AND (e.route = 'live') = held.live) AS yes
        FROM effect e JOIN held ON held.id = e.case_id
        WHERE e.message_id = :message AND e.state NOT IN ('refused', 'voided')
    ),
    letter AS (
        UPDATE message SET state = 'handing_over', handed_at = :at FROM good
        WHERE good.yes AND message.id = :message AND message.state = 'reserved' RETURNING message.id
    )
    UPDATE effect SET state = 'handing_over', changed_at = :at FROM letter
    WHERE effect.message_id = letter.id AND effect.state = 'reserved'
    RETURNING effect.id
    """  # noqa: S608 - no outside text
)
_VOID = text(
    """
    WITH letter AS (
        UPDATE message SET words = :why, state = CASE WHEN EXISTS (
            SELECT FROM approval a WHERE a.message_id = message.id AND a.voided_at IS NULL) THEN 'draft' ELSE 'voided' END
        WHERE id = :message AND state = 'reserved' RETURNING id
    )
    UPDATE effect SET state = 'voided', words = :why, changed_at = :at
    FROM letter WHERE effect.message_id = letter.id AND effect.state = 'reserved' RETURNING effect.case_id
    """
)
_SETTLE = text(
    """
    WITH letter AS (
        UPDATE message SET state = :state, words = :words, provider_id = :provider
        WHERE id = :message AND state = ANY(:from) RETURNING id
    )
    UPDATE effect SET state = :state, words = :words, temporary = :temporary, changed_at = :at
    FROM letter WHERE effect.message_id = letter.id AND effect.state = ANY(:from)
    RETURNING effect.case_id, effect.step, effect.occurrence, effect.channel, effect.attempt, effect.amount
    """
)
_STILL_TRUE = text(
    """
    UPDATE effect SET case_version = effect.case_version + 1 FROM cases c
    WHERE effect.case_id = c.id AND c.id = ANY(:cases) AND effect.state = 'reserved' AND effect.case_version = c.version
    """
)
"""The confirmation of one channel is no reason to void what was reserved with it for another."""
_POLICY = text(
    "SELECT c.policy_hash, (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today "
    "FROM cases c JOIN customer d ON d.id = c.customer_id WHERE c.id = :case"
)
DONE = text(
    "INSERT INTO step_done (case_id, step, stage, occurrence, done_on, how, why, pay_by) "
    "VALUES (:case, :step, :stage, coalesce(:occurrence, occurrence_now(:case, :step)), :on, :how, :why, :pay_by) "
    "ON CONFLICT DO NOTHING"
)


async def begin_handing_over(message: int, token: UUID, at: datetime) -> bool:
    """Commit `handing_over` before the first byte leaves; False (and voided) when anything changed since reserving."""
    async with transaction() as connection:
        if await beside_ledger.kind_of(connection, message) != "step":
            moved = await beside_ledger.begin(connection, message, token, at)
        else:
            values = {"message": message, "token": token, "at": at}
            moved = bool((await connection.execute(_HAND_OVER, values)).all())
        if not moved:
            await void(connection, message, "something changed between the decision and the sending", at)
    return moved


async def drop(message: int, why: str, at: datetime) -> None:
    """What was reserved is not handed over after all."""
    async with transaction() as connection:
        await void(connection, message, why, at)


async def void(connection: AsyncConnection, message: int, why: str, at: datetime) -> None:
    """Nothing left: the reserved effects of the message are void, and their cases decide again."""
    if await beside_ledger.kind_of(connection, message) != "step":
        await beside_ledger.void(connection, message, why, at)
        return
    cases = list(await connection.scalars(_VOID, {"message": message, "why": why, "at": at}))
    for case in sorted(set(cases)):
        await journal.append(connection, "case", case, "voided", {"message": message, "why": why}, at)
    await touch(connection, cases)


async def settle(
    message: int, state: EffectState, words: str, at: datetime, *, temporary: bool = False, provider: str = "",
    sender: int | None = None,
) -> None:  # fmt: skip
    """The other side answered (or did not): all effects of the message share it. `sender` is the case now running."""
    async with transaction() as connection:
        await settle_in(
            connection, message, state, words, at, temporary=temporary, provider=provider, sender=sender,
            before=(EffectState.HANDING_OVER,),
        )  # fmt: skip
        cases = await carried_by(connection, [message])
    await look_again_beside(cases)


async def settle_in(
    connection: AsyncConnection, message: int, state: EffectState, words: str, at: datetime, *,
    temporary: bool, provider: str, sender: int | None, before: tuple[EffectState, ...], on: date | None = None,
) -> int:  # fmt: skip
    """`settle` inside a transaction of the caller; only effects still in one of the states `before` move: how many did.

    `on`: the debtor's day on which it happened, where that is not the day of `at` (a letter a person says was posted).
    """
    cases = await carried_by(connection, [message])
    await lock(connection, cases)
    values = {
        "message": message, "state": state, "words": words, "provider": provider, "temporary": temporary, "at": at,
        "from": [one.value for one in before],
    }  # fmt: skip
    if await beside_ledger.kind_of(connection, message) != "step":
        return int(await beside_ledger.settle(connection, message, values))
    rows = (await connection.execute(_SETTLE, values)).mappings().all()
    said = impersonal(words) if state is not EffectState.CONFIRMED else ""
    await append_to_cases(connection, state.value, [(row["case_id"], _told(row, message, said)) for row in rows], at)
    for row in rows if state is EffectState.CONFIRMED else ():
        await step_confirmed(
            connection, row["case_id"], row["step"], row["occurrence"], Channel(row["channel"]), at, on
        )
    if rows and state is EffectState.CONFIRMED:
        await court_birth.born(connection, message, at)
        await placements.born(connection, message, at)
    await connection.execute(_STILL_TRUE, {"cases": list(cases)})
    others = [case for case in cases if case != sender]
    await touch(connection, others)
    await touch(connection, [case for case in cases if case == sender], wake=False)
    return len(rows)


def _told(row: RowMapping, message: int, words: str) -> dict[str, object]:
    return {
        "message": message, "step": row["step"], "channel": row["channel"], "attempt": row["attempt"],
        "amount": row["amount"], "words": words,
    }  # fmt: skip


async def step_confirmed(
    connection: AsyncConnection,
    case: int,
    step: str,
    occurrence: int,
    channel: Channel,
    at: datetime,
    on: date | None = None,
) -> None:
    """Done means confirmed (design 4.2): the step is behind the case, unless a person must still say how it ended."""
    row = (await connection.execute(_POLICY, {"case": case, "at": at})).mappings().one()
    ladder: Ladder = await policy_store.pinned(connection, row["policy_hash"])
    rung = ladder.step(step)
    if rung is None or rung.asks is not None or channel in rung.also:
        return
    today = on or row["today"]
    pay_by = today + timedelta(days=rung.pay_within) if rung.pay_within else None
    await step_behind(connection, case, ladder, step, occurrence, today, DoneHow.CONFIRMED, "", pay_by)


async def step_behind(
    connection: AsyncConnection, case: int, ladder: Ladder, step: str, occurrence: int | None, on: Any, how: DoneHow, why: str,
    pay_by: Any = None,
) -> None:  # fmt: skip
    """Write down that a step is behind the case, once more where it repeats; `occurrence` None: the time whose turn it is."""
    rung = ladder.step(step)
    assert rung is not None, "a step of the case's own ladder"
    await connection.execute(
        DONE,
        {"case": case, "step": step, "stage": rung.stage, "occurrence": occurrence, "on": on, "how": how, "why": why,
         "pay_by": pay_by},
    )  # fmt: skip
