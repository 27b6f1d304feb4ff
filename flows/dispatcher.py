"""The dispatcher (design 2): polls the work pool, wakes what facts have woken, runs everything in one warm loop.

A claim is our lease; several dispatchers side by side never run the same case twice. The loop runs in a thread of its
own, the main thread owns the signals: Prefect's own handler would crash every run in flight.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.context import AsyncClientContext
from prefect.exceptions import Abort, Pause
from prefect.flow_engine import run_flow_async
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows import claims, deployments, registered, runs
from flows.case_lease import begin
from flows.claims import Claim
from flows.mending import Mending
from flows.polling import POLL_SECONDS, Polling
from flows.result_storage import ensure_result_storage
from flows.rounds import ROUNDS
from flows.stepper import Stepper
from storage import clock, leases, questions, wakes
from storage.leases import Registration
from tasks import relay_connections

SLOTS = 16
WATCH_SECONDS, HEARTBEAT_SECONDS = 2.0, 15.0
GRACE_SECONDS = 6.5
"""What runs may end; the whole stack has ten seconds."""
LOG = logging.getLogger("relance.dispatcher")


class Dispatcher:
    """Claims due runs and executes them, at most `SLOTS` at a time."""

    def __init__(self, name: str, slots: int = SLOTS) -> None:
        self.name = name
        self._free = slots
        self._busy: set[str] = set()
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self._awake = asyncio.Event()
        """A fact has woken a case, or a slot is free again: our own tables are looked at."""
        self._called = asyncio.Event()
        """Prefect may have something due: it is asked before its next turn."""
        self._polling = Polling()
        self._dropped = False
        self._place = Registration.from_environment(name)
        self._mending = Mending()
        self._stepped = False
        self.wakeups = 0

    def stop(self) -> None:
        """Claim nothing more; what runs may end."""
        self._stopping.set()
        self._awake.set()
        self._called.set()

    async def run(self) -> None:
        """Until told to stop: poll, wake, beat, bury the dead, and (on the stepped clock) move time."""
        async with AsyncClientContext.get_or_create() as context:
            with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # else a thread and an event a wake-up
                await self._work(context.client)

    async def _work(self, client: PrefectClient) -> None:
        await ensure_result_storage(client)
        self._stepped = (await clock.read()).stepped
        await deployments.register(client, scheduled=not self._stepped)
        await self._enter()
        beats = [
            self._every(self._polling.rest, self._called, self._poll, client),
            self._every(lambda: POLL_SECONDS, self._awake, self._wake, client),
            self._every(lambda: WATCH_SECONDS, self._stopping, self._watch),
            self._every(lambda: WATCH_SECONDS, self._stopping, self._mend, client),
            self._every(lambda: HEARTBEAT_SECONDS, self._stopping, self._beat, client),
            *(self._every(rest, self._stopping, self._arrived, start, client) for rest, start in ROUNDS),
        ]
        if self._stepped:
            beats.append(Stepper(client, self._called.set).run(self._stopping))
        await asyncio.gather(*beats)
        await self._end()

    async def _enter(self) -> None:
        await self._place.register()
        await self._place.on_wake(self._awake.set)
        LOG.info("dispatcher %s is number %s", self.name, self._place.id)

    async def _end(self) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=GRACE_SECONDS)
        await self._place.leave()
        await relay_connections.disconnect()

    async def _every(
        self, rest: Callable[[], float], sooner: asyncio.Event, work: Callable[..., Awaitable[None]], *given: Any
    ) -> None:
        """Do `work` again and again, at once when `sooner` is set; after a failure the next round tries anew."""
        while not self._stopping.is_set():
            try:
                await work(*given)
            except Exception:
                LOG.exception("%s failed", getattr(work, "__name__", "work"))
            try:
                await asyncio.wait_for(sooner.wait(), rest())
            except TimeoutError:
                continue
            if sooner is not self._stopping:
                sooner.clear()

    async def _beat(self, client: PrefectClient) -> None:
        await client.send_worker_heartbeat(deployments.POOL, self.name, heartbeat_interval_seconds=HEARTBEAT_SECONDS)

    async def _arrived(self, start: Callable[[PrefectClient], Awaitable[int]], client: PrefectClient) -> None:
        """What has arrived in the watched folder or the mailbox, or is to be asked of Twilio, gets its runs."""
        if await start(client):
            self._called.set()

    async def _watch(self) -> None:
        """Fence ourselves when our lock is gone; free what dead dispatchers left."""
        if not await self._place.alive():
            LOG.warning("dispatcher %s lost its place; it takes a new one", self._place.id)
            await self._place.leave()
            self._place = Registration.from_environment(self.name)
            await self._enter()
        if await leases.free_dead(self._place.id, await clock.now()):
            self._mending.needed()

    async def _mend(self, client: PrefectClient) -> None:
        await self._mending.round(client, self._place.id)

    async def _poll(self, client: PrefectClient) -> None:
        """What Prefect says is due. On the stepped clock waiting runs are woken by us alone."""
        if self._free <= 0:
            return
        self._dropped = False
        due = [
            run for run in await self._polling.due(client) if not self._stepped or run.state_name not in claims.WAITS
        ]
        if not due or await self._polling.is_paused(client):
            return
        for run_ in due:
            subject, work = self._work_for(client, run_)
            self._start(subject, work)

    async def _wake(self, client: PrefectClient) -> None:
        """What facts have woken, in our own tables."""
        if self._free <= 0:
            return
        cases = await wakes.cases_to_wake(self._free + len(self._busy))
        questions_ = await wakes.questions_to_wake(self._free + len(self._busy))
        if not (cases or questions_) or await self._polling.is_paused(client):
            return
        for case in cases:
            self._start(f"case:{case}", self._run_case(client, case))
        for question, run in questions_:
            self._start(f"run:{run}", self._run_question(client, question, run))

    def _work_for(self, client: PrefectClient, run: FlowRun) -> tuple[str, Awaitable[None]]:
        name = registered.name_of(run.deployment_id)
        if name == runs.COLLECT and isinstance(run.parameters.get("case"), int):
            case = run.parameters["case"]
            return f"case:{case}", self._run_polled(client, case, run)
        return f"run:{run.id}", self._run_other(client, run, name)

    def _start(self, subject: str, work: Awaitable[None]) -> None:
        """Run `work` in a free slot; what is busy already, or finds no slot, is left for the next round."""
        if subject in self._busy or self._free <= 0 or self._stopping.is_set():
            self._dropped = self._dropped or self._free <= 0
            work.close()  # type: ignore[attr-defined]
            return
        self._busy.add(subject)
        self._free -= 1
        task = asyncio.ensure_future(self._guarded(subject, work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _guarded(self, subject: str, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception:
            LOG.exception("%s failed", subject)
            self._mending.needed()
        finally:
            self._busy.discard(subject)
            self._free += 1
            self._awake.set()
            if self._dropped:
                self._called.set()

    async def _run_case(self, client: PrefectClient, case: int) -> None:
        claim = await claims.claim_case(client, self._place.id, case)
        if claim is not None:
            await self._execute(claim, deployments.FLOWS[runs.COLLECT])
        elif (found := await wakes.where(case)) is not None and found.run is None:
            await runs.start_unstarted(client)

    async def _run_polled(self, client: PrefectClient, case: int, run: FlowRun) -> None:
        found = await wakes.where(case)
        if found is not None and found.run == run.id:
            if claims.worth_claiming(run, found, await clock.now()):
                await self._run_case(client, case)
        elif found is None or found.run is not None:
            await claims.close_stray(client, self._place.id, run, found)

    async def _run_question(self, client: PrefectClient, question: int, run: UUID) -> None:
        claim = await claims.claim_other(client, self._place.id, run, wake=True)
        if claim is None:
            if await claims.has_ended(client, run):
                await questions.asleep(question)
            return
        await self._execute(claim, deployments.FLOWS[runs.ASK])

    async def _run_other(self, client: PrefectClient, run: FlowRun, name: str | None) -> None:
        flow = deployments.FLOWS.get(name or "")
        if flow is not None and (claim := await claims.claim_other(client, self._place.id, run.id)) is not None:
            await self._execute(claim, flow)

    async def _execute(self, claim: Claim, flow: Flow[Any, Any]) -> None:
        """Run the flow here. Without its deployment number the engine starts no observer thread."""
        alone = claim.run.model_copy(update={"deployment_id": None})
        self.wakeups += 1
        try:
            await begin(claim.lease)
            with suppress(Pause, Abort):
                await run_flow_async(flow, flow_run=alone, parameters=claim.run.parameters, return_type="state")
        finally:
            await leases.give_back(claim.lease)


if __name__ == "__main__":
    from flows.dispatcher_process import main

    main()
