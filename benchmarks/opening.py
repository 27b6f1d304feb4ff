"""Opening 1,000 cases, each with its run, and looking at each for the first time."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from benchmarks.house import count, furnish, go, house, next_tuesday

Say = Callable[[str], None]
CASES, CUSTOMERS = 1_000, 300

_LOOKED_AT = "SELECT count(*) FROM cases WHERE next_at IS NOT NULL AND wake_at IS NULL"


def run(say: Say) -> dict[str, Any]:
    """A thousand invoices reach their first step's day at once; then a dispatcher looks at each case for the first time."""
    with house() as stack:
        at = next_tuesday()
        go(furnish(CASES, CUSTOMERS, at.date() + timedelta(days=1), at))
        opened = go(_open())
        say(f"{CASES} cases opened, each with its run, in {opened} s = {CASES / opened:.0f}/s")
        stack.start_dispatcher()
        looked = go(_look(say))
        say(f"all looked at for the first time in {looked} s = {CASES / looked:.1f}/s")
    return {"cases": CASES, "opened_s": opened, "opened_per_s": round(CASES / opened, 1), "looked_at_s": looked}


async def _open() -> float:
    """What the service does every fifteen minutes."""
    from prefect import get_client

    from flows import deployments, runs
    from storage import clock, opening

    async with get_client() as client:
        await deployments.register(client, scheduled=False)
        began, as_of = time.monotonic(), await clock.now()
        while await opening.open_due(as_of):
            await runs.start_unstarted(client)
        return round(time.monotonic() - began, 1)


async def _look(say: Say) -> float:
    while not await count("SELECT count(*) FROM dispatcher"):
        await asyncio.sleep(0.1)
    return await _until(_LOOKED_AT, time.monotonic(), say)


async def _until(statement: str, began: float, say: Say) -> float:
    told = time.monotonic()
    while (found := await count(statement)) < CASES:
        await asyncio.sleep(0.2)
        if time.monotonic() - told > 15:
            told = time.monotonic()
            say(f"… {found} of {CASES}")
    return round(time.monotonic() - began, 1)
