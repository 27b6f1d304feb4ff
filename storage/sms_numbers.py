"""What an SMS that was refused says of the telephone number itself: it is dead, or its owner wants no more."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.effects import EffectState
from policies.facts import HoldKind
from policies.sms_answers import SmsTrouble
from policies.stages import Channel
from storage import journal
from storage.facts import lock, open_cases_of, touch
from storage.giving_way import look_again_beside
from storage.incoming_holds import hold_customer
from storage.ledger import settle_in
from storage.session import transaction

LONGEST_WHY = 160

_MESSAGE = text("SELECT customer_id, recipient FROM message WHERE id = :message")
_CASES = text(
    "SELECT c.id FROM cases c JOIN message m ON m.customer_id = c.customer_id AND m.id = :message "
    "WHERE c.closed_at IS NULL UNION SELECT case_id FROM effect WHERE message_id = :message ORDER BY 1"
)
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
    open_cases = await open_cases_of(connection, customer)
    await lock(connection, open_cases)
    if trouble is SmsTrouble.DEAD:
        values = {"customer": customer, "number": found["recipient"], "at": at, "why": why[:LONGEST_WHY]}
        for contact in await connection.scalars(_DEAD, values):
            facts = {"contact": contact, "message": message}
            await journal.append(connection, "customer", customer, "phone_dead", facts, at)
    elif trouble is SmsTrouble.STOPPED and not await connection.scalar(_STOPPED, {"customer": customer}):
        said = "answered STOP to an SMS"
        await hold_customer(connection, customer, HoldKind.OPT_OUT, said, "", at, (Channel.SMS,))
    await touch(connection, open_cases)
