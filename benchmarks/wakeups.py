"""Wake-ups per second of the real `collect_invoice`: our dispatcher against `serve()`, on one server, in one run.

Ledger, lease, journal, name, tags and timeline are all in the figures. Each case is woken as often as every other; its
first wake-up sends a reminder through the ledger to the sink, the later ones find nothing to do and wait again.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from benchmarks.house import Meter, count, furnish, go, house, next_tuesday
from cli.home import CHECKOUT
from storage import session
from tests.engine.stack import Stack

Say = Callable[[str], None]
TIMES = 5
"""Wake-ups per case."""
CASES = {"dispatcher": 80, "serve": 8}
WANTED = 12

_WAITED = (
    "SELECT count(*) FROM journal WHERE kind = 'decided' AND facts ->> 'decision' = 'wait' AND chain = ANY(:chains)"
)
_REST = text(
    """
    SELECT c.id, c.run_id FROM cases c WHERE c.id = ANY(:cases) AND c.wake_at IS NULL AND c.next_at IS NOT NULL
      AND NOT EXISTS (SELECT FROM lease l WHERE l.case_id = c.id)
      AND (SELECT count(*) FROM journal j WHERE j.chain = 'case:' || c.id AND j.kind = 'decided'
           AND j.facts ->> 'decision' = 'wait') < :times
    """
)


def run(say: Say) -> dict[str, Any]:
    """Both arms, their ratio, and the processor time a wake-up costs."""
    with house() as stack:
        at = next_tuesday()
        go(furnish(sum(CASES.values()), sum(CASES.values()), at.date() - timedelta(days=3), at))
        cases = go(_opened())
        ours, theirs = cases[: CASES["dispatcher"]], cases[CASES["dispatcher"] :]
        dispatcher = _measure(stack, ["-m", "flows.dispatcher"], ours, _wake_ours, say)
        say(_line("dispatcher", dispatcher))
        serve = _measure(stack, ["-m", "benchmarks.served"], theirs, _wake_theirs, say)
        say(_line("serve()", serve))
    ratio = round(dispatcher["per_s"] / serve["per_s"], 1)
    say(f"ratio {ratio} (at least {WANTED} wanted)")
    return {
        "dispatcher_per_s": dispatcher["per_s"], "serve_per_s": serve["per_s"], "ratio": ratio,
        "wanted_ratio": WANTED,
        "dispatcher_cpu_s": dispatcher["cpu_s"], "serve_cpu_s": serve["cpu_s"],
        "dispatcher": dispatcher, "serve": serve,
    }  # fmt: skip


def _line(arm: str, measured: dict[str, Any]) -> str:
    parts = ", ".join(f"{name} {seconds:.3f}" for name, seconds in measured["cpu_parts_s"].items())
    return (
        f"{arm}: {measured['wakeups']} wake-ups in {measured['seconds']:.1f} s = {measured['per_s']:.2f}/s, "
        f"{measured['cpu_s']:.3f} CPU-s each ({parts})"
    )


async def _opened() -> list[int]:
    from storage import opening
    from storage.clock import now

    return sorted(await opening.open_due(await now()))


def _measure(
    stack: Stack,
    arguments: list[str],
    cases: list[int],
    wake: Callable[[list[tuple[int, UUID]]], Awaitable[None]],
    say: Say,
) -> dict[str, Any]:
    """Start the arm, let each case be woken `TIMES` times, stop it."""
    with (stack.home.log / "bench.log").open("ab") as log:
        arm = subprocess.Popen(
            [sys.executable, *arguments], cwd=CHECKOUT, env=stack.environment, stdin=subprocess.DEVNULL, stdout=log,
            stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        go(_until_registered(arguments[-1]))
        meters = {"program": Meter(arm.pid), "server": Meter(stack.desk_pid), "database": Meter(stack.database_pid)}
        began = time.monotonic()
        done = go(_drive(arguments[-1], cases, wake, say))
        seconds = time.monotonic() - began
        spent = {name: meter.spent() / done for name, meter in meters.items()}
    finally:
        arm.terminate()
        arm.wait(20)
    return {
        "wakeups": done, "seconds": round(seconds, 2), "per_s": round(done / seconds, 2),
        "cpu_s": round(sum(spent.values()), 3), "cpu_parts_s": {name: round(each, 3) for name, each in spent.items()},
    }  # fmt: skip


async def _until_registered(arm: str) -> None:
    """Until the arm has its deployment (and, ours, its place)."""
    from prefect import get_client
    from prefect.exceptions import ObjectNotFound

    async with get_client() as client:
        for _ in range(600):
            try:
                await client.read_deployment_by_name(_deployment(arm))
            except ObjectNotFound:
                await asyncio.sleep(0.1)
                continue
            if arm != "flows.dispatcher" or await count("SELECT count(*) FROM dispatcher"):
                return
            await asyncio.sleep(0.1)
    raise RuntimeError(f"{arm} did not start")


def _deployment(arm: str) -> str:
    return "collect-invoice/collect-invoice" if arm == "flows.dispatcher" else "collect-invoice/served"


async def _drive(
    arm: str, cases: list[int], wake: Callable[[list[tuple[int, UUID]]], Awaitable[None]], say: Say
) -> int:
    """Give every case its run, then wake whoever rests, until all have been woken often enough."""
    await _carry(arm, cases)
    wanted, done, told = TIMES * len(cases), 0, 0.0
    chains = {"chains": [f"case:{case}" for case in cases]}
    while done < wanted:
        async with session.reading() as connection:
            rows = (await connection.execute(_REST, {"cases": cases, "times": TIMES})).all()
        await wake([(row.id, row.run_id) for row in rows])
        await asyncio.sleep(0.1)
        done = await count(_WAITED, chains)
        if time.monotonic() - told > 15:
            told = time.monotonic()
            say(f"… {done} of {wanted}")
    return done


async def _carry(arm: str, cases: list[int]) -> None:
    from prefect import get_client
    from prefect.states import Scheduled

    from storage import opening

    async with get_client() as client:
        deployment = await client.read_deployment_by_name(_deployment(arm))
        for case in cases:
            run = await client.create_flow_run_from_deployment(
                deployment.id, parameters={"case": case, "generation": 1}, state=Scheduled(name="Queued")
            )
            await opening.carry(case, 1, run.id)


async def _wake_ours(resting: list[tuple[int, UUID]]) -> None:
    """As a fact does it: through our tables."""
    from storage import wakes

    for case, _ in resting:
        await wakes.wake(case)


async def _wake_theirs(resting: list[tuple[int, UUID]]) -> None:
    """`serve()` knows Prefect's timers only."""
    from prefect import get_client
    from prefect.states import Scheduled

    async with get_client() as client:
        for _, run in resting:
            state = (await client.read_flow_run(run)).state
            if state is not None and state.name == "Waiting":
                await client.set_flow_run_state(run, Scheduled(name="Awake"), force=True)
