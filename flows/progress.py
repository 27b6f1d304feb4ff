"""A bar in the UI that says how far a run is, fed by what the work itself tells (`storage.progress`)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import ArtifactCreate

from flows import waiting
from storage.progress import progress_to

EVERY = 1.0
"""Seconds between two looks at how far the work is."""
WHOLE = 100.0


@asynccontextmanager
async def bar(what: str) -> AsyncIterator[None]:
    """While the block runs, a progress artifact of this run follows what it tells; at its end it is full."""
    client, told = waiting.this_client(), [0.0]
    wanted = ArtifactCreate(type="progress", description=what, data=0.0, flow_run_id=waiting.this_run().id)
    artifact = (await client.create_artifact(wanted)).id
    following = asyncio.create_task(_follow(client, artifact, told))

    def tell(_: str, done: int, of: int | None) -> None:
        if of:
            told[0] = min(WHOLE * done / of, WHOLE)

    try:
        with progress_to(tell):
            yield
    finally:
        following.cancel()
        await _move(client, artifact, WHOLE)


async def _follow(client: PrefectClient, artifact: UUID, told: list[float]) -> None:
    shown = 0.0
    while True:
        await asyncio.sleep(EVERY)
        if told[0] != shown:
            shown = told[0]
            await _move(client, artifact, shown)


async def _move(client: PrefectClient, artifact: UUID, percent: float) -> None:
    await client.request("PATCH", "/artifacts/{id}", path_params={"id": artifact}, json={"data": round(percent, 1)})
