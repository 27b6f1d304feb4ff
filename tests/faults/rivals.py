"""Two more dispatchers in one process, working from poll lists that are old on purpose (`python -m tests.faults.rivals`).

They never poll: again and again they take any run they have ever seen due, as if the answer had been under way for long.
"""

import asyncio
import random
import sys
from datetime import UTC, datetime

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.context import AsyncClientContext

from flows import deployments, runs
from flows.dispatcher import Dispatcher
from flows.result_storage import ensure_result_storage
from storage import clock, opening


async def main() -> None:
    """Open what is due and remember its runs while they are fresh; then be late with them until stdin is closed."""
    async with AsyncClientContext.get_or_create() as context:
        client = context.client
        await ensure_result_storage(client)
        await deployments.register(client, scheduled=False)
        await opening.open_due(await clock.now())
        await runs.start_unstarted(client)
        stale = await _due(client)
        rivals = [Dispatcher("rival one"), Dispatcher("rival two")]
        for rival in rivals:
            await rival._enter()
        print(len(stale), flush=True)
        await _be_late(client, rivals, stale)
        for rival in rivals:
            await rival._end()


async def _be_late(client: PrefectClient, rivals: list[Dispatcher], stale: list[FlowRun]) -> None:
    closed = asyncio.ensure_future(asyncio.to_thread(sys.stdin.read))
    chance, rounds = random.Random(4), 0
    while not closed.done():
        rounds += 1
        for rival in rivals:
            rival._start(*rival._work_for(client, chance.choice(stale)))
        if rounds % 50 == 0:
            stale += await _due(client)
        await asyncio.sleep(0.05)


async def _due(client: PrefectClient) -> list[FlowRun]:
    """What the server says is due now."""
    found = await client.get_scheduled_flow_runs_for_work_pool(deployments.POOL, scheduled_before=datetime.now(UTC))
    return [response.flow_run for response in found]


if __name__ == "__main__":
    asyncio.run(main())
