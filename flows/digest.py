"""The daily digest: on working days each person who wants one is written what waits for them, where there is something."""

import os
from collections import Counter
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
from prefect.client.schemas.objects import State
from prefect.settings import PREFECT_UI_URL
from prefect.states import Completed, Failed, Scheduled

from flows import registered
from flows.problem_words import in_words
from flows.read_mailbox import NOT_ENDED
from policies.case import EffectState
from storage import clock, digests
from storage.creditor import Creditor, the_creditor
from storage.digest import Digest, digest
from storage.digests import DigestDay
from tasks import staff_mail
from tasks.digest_mail import digest_mail
from tasks.staff_text import say, short_day, speak_as_the_house
from tasks.template_source import BadTemplate

DIGEST = "daily-digest"
URL = "RELANCE_URL"
"""Where people reach the desk, if the creditor has not said so."""


async def start_digests(client: PrefectClient) -> bool:
    """Start the run that writes the digests of the day; where nobody has anything to read there is none.

    Two dispatchers at once start one: the key says which. A run that died is followed by another, and nobody is written twice.
    """
    as_of = await clock.now()
    day = await digests.due(as_of)
    if day is None:
        return False
    tags = ["digest", f"digest:{day.on}"]
    under_way = FlowRunFilter(tags=FlowRunFilterTags(all_=tags), state=NOT_ENDED)
    if await client.read_flow_runs(flow_run_filter=under_way, limit=1):
        return False
    if not await _of_all(day):
        await digests.sent(as_of)
        return False
    await speak_as_the_house()
    await client.create_flow_run_from_deployment(
        registered.deployment(DIGEST),
        state=Scheduled(name="Queued"),
        name=say("Digest · {day}", day=short_day(day.on)),
        tags=tags,
        idempotency_key=f"digest-{day.on}-{as_of:%H%M}",
    )
    return True


async def hand_over_staff_mail(_client: PrefectClient) -> bool:
    """What waits to be handed over to our own people leaves; it starts no run."""
    await staff_mail.hand_over_due(await clock.now())
    return False


@flow(name=DIGEST, persist_result=False, log_prints=False)
@in_words
async def daily_digest() -> State:
    """Write each person's digest of today and hand it over, once."""
    await speak_as_the_house()
    as_of = await clock.now()
    day = await digests.due(as_of)
    if day is None:
        return Completed(message=say("Today's digests were sent already."))
    creditor = await the_creditor(day.creditor)
    if not creditor.email:
        await digests.sent(as_of)
        return Failed(
            name="Not sent", message=say("The creditor has no e-mail address: ./relance creditor set email=…")
        )
    try:
        ended = [await _send(one, day, creditor) for one in await _of_all(day)]
    except BadTemplate as wrong:
        await digests.sent(as_of)
        return Failed(name="Not written", message=str(wrong))
    await digests.sent(as_of)
    counts = Counter(ended)
    said = ", ".join(f"{count} {state.value.replace('_', ' ')}" for state, count in sorted(counts.items()) if state)
    get_run_logger().info(say("Digests: {counts}.", counts=said or say("none")))
    return Completed(message=said or say("There was nobody to write to."))


async def _of_all(day: DigestDay) -> list[Digest]:
    """The digests of the day that say something."""
    as_of = await clock.now()
    found = [await digest(reader, day, as_of) for reader in await digests.readers(day.on)]
    return [one for one in found if one.says_something]


async def _send(one: Digest, day: DigestDay, creditor: Creditor) -> EffectState | None:
    mail = digest_mail(one, day, desk_address(creditor), ZoneInfo(creditor.zone))
    key = f"digest-{one.reader.login}-{day.on}"
    return await staff_mail.send_to_staff(one.reader.login, mail.subject, mail.text, mail.html, key, await clock.now())


def desk_address(creditor: Creditor) -> str:
    """Where our people reach the desk: as the creditor says it, as the environment does, else on this machine."""
    return creditor.desk_url or os.environ.get(URL, "").strip() or PREFECT_UI_URL.value() or ""
