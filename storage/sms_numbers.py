"""What an SMS that was refused says of the telephone number itself: it is dead, or its owner wants no more."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.effects import EffectState
from policies.facts import HoldKind
from policies.sms_answers import SmsTrouble
from policies.stages import Channel
from storage import holds, journal
from storage.bulk import append_to_cases
from storage.facts import lock, touch
from storage.giving_way import look_again_beside
from storage.ledger import settle_in
from storage.session import transaction

LONGEST_WHY = 160

_MESSAGE = text(
    "SELECT m.customer_id, m.recipient, d.zone, coalesce(nullif(d.owner, ''), r.owner) AS owner "
    "FROM message m JOIN customer d ON d.id = m.customer_id JOIN creditor r ON r.id = m.creditor_id WHERE m.id = :message"
)
_CASES = text(
    "SELECT c.id FROM cases c JOIN message m ON m.customer_id = c.customer_id AND m.id = :message "
    "WHERE c.closed_at IS NULL UNION SELECT case_id FROM effect WHERE message_id = :message ORDER BY 1"
)
_OPEN = text("SELECT id FROM cases WHERE customer_id = :customer AND closed_at IS NULL ORDER BY id")
_DEAD = text(
    "UPDATE contact SET phone_dead_at = :at, phone_dead_why = :why "
    "WHERE customer_id = :customer AND phone = :number AND phone_dead_at IS NULL RETURNING id"
)
_STOPPED = text(
    "SELECT true FROM hold WHERE customer_id = :customer AND case_id IS NULL AND kind = 'opt_out' AND ended_at IS NULL "
    "AND (channels = '' OR 'sms' = ANY(string_to_array(channels, ','))) LIMIT 1"
)


async def settle_refused(message: int, words: str, trouble: SmsTrouble, at: datetime, sender: int) -> None:
    """An SMS was refused for good, and the number with it: both in one transaction. `sender` is the case now running."""
    async with transaction() as connection:
        cases = await lock_around(connection, message)
        await settle_in(
            connection, message, EffectState.REFUSED, words, at, temporary=False, provider="", sender=sender,
            before=(EffectState.HANDING_OVER,),
        )  # fmt: skip
        await mark_number(connection, message, trouble, words, at)
    await look_again_beside(cases)


async def lock_around(connection: AsyncConnection, message: int) -> tuple[int, ...]:
    """Lock every case that what is said of the message's number may change, in one go; answers which they are."""
    cases = tuple(await connection.scalars(_CASES, {"message": message}))
    await lock(connection, cases)
    return cases


async def mark_number(connection: AsyncConnection, message: int, trouble: SmsTrouble, why: str, at: datetime) -> None:
    """The number the message went to is dead, or its owner said STOP; its cases look again. Told twice, it counts once.

    A number that is no longer the customer's is left alone, but whoever said STOP is written no SMS at any number.
    """
    found = (await connection.execute(_MESSAGE, {"message": message})).mappings().one()
    customer = found["customer_id"]
    open_cases = list(await connection.scalars(_OPEN, {"customer": customer}))
    await lock(connection, open_cases)
    if trouble is SmsTrouble.DEAD:
        values = {"customer": customer, "number": found["recipient"], "at": at, "why": why[:LONGEST_WHY]}
        for contact in await connection.scalars(_DEAD, values):
            facts = {"contact": contact, "message": message}
            await journal.append(connection, "customer", customer, "phone_dead", facts, at)
    elif trouble is SmsTrouble.STOPPED and not await connection.scalar(_STOPPED, {"customer": customer}):
        today = at.astimezone(ZoneInfo(found["zone"])).date()
        hold = await holds.place(
            connection, customer, None, HoldKind.OPT_OUT, "answered STOP to an SMS", today, None, found["owner"], at,
            channels=(Channel.SMS,),
        )  # fmt: skip
        told = {"hold": hold, "kind": HoldKind.OPT_OUT.value, "until": None, "owner": found["owner"]}
        await append_to_cases(connection, "held", [(case, told) for case in open_cases], at)
    await touch(connection, open_cases)
