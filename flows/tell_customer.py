"""What is told to customers beside the ladder: a run per customer, so that a manager sees what was written when."""

import asyncio
import logging
import math
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect import flow, get_run_logger
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import State
from prefect.exceptions import Abort, ObjectNotFound
from prefect.states import Completed, Failed, Scheduled

from flows import registered
from flows.case_lease import LEASE
from flows.problem_words import in_words
from policies.beside import MessageKind
from policies.case import EffectState
from policies.pace import LONGEST
from storage import clock, ledger, outgoing, telling, tellings
from storage.collecting import LeaseLost
from storage.leases import Lease
from storage.telling import Busy, Stuck, Told
from storage.tellings import DueCustomer
from tasks import mail_turn, wording
from tasks.hand_over import channels_with_credentials, hand_over
from tasks.staff_text import say
from tasks.staff_text import told as translated
from tasks.write_beside import write_beside

LOG = logging.getLogger("relance.telling")
TELL = "tell-customer"
TURNS = 12
"""A run hands over at most this many messages; what is left gets another run."""
SOON = timedelta(seconds=30)
TRIES, BREATH = 25, 0.2
"""How often, and how many seconds apart, a run looks whether another still prepares a message to its customer."""
REST = timedelta(seconds=5)
"""Real time in which a run that has just ended may still be seen as the carrier of what waits."""
_LOOKED: dict[UUID, float] = {}
"""When Prefect was last asked about a run, by the monotonic clock."""
MOST_LOOKED = 1000
KIND_WORDS = {kind: kind.value.replace("_", " ") for kind in MessageKind}


async def start_tellings(client: PrefectClient) -> int:
    """Give each customer to whom something is due its run, unless one is on its way; answers how many were started."""
    as_of = await clock.now()
    return sum([await _start(client, one, as_of) for one in await tellings.due(as_of)])


async def _start(client: PrefectClient, one: DueCustomer, as_of: datetime) -> bool:
    """Two dispatchers at once start one run: the key names what is due first and the attempt."""
    if one.run is not None:
        if await _has_ended(client, one):
            await tellings.broke_off(one.run, as_of)
        return False
    run = await client.create_flow_run_from_deployment(
        registered.deployment(TELL),
        parameters={"customer": one.customer},
        state=Scheduled(name="Queued"),
        name=f"Tell · {wording.one_line(one.name)}",
        tags=[f"customer:{one.number}"],
        idempotency_key=f"tell-{one.first}-{one.since.timestamp()}-{one.attempt}",
    )
    await tellings.carry(one.customer, run.id, as_of)
    return True


async def _has_ended(client: PrefectClient, one: DueCustomer) -> bool:
    """Whether the run came to its end long enough ago; Prefect is asked about each run every few seconds only."""
    assert one.run is not None, "asked of a run that was started"
    now = time.monotonic()
    if now - _LOOKED.get(one.run, -math.inf) < REST.total_seconds():
        return False
    if len(_LOOKED) > MOST_LOOKED:
        _LOOKED.clear()
    _LOOKED[one.run] = now
    try:
        run = await client.read_flow_run(one.run)
    except ObjectNotFound:
        return True
    ended = run.state is not None and run.state.is_final()
    return ended and (run.end_time is None or datetime.now(UTC) - run.end_time > REST)


@flow(name=TELL, persist_result=False, log_prints=False)
@in_words
async def tell_customer(customer: int) -> State:
    """Hand over what is due to the customer beside the ladder, one message after the other."""
    lease = LEASE.get()
    if lease is None:
        return Failed(name="Not done", message=say("Only a dispatcher tells customers."))
    done: list[str] = []
    try:
        for _turn in range(TURNS):
            as_of = await clock.now()
            told = await _prepared(customer, lease, as_of)
            if isinstance(told, Stuck):
                return Failed(name="Not written", message=f"{translated(told.why)} {say('It is tried again later.')}")
            if told is None:
                break
            ended = await _hand_over(told, lease, as_of)
            done.append(f"{KIND_WORDS[told.kind]}{'' if ended == EffectState.CONFIRMED else f' ({ended})'}")
            if ended == EffectState.VOIDED:
                await tellings.put_off(customer, as_of, SOON)
                break
    except LeaseLost as lost:
        raise Abort(str(lost)) from None
    return await _ended(done)


async def _prepared(customer: int, lease: Lease, as_of: datetime) -> Told | Stuck | None:
    """The next message, as soon as nobody else prepares one to the same customer."""
    for _try in range(TRIES):
        told = await telling.prepare(customer, lease.token, as_of, channels_with_credentials(), write_beside)
        if not isinstance(told, Busy):
            return told
        await asyncio.sleep(BREATH)
    await tellings.put_off(customer, as_of, SOON)
    return None


async def _hand_over(told: Told, lease: Lease, as_of: datetime) -> str:
    """Hand the message over in its turn; one whose turn does not come is void, and written anew."""
    letter = await outgoing.read(told.message)
    if not await mail_turn.in_its_turn(letter, as_of, LONGEST):
        await ledger.drop(told.message, "others stood before it at the mail server", as_of)
        return EffectState.VOIDED
    label = f"E-mail · {KIND_WORDS[told.kind]} · {letter.recipient}"
    return await hand_over(told.message, 0, str(lease.token), label)


async def _ended(done: list[str]) -> State:
    said = ", ".join(done) or say("nothing to tell")
    get_run_logger().info(said.capitalize() + ".")
    uncertain = [one for one in done if one.endswith(f"({EffectState.AMBIGUOUS})")]
    refused = [one for one in done if one.endswith(f"({EffectState.REFUSED})")]
    if uncertain:
        words = say(
            "It may or may not have arrived and is not sent again by itself: ask the customer, then ./relance outbox settle."
        )
        return Failed(name="Uncertain", message=f"{said}. {words}")
    if refused:
        return Failed(
            name="Refused", message=f"{said}. {say('What the mail server refuses for now is tried again later.')}"
        )
    return Completed(message=said)
