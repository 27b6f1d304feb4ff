"""One round of questions to Twilio: what became of SMS in doubt, of those that left, and what people answered.

A notice by webhook would go the same ways (`sms_status.keep`, `incoming.keep`): asking again finds nothing new.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.sms_answers import FINAL
from policies.sms_sender import can_be_answered
from storage import incoming, service_times, sms_doubt, sms_status
from storage.session import transaction
from storage.sms_status import Told
from tasks.ask_twilio import NoAnswer, TwilioMessage, message_at, received_since, sent_to
from tasks.find_sms import find_sms
from tasks.read_sms import incoming_sms
from tasks.twilio_client import TwilioAccount

ROUND, REPLIES = "sms", "sms-replies"
"""What the services are called in the books."""
ROUND_REST = timedelta(minutes=1)
REPLIES_REST = timedelta(minutes=5)
"""Between two rounds, and between two looks for answers."""
AFTER_TROUBLE = timedelta(minutes=10)
"""Before Twilio is asked again when it could not be."""
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


async def _settle_doubts(account: TwilioAccount, now: datetime) -> int:
    settled = 0
    for one in await sms_doubt.in_doubt(now):
        listed = await sent_to(one.recipient, account)
        if isinstance(listed, NoAnswer):
            raise _NotAsked(listed.words)
        taken = await sms_doubt.already_ours([each.sid for each in listed])
        found = find_sms(listed, one.text, one.handed_at, taken)
        if found.sid or (one.is_surely_missing(now) and not found.unclear):
            settled += await sms_doubt.settle(one.message, found.sid, now)
        elif one.is_surely_missing(now):
            await sms_doubt.leave_to_person(one.message, now)
    return settled


async def _ask_where_they_are(account: TwilioAccount, now: datetime) -> int:
    ended = 0
    for one in await sms_status.due(now):
        found = await message_at(one.provider_id, account)
        if isinstance(found, NoAnswer) and not found.gone:
            raise _NotAsked(found.words)
        ended += await sms_status.keep(one, _told(found), now) in FINAL
    return ended


def _told(found: TwilioMessage | NoAnswer) -> Told:
    if isinstance(found, NoAnswer):
        return Told("", gone=True)
    return Told(found.status, found.code, found.price, found.currency)


async def _read_answers(account: TwilioAccount, now: datetime) -> int:
    if not (can_be_answered(account.sender) and await service_times.claim(REPLIES, now, REPLIES_REST)):
        return 0
    last = await service_times.last_run(REPLIES)
    found = await received_since(now - FIRST_LOOK if last is None else last - OVERLAP, account)
    if isinstance(found, NoAnswer):
        raise _NotAsked(found.words)
    came_in = 0
    for message in found:
        async with transaction() as connection:
            came_in += await incoming.keep(connection, incoming_sms(message, now), now) is not None
    await service_times.done(REPLIES, now)
    return came_in
