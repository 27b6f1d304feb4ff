"""What Prefect is asked again and again: which runs are due, and whether the pool is on. Every request costs the server."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun

from flows import deployments, registered, runs

POLL_SECONDS = 1.0
IDLE_SECONDS = 1.5
"""After a poll that found nothing. Facts and answers wake cases through our own tables meanwhile."""
MOST_RUNS = 200
"""What one poll returns at most."""


class Polling:
    """Asks as little as it can: an idle house makes one request a poll."""

    def __init__(self) -> None:
        self._idle = False
        self._paused = True
        self._asked = float("-inf")

    def rest(self) -> float:
        """Seconds until the next poll."""
        return IDLE_SECONDS if self._idle else POLL_SECONDS

    async def is_paused(self, client: PrefectClient) -> bool:
        """A pool paused in the UI stops all collecting, wakes included, within one poll: asked when there is work."""
        now = asyncio.get_running_loop().time()
        if now - self._asked >= POLL_SECONDS:
            self._paused = (await client.read_work_pool(deployments.POOL)).is_paused
            self._asked = now
        return self._paused

    async def due(self, client: PrefectClient) -> list[FlowRun]:
        """What Prefect says is due, what people and services start before cases."""
        found = await self._scheduled(client, deployments.QUEUES)
        if len(found) >= MOST_RUNS:  # more are due than it tells: what people started may be among the others
            found = await self._scheduled(client, (deployments.ACTS,)) + found
        self._idle = not found
        return sorted(found, key=lambda run: registered.name_of(run.deployment_id) == runs.COLLECT)

    async def _scheduled(self, client: PrefectClient, queues: Sequence[str]) -> list[FlowRun]:
        due = await client.get_scheduled_flow_runs_for_work_pool(
            deployments.POOL, work_queue_names=list(queues), scheduled_before=datetime.now(UTC)
        )
        return [response.flow_run for response in due]
