"""The print queue: letters that wait to be posted. In the queue is not posted: the effect stays in `handing_over`.

The rows here are the queue; the folder a person prints from is laid out after them (`tasks.print_folder`), as often as need
be. So a crash while a letter is handed over leaves no doubt: nothing leaves before its row is here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import EffectState
from policies.letter_truth import why_not_post
from policies.posting import address_for
from policies.stages import Channel, Stage
from storage import journal, ledger
from storage.dossier import load
from storage.facts import lock
from storage.giving_way import look_again_beside
from storage.session import reading, transaction

_QUEUE = text(
    """
    INSERT INTO posting (message_id, creditor_id, printed_on, address, registered, law, pay_within, pages, cost,
        cost_currency, queued_at)
    SELECT m.id, m.creditor_id, (CAST(:at AS timestamptz) AT TIME ZONE r.zone)::date, coalesce(m.facts ->> 'address', ''),
           coalesce((m.facts ->> 'registered')::boolean, false), coalesce(m.facts ->> 'law', ''),
           (m.facts ->> 'pay_within')::bigint, coalesce((m.facts ->> 'pages')::bigint, 0),
           CASE WHEN (m.facts ->> 'registered')::boolean THEN r.registered_cost ELSE r.letter_cost END, r.cost_currency, :at
    FROM message m JOIN creditor r ON r.id = m.creditor_id
    WHERE m.id = :message AND m.state = 'handing_over' AND m.channel = 'letter' AND m.route = 'live'
    ON CONFLICT (message_id) WHERE withdrawn_at IS NULL DO NOTHING RETURNING id
    """
)
_NAME = text(
    "UPDATE posting SET file = 'L' || posting.id || '-' || left(m.sha256, 12) || '.pdf' FROM message m "
    "WHERE posting.id = :id AND m.id = posting.message_id"
)
_NO_LEASE = text(
    "UPDATE effect SET token = NULL WHERE message_id = :message AND state = 'handing_over' RETURNING case_id"
)
"""What waits for the post waits for days: it hangs on no lease, and no burial of a dispatcher strands it."""
_WAITING = text(
    """
    SELECT p.id, p.message_id, e.case_id, e.step, e.occurrence - c.occurrences_before AS occurrence, e.amount, p.address,
           m.stage, EXISTS (SELECT FROM approval a WHERE a.message_id = m.id AND a.case_id = c.id)
               AND NOT EXISTS (SELECT FROM approval a WHERE a.message_id = m.id AND a.case_id = c.id
                               AND a.voided_at IS NULL) AS unapproved
    FROM posting p JOIN message m ON m.id = p.message_id
    JOIN effect e ON e.message_id = p.message_id AND e.state = 'handing_over' JOIN cases c ON c.id = e.case_id
    WHERE p.withdrawn_at IS NULL AND p.posted_on IS NULL
      AND (CAST(:message AS bigint) IS NULL OR p.message_id = :message)
      AND (CAST(:cases AS bigint[]) IS NULL OR p.message_id IN (SELECT message_id FROM effect WHERE case_id = ANY(:cases)))
    ORDER BY p.id, e.case_id
    """
)
_WITHDRAW = text(
    "UPDATE posting SET withdrawn_at = :at, withdrawn_why = :why, tidy = false "
    "WHERE id = :id AND withdrawn_at IS NULL AND posted_on IS NULL RETURNING message_id"
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a letter in the queue demands of one case."""

    posting: int
    message: int
    case: int
    step: str
    occurrence: int
    amount: int
    address: str
    stage: str
    unapproved: bool
    """A person had agreed to it, and the agreement no longer stands."""


async def enqueue(message: int, at: datetime) -> None:
    """Put a letter whose handing over has begun into the queue. Called twice it is there once."""
    async with transaction() as connection:
        await enqueue_in(connection, message, at)


async def enqueue_in(connection: AsyncConnection, message: int, at: datetime) -> None:
    """The same in the caller's transaction."""
    posting = await connection.scalar(_QUEUE, {"message": message, "at": at})
    if posting is None:
        return
    await connection.execute(_NAME, {"id": posting})
    cases = list(await connection.scalars(_NO_LEASE, {"message": message}))
    for case in sorted(set(cases)):
        await journal.append(connection, "case", case, "queued", {"message": message, "posting": posting}, at)


async def withdraw_untrue(at: datetime, cases: Sequence[int] | None = None, sender: int | None = None) -> int:
    """Take out of the queue every letter (of these cases, or of all) that no longer says what is true; answers how many.

    `sender` is the case now running: it looks again by itself.
    """
    async with reading() as connection:
        found = await _waiting(connection, cases)
    withdrawn = 0
    for message in sorted({one.message for one in found}):
        async with transaction() as connection:
            gone = bool(await withdraw_if_untrue(connection, message, at, sender))
        if gone:
            withdrawn += 1
            await look_again_beside(one.case for one in found if one.message == message)
    return withdrawn


async def withdraw_if_untrue(connection: AsyncConnection, message: int, at: datetime, sender: int | None = None) -> str:
    """Withdraw the letter if it must not be posted any more; answers why, or empty: it may be posted."""
    lines = await _waiting(connection, None, message)
    await lock(connection, [one.case for one in lines])
    lines = await _waiting(connection, None, message)
    why = await _why_not(connection, lines, at)
    if why:
        await withdraw_in(connection, lines[0].posting, why, at, sender)
    return why


async def in_the_same_letters(connection: AsyncConnection, case: int) -> tuple[int, ...]:
    """The cases whose letters in the queue are those of `case`."""
    return tuple(sorted({one.case for one in await _waiting(connection, [case])}))


async def withdraw_of(connection: AsyncConnection, case: int, why: str, at: datetime) -> None:
    """A person decided against the letters of the case that are in the queue. The cases of these letters are locked."""
    for posting in sorted({one.posting for one in await _waiting(connection, [case])}):
        await withdraw_in(connection, posting, why, at)


async def why_untrue(connection: AsyncConnection, message: int, at: datetime) -> str:
    """Why the letter must not be posted any more; nothing is changed. Empty: it may be posted."""
    return await _why_not(connection, await _waiting(connection, None, message), at)


async def withdraw_in(
    connection: AsyncConnection, posting: int, why: str, at: datetime, sender: int | None = None
) -> bool:
    """Out of the queue: nothing left, and the cases decide again. False where it was posted or withdrawn before."""
    message = await connection.scalar(_WITHDRAW, {"id": posting, "why": why, "at": at})
    if message is None:
        return False
    await ledger.settle_in(
        connection, message, EffectState.REFUSED, f"withdrawn from the print queue: {why}", at,
        temporary=True, provider="", sender=sender, before=(EffectState.HANDING_OVER,),
    )  # fmt: skip
    return True


async def _why_not(connection: AsyncConnection, lines: Sequence[Waiting], at: datetime) -> str:
    """The first reason why one of the invoices of the letter may not be demanded any more."""
    dossiers = await load(connection, [one.case for one in lines], at, frozenset(Channel))
    for one in lines:
        found = dossiers[one.case]
        if not found.live:
            return "messages go to the sink only"
        why = why_not_post(found.case, found.ladder, one.step, one.occurrence, one.amount, at)
        if why:
            return why
        if one.unapproved:
            return f"{found.case.invoice}: the approval no longer stands"
        if one.address.strip() != address_for(Stage(one.stage), found.postal, found.seat):
            return f"{found.case.customer_name} has another address now"
    return ""


async def _waiting(
    connection: AsyncConnection, cases: Iterable[int] | None, message: int | None = None
) -> list[Waiting]:
    values: dict[str, Any] = {"cases": None if cases is None else sorted(set(cases)), "message": message}
    return [Waiting(*row) for row in await connection.execute(_WAITING, values)]
