"""Claiming a run (design 2): the lease first, then the run read afresh, then Pending, which only shows the claim."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import Abort, ObjectNotFound, Pause
from prefect.states import Cancelled, Pending, Scheduled
from prefect.utilities.engine import propose_state

from flows.collect import STATE_NAMES
from storage import clock, leases, opening, revival, wakes
from storage.leases import Lease
from storage.wakes import Running

WAITS = frozenset({"Waiting", "Trying again"})
"""Scheduled states of our own making: they end when our tables say so, whatever Prefect's timer says."""
OURS = frozenset(STATE_NAMES.values())


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that is ours to execute."""

    run: FlowRun
    lease: Lease


async def claim_case(client: PrefectClient, dispatcher: int, case: int) -> Claim | None:
    """Claim the case's current run if it is due, woken, or was moved by a person; mend it first where needed."""
    found = await wakes.where(case)
    if found is None or found.run is None:
        return None
    lease = await leases.take(dispatcher, f"case:{case}", case, found.run)
    if lease is None:
        return None
    claim = None
    try:
        claim = await _claim_current(client, case, lease)
        return claim
    finally:
        if claim is None:
            await leases.give_back(lease)


async def _claim_current(client: PrefectClient, case: int, lease: Lease) -> Claim | None:
    found = await wakes.where(case)
    if found is None or found.run is None:
        return None
    try:
        run = await client.read_flow_run(found.run)
    except ObjectNotFound:
        await opening.regenerate(case, found.generation)
        return None
    if not await _made_ready(client, run, found):
        return None
    return await _pending(client, run, lease)


async def _made_ready(client: PrefectClient, run: FlowRun, found: Running) -> bool:
    """Bring the run to Scheduled where that is right; False when there is nothing to do."""
    state = run.state
    if state is None:
        return await _reschedule(client, run.id)
    if found.closed and state.is_final():
        await revival.looked_at(found.case)
        return False
    if state.type is StateType.SCHEDULED:
        return await _due(state, found) and (_timer_rang(state) or await _reschedule(client, run.id))
    if state.is_paused():
        return found.woken and await _reschedule(client, run.id)
    if state.is_cancelling():
        await client.set_flow_run_state(run.id, Cancelled(message="Stopped by a person"), force=True)
    if _ended_by_a_person(state):
        await revival.stopped(found.case, await clock.now())
    return await _reschedule(client, run.id)


def _ended_by_a_person(state: State) -> bool:
    """Cancelled or completed, and not by the flow itself: ours carry the names of outcomes."""
    return state.is_cancelling() or ((state.is_cancelled() or state.is_completed()) and state.name not in OURS)


def worth_claiming(run: FlowRun, found: Running, now: datetime) -> bool:
    """Whether a run Prefect says is due is due by our tables too (on the stepped clock its timers mean nothing)."""
    waits = run.state_name in WAITS
    return found.woken or not waits or found.next_at is None or found.next_at <= now


async def _due(state: State, found: Running) -> bool:
    if found.woken or state.name not in WAITS:
        return True
    return found.next_at is None or found.next_at <= await clock.now()


def _timer_rang(state: State) -> bool:
    """Whether Prefect's own timer is over. Until then its engine would sleep, for weeks, in one of our places."""
    when = state.state_details.scheduled_time
    return when is None or when <= datetime.now(UTC)


async def _reschedule(client: PrefectClient, run: UUID) -> bool:
    await client.set_flow_run_state(run, Scheduled(name="Awake", message="Something happened"), force=True)
    return True


async def _pending(client: PrefectClient, run: FlowRun, lease: Lease) -> Claim | None:
    """Show the claim; go on only when Pending came back."""
    try:
        state = await propose_state(client, Pending(), flow_run_id=run.id)
    except (Abort, Pause):
        return None
    if not state.is_pending():
        return None
    run.state = state
    return Claim(run, lease)


async def claim_other(client: PrefectClient, dispatcher: int, run: UUID, *, wake: bool = False) -> Claim | None:
    """Claim a run that belongs to no case: a service, an act a person started, a question."""
    lease = await leases.take(dispatcher, f"run:{run}", None, run)
    if lease is None:
        return None
    claim = None
    try:
        fresh = await client.read_flow_run(run)
        state = fresh.state
        if wake and state is not None and (state.is_paused() or state.is_running() or state.is_pending()):
            await _reschedule(client, run)
            claim = await _pending(client, fresh, lease)
        elif state is not None and state.type is StateType.SCHEDULED:
            claim = await _pending(client, fresh, lease)
        return claim
    except ObjectNotFound:
        return None
    finally:
        if claim is None:
            await leases.give_back(lease)


async def has_ended(client: PrefectClient, run: UUID) -> bool:
    """Whether there is nothing left to wake: the run has ended, or is gone."""
    try:
        state = (await client.read_flow_run(run)).state
    except ObjectNotFound:
        return True
    return state is not None and state.is_final()


async def close_stray(client: PrefectClient, dispatcher: int, run: FlowRun, found: Running | None) -> None:
    """A run of a case that is not the case's current one: a copy, or one of an earlier generation."""
    lease = await leases.take(dispatcher, f"run:{run.id}", None, run.id)
    if lease is None:
        return
    try:
        same = found is not None and run.parameters.get("generation") == found.generation
        name, words = (
            ("Duplicate", "This invoice has a run already.") if same else ("Superseded", "A newer run took over.")
        )
        await client.set_flow_run_state(run.id, Cancelled(name=name, message=words), force=True)
    finally:
        await leases.give_back(lease)
