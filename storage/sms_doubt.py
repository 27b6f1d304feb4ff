"""SMS of which nobody knows whether they left: the provider is asked, and what it says settles them (design 4.3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from policies.effects import EffectState
from storage.giving_way import look_again_beside
from storage.ledger import settle_in
from storage.session import reading, transaction

SETTLED_AFTER = timedelta(minutes=10)
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
    "SELECT id AS message, recipient, text, handed_at FROM message WHERE channel = 'sms' AND route = 'live' "
    "AND state = 'ambiguous' AND handed_at IS NOT NULL AND handed_at > :since ORDER BY id LIMIT 100"
)
_TAKEN = text("SELECT provider_id FROM message WHERE provider_id = ANY(:ids)")
_CASES = text("SELECT DISTINCT case_id FROM effect WHERE message_id = :message")


async def in_doubt(now: datetime) -> tuple[InDoubt, ...]:
    """The SMS the provider is to be asked about."""
    async with reading() as connection:
        rows = (await connection.execute(_IN_DOUBT, {"since": now - LATEST})).mappings()
        return tuple(InDoubt(**row) for row in rows)


async def already_ours(ids: list[str]) -> frozenset[str]:
    """Those of the provider's numbers that belong to other messages of ours: the same words may have left twice."""
    async with reading() as connection:
        return frozenset(await connection.scalars(_TAKEN, {"ids": ids}))


async def settle(message: int, provider_id: str, at: datetime) -> bool:
    """The provider has the SMS (`provider_id`), or surely not (empty): then it leaves once more. False: a person was quicker."""
    state = EffectState.CONFIRMED if provider_id else EffectState.REFUSED
    words = "Twilio has the SMS." if provider_id else "Twilio never had the SMS."
    async with transaction() as connection:
        cases = list(await connection.scalars(_CASES, {"message": message}))
        await settle_in(
            connection, message, state, words, at, temporary=not provider_id, provider=provider_id, sender=None,
            before=(EffectState.AMBIGUOUS,),
        )  # fmt: skip
        moved = bool(await connection.scalar(_MOVED, {"message": message, "state": state, "words": words}))
    await look_again_beside(cases)
    return moved


_MOVED = text("SELECT true FROM message WHERE id = :message AND state = :state AND words = :words")
