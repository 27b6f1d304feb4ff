"""Handing a reserved message over: `handing_over` is committed first, then the bytes leave, then the answer is kept."""

import os
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from prefect import task
from prefect.cache_policies import NO_CACHE

from policies.case import EffectState
from policies.stages import Channel
from storage import clock, ledger, outgoing, sms_numbers
from storage.sms_settings import settings_of
from tasks import send_email, send_sms
from tasks.handed import Handed, refused
from tasks.handover_folder import is_a_folder, put
from tasks.letter_in_sink import NO_SENDER, sunk_letter
from tasks.post import POST
from tasks.relay import Relay, relay_from, sink_relay
from tasks.relay_connections import connections
from tasks.sms_check import sms_refused
from tasks.twilio_client import twilio_account_from

SINK_PORT = 4225
QUEUED = "queued"
"""How the handing over of a letter ends: a person posts it and says so."""


def channels_with_credentials(environ: Mapping[str, str] = os.environ) -> frozenset[Channel]:
    """The channels that could carry a message: SMS only where a Twilio account is named."""
    channels = {Channel.EMAIL}
    if twilio_account_from(environ) is not None:
        channels.add(Channel.SMS)
    return frozenset(channels)


def the_sink(environ: Mapping[str, str] = os.environ) -> Relay:
    """The local sink, where everything goes until the creditor switches `live` on (design 4.12)."""
    return sink_relay(int(environ.get("RELANCE_SINK_PORT") or SINK_PORT))


@task(
    name="hand over",
    task_run_name="{label}",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=0,
)
async def hand_over(message: int, case: int, token: str, label: str) -> str:
    """Hand one message over; answers how it ended (`voided` when something changed before the first byte)."""
    at = await clock.now()
    if not await ledger.begin_handing_over(message, UUID(token), at):
        return EffectState.VOIDED.value
    letter = await outgoing.read(message)
    if letter.channel is Channel.LETTER and letter.route == "live":
        await POST.take(letter, at)
        return QUEUED
    handed = await _carry(letter)
    await _settle(message, case, handed, await clock.now())
    return handed.state.value


async def _carry(letter: outgoing.Outgoing) -> Handed:
    """Give the bytes to whoever carries them: Twilio, the sink, or the creditor's mail server."""
    if letter.channel is Channel.SMS:
        return await _carry_sms(letter)
    if letter.route == "sink":
        return await _sink(letter)
    if is_a_folder(letter.recipient):
        return put(letter)
    url = os.environ.get("RELANCE_SMTP_URL", "")
    if not url:
        return refused("No mail server is set (RELANCE_SMTP_URL).", temporary=True)
    relay = relay_from(url)
    if isinstance(relay, list):
        return refused(" ".join(str(problem) for problem in relay), temporary=True)
    return await send_email.hand_over(letter.raw, letter.sender, letter.envelope, relay, connections())


async def _carry_sms(letter: outgoing.Outgoing) -> Handed:
    """What could not arrive is refused on the way to the sink too: a rehearsal shows what would happen."""
    account, allowed = twilio_account_from(os.environ), await settings_of(letter.id)
    sender = "" if account is None else account.sender
    refusal = sms_refused(letter.text, letter.recipient, sender, most=allowed.most, to_call=allowed.to_call)
    if refusal is not None:
        return refusal
    if letter.route == "sink":
        return await _sink(letter)
    if account is None:
        return refused("No Twilio account is set (TWILIO_ACCOUNT_SID).", temporary=True)
    return await send_sms.hand_over(letter.text, letter.recipient, account)


async def _sink(letter: outgoing.Outgoing) -> Handed:
    is_letter = letter.channel is Channel.LETTER
    raw, sender = (sunk_letter(letter), letter.sender or NO_SENDER) if is_letter else (letter.raw, letter.sender)
    return await send_email.hand_over(raw, sender, letter.envelope, the_sink(), connections())


async def _settle(message: int, case: int, handed: Handed, at: datetime) -> None:
    if handed.trouble is not None:
        await sms_numbers.settle_refused(message, handed.words, handed.trouble, at, case)
        return
    await ledger.settle(
        message, handed.state, handed.words, at, temporary=handed.temporary, provider=handed.provider_id, sender=case
    )
