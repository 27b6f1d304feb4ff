"""What comes back: the mailbox is looked into every minute, and what lies in it is read by a run, so that a manager sees it."""

import asyncio
import logging
from collections import Counter
from datetime import UTC, datetime

from prefect import flow, get_run_logger
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType, FlowRunFilterTags
from prefect.client.schemas.objects import State, StateType
from prefect.states import Completed, Failed, Scheduled

from flows import registered, waiting
from flows.asking import ask_about_what_came
from flows.problem_words import in_words, problem_sentence
from policies.problems import Problem
from storage import clock, creditor, mailboxes
from storage.mailboxes import MailboxState
from tasks.incoming_letter import Taken, take_in
from tasks.mailbox import SOURCE, ImapBox, Maildir, the_mailbox
from tasks.mailbox_letters import MailboxTrouble, OpenMailbox
from tasks.mailbox_open import open_mailbox, waiting_in

LOG = logging.getLogger("relance.mailbox")
READ = "read-mailbox"
SECONDS = 60.0
"""Between two looks into a mailbox on a server."""
SECONDS_HERE = 2.0
"""Between two looks into a folder on this machine."""
NOT_ENDED = FlowRunFilterState(
    type=FlowRunFilterStateType(any_=[StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING])
)


def rest() -> float:
    """Seconds until the next look."""
    return SECONDS_HERE if isinstance(the_mailbox(), Maildir) else SECONDS


async def start_reading(client: PrefectClient) -> bool:
    """Start a run where something waits to be read, or where there is a new trouble to tell."""
    place = the_mailbox()
    if place is None:
        return False
    state, now = await _state(place), datetime.now(UTC)  # the server's mail bears the world's time, whatever our clock
    if state.next_at is not None and state.next_at > now:
        return False
    if isinstance(place, list):
        news = await mailboxes.failed(SOURCE, _wrong(place), now)
        return news and await _start(client, now)
    try:
        waits = await asyncio.to_thread(waiting_in, place, state.since)
    except MailboxTrouble as trouble:
        LOG.warning("%s", trouble)
        return await mailboxes.failed(state.name, str(trouble), now) and await _start(client, now)
    if not waits:
        await mailboxes.went_well(state.name, now)
        return False
    return await _start(client, now)


async def _state(place: ImapBox | Maildir | list[Problem]) -> MailboxState:
    return await mailboxes.begin(SOURCE if isinstance(place, list) else place.name, datetime.now(UTC))


def _wrong(problems: list[Problem]) -> str:
    return f"{SOURCE} cannot be used: {' '.join(one.reason for one in problems)}"


async def _start(client: PrefectClient, now: datetime) -> bool:
    """Start a run unless one is on its way. Two dispatchers at once start one."""
    mine = FlowRunFilter(tags=FlowRunFilterTags(all_=["mailbox"]), state=NOT_ENDED)
    if await client.read_flow_runs(flow_run_filter=mine, limit=1):
        return False
    await client.create_flow_run_from_deployment(
        registered.deployment(READ),
        state=Scheduled(name="Queued"),
        name="Read the mailbox",
        tags=["mailbox"],
        idempotency_key=f"mailbox-{int(now.timestamp() / rest())}",
    )
    return True


@flow(name=READ, persist_result=False, log_prints=False)
@in_words
async def read_mailbox() -> State:
    """Read what is new in the mailbox: keep it with what follows from it, then move it away. Twice changes nothing."""
    place = the_mailbox()
    if place is None or isinstance(place, list):
        return Failed(name="Not read", message=f"{SOURCE} is not set." if place is None else _wrong(place))
    await creditor.ensure_creditor()
    state = await _state(place)
    taken: list[Taken] = []
    try:
        await _read(place, state, taken)
    except MailboxTrouble as trouble:
        await mailboxes.failed(state.name, str(trouble), datetime.now(UTC))
        return Failed(name="Not read", message=f"{trouble} {_said(taken)}")
    await mailboxes.went_well(state.name, datetime.now(UTC))
    said = _said(taken)
    await waiting.name_this_run(f"Mailbox · {said.removesuffix('.')}")
    return Completed(message=said)


async def _read(place: ImapBox | Maildir, state: MailboxState, taken: list[Taken]) -> None:
    """Read everything that is new; what goes wrong with one message keeps no other from being read, and is told at the end."""
    opened, troubles = await asyncio.to_thread(open_mailbox, place, state.since), list[str]()
    try:
        for mark in await asyncio.to_thread(opened.new):
            try:
                await _one(opened, mark, taken)
            except Exception as error:
                if not isinstance(error, MailboxTrouble):
                    LOG.exception("a message was not kept")
                troubles.append(str(error) if isinstance(error, MailboxTrouble) else problem_sentence(error))
    finally:
        await asyncio.to_thread(opened.close)
    await ask_about_what_came()
    if troubles:
        raise MailboxTrouble(troubles[0])


async def _one(opened: OpenMailbox, mark: str, taken: list[Taken]) -> None:
    """One message: kept and committed first, moved away afterwards; a crash between the two reads it twice, to no effect."""
    letter = await asyncio.to_thread(opened.letter, mark)
    if letter is None:
        return
    at = await clock.now()
    one = await take_in(letter.raw, min(letter.received or at, at), at)
    await asyncio.to_thread(opened.done, mark)
    if one.number is not None:
        taken.append(one)
        get_run_logger().info(f"Message {one.number}: {one.kind.value.replace('_', ' ')}. {one.reason}")


def _said(taken: list[Taken]) -> str:
    """*3 messages read: 1 hard bounce, 2 reply.*"""
    if not taken:
        return "Nothing new."
    kinds = Counter(one.kind.value.replace("_", " ") for one in taken)
    counts = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    return f"{len(taken)} message{'s' if len(taken) > 1 else ''} read: {counts}."
