"""SMS of which nobody knows whether they left: the provider is asked, and what it says settles them (design 4.3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from policies.effects import EffectState
from storage.facts import carried_by
from storage.giving_way import look_again_beside
from storage.ledger import settle_in
from storage.session import reading, transaction

UNCLEAR = "unclear"
"""What is kept of an SMS about which the provider's list proves nothing: the person who is asked about it decides."""
SETTLED_AFTER = timedelta(minutes=15)
"""What the provider does not list so long after we gave it away never reached it."""
LATEST = timedelta(days=4)
"""An SMS older than that is left to the person who is asked about it."""


@dataclass(frozen=True, slots=True)
class InDoubt:
    """An SMS that may have left; `handed_at` is when its first byte did."""

    message: int
    recipient: str
    text: str
    handed_at: datetime

    def is_surely_missing(self, now: datetime) -> bool:
        """Whether the provider would list it by now."""
        return now - self.handed_at >= SETTLED_AFTER


_IN_DOUBT = text(
    "SELECT m.id AS message, m.recipient, m.text, m.handed_at FROM message m LEFT JOIN sms_status s ON s.message_id = m.id "
    "WHERE m.channel = 'sms' AND m.route = 'live' AND m.state = 'ambiguous' AND m.handed_at > :since "
    "AND (s.message_id IS NULL OR s.status <> :unclear OR s.asked_at < m.handed_at) ORDER BY m.id LIMIT 100"
)
_LEAVE = text(
    "INSERT INTO sms_status (message_id, status, asked, asked_at) VALUES (:message, :unclear, 1, :at) "
    "ON CONFLICT (message_id) DO UPDATE SET status = :unclear, asked = sms_status.asked + 1, asked_at = :at, "
    "next_at = NULL"
)
_TAKEN = text("SELECT provider_id FROM message WHERE provider_id = ANY(:ids)")


async def in_doubt(now: datetime) -> tuple[InDoubt, ...]:
    """The SMS the provider is to be asked about."""
    async with reading() as connection:
        rows = (await connection.execute(_IN_DOUBT, {"since": now - LATEST, "unclear": UNCLEAR})).mappings()
        return tuple(InDoubt(**row) for row in rows)


async def leave_to_person(message: int, at: datetime) -> None:
    """The provider lists something whose words it does not show: it is not asked about this SMS again."""
    async with transaction() as connection:
        await connection.execute(_LEAVE, {"message": message, "at": at, "unclear": UNCLEAR})


async def already_ours(ids: list[str]) -> frozenset[str]:
    """Those of the provider's numbers that belong to other messages of ours: the same words may have left twice."""
    async with reading() as connection:
        return frozenset(await connection.scalars(_TAKEN, {"ids": ids}))


async def settle(message: int, provider_id: str, at: datetime) -> bool:
    """The provider has the SMS (`provider_id`), or surely not (empty): then it leaves once more. False: a person was quicker."""
    state = EffectState.CONFIRMED if provider_id else EffectState.REFUSED
    words = "Twilio has the SMS." if provider_id else "Twilio never had the SMS."
    async with transaction() as connection:
        cases = await carried_by(connection, [message])
        moved = await settle_in(
            connection, message, state, words, at, temporary=not provider_id, provider=provider_id, sender=None,
            before=(EffectState.AMBIGUOUS,),
        )  # fmt: skip
    await look_again_beside(cases)
    return bool(moved)
