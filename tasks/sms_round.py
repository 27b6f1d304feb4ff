"""One round of questions to Twilio: what became of SMS in doubt, of those that left, and what people answered.

Twilio is looked into first (`something_new`), so that a round is made, and shown, only where it has something to tell.

A notice by webhook would go the same ways (`sms_status.keep`, `incoming.keep`): asking again finds nothing new.
"""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.sms_answers import FINAL
from policies.sms_sender import can_be_answered
from storage import incoming, incoming_views, service_times, sms_doubt, sms_status
from storage.session import transaction
from storage.sms_doubt import InDoubt
from storage.sms_status import Told, Watched
from tasks.ask_twilio import NoAnswer, TwilioMessage, message_at, received_since, sent_to
from tasks.find_sms import Search, find_sms
from tasks.read_sms import incoming_sms
from tasks.twilio_client import TwilioAccount

LOG = logging.getLogger("relance.sms")
ROUND, REPLIES, TROUBLE = "sms", "sms-replies", "sms-trouble"
"""What the services are called in the books."""
ROUND_REST = timedelta(minutes=1)
REPLIES_REST = timedelta(minutes=5)
"""Between two rounds, and between two looks for answers."""
AFTER_TROUBLE = timedelta(minutes=10)
"""Before Twilio is asked again when it could not be."""
TROUBLE_REST = timedelta(days=1)
"""Before it is told again that Twilio cannot be asked."""
OVERLAP = timedelta(hours=1)
"""How far each look goes behind the last: what is listed late is not missed, what is known counts once."""
FIRST_LOOK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Round:
    """What a round found out; `problem`: why it ended before its end."""

    settled: int = 0
    ended: int = 0
    came_in: int = 0
    problem: str = ""

    @property
    def words(self) -> str:
        """*2 arrived or lost, 1 answer*."""
        parts = [
            f"{self.settled} no longer in doubt" if self.settled else "",
            f"{self.ended} arrived or lost" if self.ended else "",
            f"{self.came_in} came in" if self.came_in else "",
            f"Twilio could not be asked: {self.problem}" if self.problem else "",
        ]
        return ", ".join(part for part in parts if part) or "nothing new"


class _NotAsked(Exception):
    """Twilio could not be asked: the rest of the round would wait for nothing."""


async def is_due(account: TwilioAccount, now: datetime) -> bool:
    """Whether Twilio has anything to be asked now."""
    if not await service_times.is_due(ROUND, now):
        return False
    wants_replies = can_be_answered(account.sender) and await service_times.is_due(REPLIES, now)
    return wants_replies or bool(await sms_doubt.in_doubt(now)) or bool(await sms_status.due(now, 1))


async def something_new(account: TwilioAccount, now: datetime) -> bool:
    """Whether Twilio has anything to tell that a person should see; what says nothing new is asked again in its time."""
    try:
        return (
            await _somebody_answered(account, now)
            or await _a_doubt_ends(account, now)
            or await _something_ended(account, now)
        )
    except _NotAsked as trouble:
        LOG.warning("Twilio could not be asked: %s", trouble)
        await service_times.postpone(ROUND, now + AFTER_TROUBLE)
        return await service_times.claim(TROUBLE, now, TROUBLE_REST)


async def _somebody_answered(account: TwilioAccount, now: datetime) -> bool:
    """An answer that was not kept yet is left to the round, which keeps it."""
    if not (can_be_answered(account.sender) and await service_times.is_due(REPLIES, now)):
        return False
    listed = [message.sid for message in await _answers(account, now)]
    if set(listed) - await incoming_views.known(listed):
        return True
    if await service_times.claim(REPLIES, now, REPLIES_REST):
        await service_times.done(REPLIES, now)
    return False


async def _a_doubt_ends(account: TwilioAccount, now: datetime) -> bool:
    async for one, found in _doubts(account, now):
        if found.sid or (one.is_surely_missing(now) and not found.unclear):
            return True
        if one.is_surely_missing(now):
            await sms_doubt.leave_to_person(one.message, now)
    return False


async def _something_ended(account: TwilioAccount, now: datetime) -> bool:
    """What is still on its way, or tells only its price, is kept here."""
    async for one, told in _whereabouts(account, now):
        if told.status in FINAL and one.said not in FINAL:
            return True
        await sms_status.keep(one, told, now)
    return False


async def sms_round(account: TwilioAccount, now: datetime) -> Round:
    """Ask everything there is to ask; where Twilio cannot be asked the rest waits for the next round."""
    settled = ended = came_in = 0
    try:
        came_in = await _read_answers(account, now)  # first: what stops us or holds
        settled = await _settle_doubts(account, now)
        ended = await _ask_where_they_are(account, now)
    except _NotAsked as trouble:
        await service_times.postpone(ROUND, now + AFTER_TROUBLE)
        return Round(settled, ended, came_in, str(trouble))
    return Round(settled, ended, came_in)


async def _doubts(account: TwilioAccount, now: datetime) -> AsyncIterator[tuple[InDoubt, Search]]:
    """Each SMS in doubt, with what Twilio lists of it."""
    for one in await sms_doubt.in_doubt(now):
        listed = await sent_to(one.recipient, account)
        if isinstance(listed, NoAnswer):
            raise _NotAsked(listed.words)
        taken = await sms_doubt.already_ours([each.sid for each in listed])
        yield one, find_sms(listed, one.text, one.handed_at, taken)


async def _settle_doubts(account: TwilioAccount, now: datetime) -> int:
    settled = 0
    async for one, found in _doubts(account, now):
        if found.sid or (one.is_surely_missing(now) and not found.unclear):
            settled += await sms_doubt.settle(one.message, found.sid, now)
        elif one.is_surely_missing(now):
            await sms_doubt.leave_to_person(one.message, now)
    return settled


async def _whereabouts(account: TwilioAccount, now: datetime) -> AsyncIterator[tuple[Watched, Told]]:
    """Each SMS to be asked about, with what Twilio says of it."""
    for one in await sms_status.due(now):
        found = await message_at(one.provider_id, account)
        if isinstance(found, NoAnswer) and not found.gone:
            raise _NotAsked(found.words)
        yield one, _told(found)


async def _ask_where_they_are(account: TwilioAccount, now: datetime) -> int:
    ended = 0
    async for one, told in _whereabouts(account, now):
        ended += await sms_status.keep(one, told, now) in FINAL
    return ended


def _told(found: TwilioMessage | NoAnswer) -> Told:
    if isinstance(found, NoAnswer):
        return Told("", gone=True)
    return Told(found.status, found.code, found.price, found.currency)


async def _answers(account: TwilioAccount, now: datetime) -> tuple[TwilioMessage, ...]:
    """What came in since the last look, and somewhat before it."""
    last = await service_times.last_run(REPLIES)
    found = await received_since(now - FIRST_LOOK if last is None else last - OVERLAP, account)
    if isinstance(found, NoAnswer):
        raise _NotAsked(found.words)
    return found


async def _read_answers(account: TwilioAccount, now: datetime) -> int:
    if not (can_be_answered(account.sender) and await service_times.claim(REPLIES, now, REPLIES_REST)):
        return 0
    came_in = 0
    for message in await _answers(account, now):
        async with transaction() as connection:
            came_in += await incoming.keep(connection, incoming_sms(message, now), now) is not None
    await service_times.done(REPLIES, now)
    return came_in
