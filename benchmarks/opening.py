"""Opening 1,000 cases: from the first look of the service until each has its run, and until each was looked at once."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from benchmarks.house import count, furnish, go, house, next_tuesday

Say = Callable[[str], None]
CASES, CUSTOMERS = 1_000, 300

_WITH_RUN = "SELECT count(*) FROM cases WHERE run_id IS NOT NULL"
_LOOKED_AT = "SELECT count(*) FROM cases WHERE next_at IS NOT NULL AND wake_at IS NULL"


def run(say: Say) -> dict[str, Any]:
    """A thousand invoices reach their first step's day at once, and find that their notice has lapsed."""
    with house() as stack:
        at = next_tuesday()
        go(furnish(CASES, CUSTOMERS, at.date() + timedelta(days=1), at))
        stack.start_dispatcher()
        measured = go(_measure(say))
    say(
        f"{CASES} cases have their run after {measured['opened_s']} s, all were looked at after {measured['settled_s']} s"
    )
    return measured


async def _measure(say: Say) -> dict[str, Any]:
    from prefect import get_client
    from prefect.states import Scheduled

    while not await count("SELECT count(*) FROM dispatcher"):
        await asyncio.sleep(0.1)
    async with get_client() as client:
        deployment = await client.read_deployment_by_name("open-cases/open-cases")
        began = time.monotonic()
        await client.create_flow_run_from_deployment(deployment.id, state=Scheduled(name="Queued"))
    opened = await _until(_WITH_RUN, began, say)
    settled = await _until(_LOOKED_AT, began, say)
    return {"cases": CASES, "opened_s": opened, "settled_s": settled, "opened_per_s": round(CASES / opened, 1)}


async def _until(statement: str, began: float, say: Say) -> float:
    told = time.monotonic()
    while (found := await count(statement)) < CASES:
        await asyncio.sleep(0.2)
        if time.monotonic() - told > 15:
            told = time.monotonic()
            say(f"… {found} of {CASES}")
    return round(time.monotonic() - began, 1)
