"""Where SMS are that left: asked of their provider until it says how they ended, and what they cost."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.delivery import DeliveryKind
from policies.money import digits
from policies.sms_answers import ARRIVED, FINAL, LOST, SmsTrouble, undelivered, why_dead
from policies.sms_looks import LOOKS, next_look
from storage.deliveries import Report, note
from storage.facts import touch_customer
from storage.message_costs import record_cost
from storage.session import reading, transaction
from storage.sms_numbers import lock_around, mark_number
from storage.undelivered import not_delivered


@dataclass(frozen=True, slots=True)
class Watched:
    """An SMS to be asked about."""

    message: int
    customer: int
    provider_id: str
    recipient: str
    handed_at: datetime
    said: str = ""
    """The provider's last word about it, so far."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the provider says of it. `status` empty: it could not be asked; `gone`: it knows no such SMS."""

    status: str
    code: int | None = None
    price: Decimal | None = None
    """In whole units of `currency`; None: not known yet."""
    currency: str = ""
    gone: bool = False


_DUE = text(
    """
    SELECT m.id AS message, m.customer_id AS customer, m.provider_id, m.recipient, m.handed_at,
           CASE WHEN s.asked_at >= m.handed_at THEN s.status ELSE '' END AS said
    FROM message m LEFT JOIN sms_status s ON s.message_id = m.id
    WHERE m.channel = 'sms' AND m.route = 'live' AND m.provider_id <> '' AND m.handed_at > :oldest
      AND ((s.message_id IS NULL OR s.asked_at < m.handed_at) AND m.state = 'confirmed' AND m.handed_at <= :first
           OR s.next_at <= :now)
    ORDER BY coalesce(s.next_at, m.handed_at), m.id LIMIT :limit
    """
)
"""A draft that left again after it had not been delivered is another SMS: what was said before does not count for it."""
_KEEP = text(
    """
    INSERT INTO sms_status (message_id, status, asked, asked_at, next_at) VALUES (:message, :status, 1, :at, :next)
    ON CONFLICT (message_id) DO UPDATE SET asked = sms_status.asked + 1, asked_at = :at, next_at = :next,
        status = coalesce(nullif(:status, ''), sms_status.status)
    """
)
AT_ONCE = 100
"""SMS asked about in one round."""
LONGEST = timedelta(days=30)
"""After an outage the provider is still asked once about what left so long ago."""


async def due(now: datetime, limit: int = AT_ONCE) -> tuple[Watched, ...]:
    """The SMS whose provider is to be asked now, the longest waiting first."""
    values = {"now": now, "first": now - LOOKS[0], "oldest": now - LONGEST, "limit": limit}
    async with reading() as connection:
        return tuple(Watched(**row) for row in (await connection.execute(_DUE, values)).mappings())


async def keep(watched: Watched, told: Told, at: datetime) -> str:
    """Keep what the provider says, with everything that follows; answers the last word, empty while there is none.

    Said twice, it counts once. What did not arrive is no longer done: the step goes on by another way, or later.
    """
    is_final = told.status in FINAL
    ends = told.gone or (is_final and told.price is not None)
    next_at = None if ends else next_look(watched.handed_at, at)
    values = {"message": watched.message, "status": told.status, "at": at, "next": next_at}
    async with transaction() as connection:
        if is_final:
            await lock_around(connection, watched.message)
            await _ended(connection, watched, told, at)
        if told.price is not None and told.currency:
            await record_cost(connection, watched.message, in_minor(told.price, told.currency), told.currency)
        await connection.execute(_KEEP, values)
    return told.status if is_final else ""


def in_minor(price: Decimal, currency: str) -> int:
    """A price in minor units, rounded up: an SMS may cost less than a cent, and is never told cheaper than it was."""
    return int(price.scaleb(digits(currency)).to_integral_value(ROUND_CEILING))


async def _ended(connection: AsyncConnection, watched: Watched, told: Told, at: datetime) -> None:
    if told.status in ARRIVED:
        kind = DeliveryKind.READ if told.status == "read" else DeliveryKind.DELIVERED
        await note(connection, watched.message, _report(watched, told, kind, at))
    elif told.status in LOST:
        await _lost(connection, watched, told, at)


async def _lost(connection: AsyncConnection, watched: Watched, told: Told, at: datetime) -> None:
    """It did not arrive: at a dead number, at one whose owner said STOP, or this once."""
    trouble = undelivered(told.code)
    kind = DeliveryKind.DEAD_ADDRESS if trouble is SmsTrouble.DEAD else DeliveryKind.NOT_DELIVERED
    if not await note(connection, watched.message, _report(watched, told, kind, at)):
        return
    if trouble in (SmsTrouble.DEAD, SmsTrouble.STOPPED):
        await mark_number(connection, watched.message, trouble, _why(told, trouble), at)
    for_good = trouble is not SmsTrouble.LATER
    await not_delivered(connection, watched.message, _why(told, trouble), at, for_good=for_good)
    await touch_customer(connection, watched.customer)


def _why(told: Told, trouble: SmsTrouble) -> str:
    number = f" (Twilio error {told.code})" if told.code else ""
    because = f": {why_dead(told.code)}" if trouble is SmsTrouble.DEAD else ""
    return f"the SMS was not delivered{because}{number}"


def _report(watched: Watched, told: Told, kind: DeliveryKind, at: datetime) -> Report:
    cost = f"{told.price.normalize():f} {told.currency}" if told.price is not None else ""
    return Report(kind, at, watched.provider_id, watched.recipient, str(told.code or told.status), cost)
