"""The long forms of `tests/faults`: 60 kills inside one run of 12 cases, and 10,000 wakes against four dispatchers."""

import time
from collections.abc import Callable
from typing import Any

from benchmarks.house import house
from tests.engine.stack import Stack
from tests.engine.world import World
from tests.faults.books import disagreements, stuck_runs
from tests.faults.mayhem import climb_to_the_end, kill_again_and_again, twelve_cases
from tests.faults.races import executed_twice, probe, rain, rivals
from tests.faults.warm import WarmDispatchers

Say = Callable[[str], None]
KILLS, WAKES, SEED = 60, 10_000, 20260108


def run(say: Say) -> dict[str, Any]:
    """Both; `wrong` lists everything that is not as it must be, and is empty."""
    with house() as stack:
        dispatchers = WarmDispatchers(stack)
        try:
            kills = _kills(stack, dispatchers, say)
            dispatchers.stop()
            wakes = _wakes(stack, dispatchers, say)
        finally:
            dispatchers.close()
    return {"kills": kills, "wakes": wakes}


def _kills(stack: Stack, dispatchers: WarmDispatchers, say: Say) -> dict[str, Any]:
    began, world = time.monotonic(), World(stack, "2026-01-08")
    world.begin()
    twelve_cases(world)
    kill_again_and_again(world, dispatchers, KILLS, SEED, say)
    dispatchers.start()
    climb_to_the_end(world)
    wrong = disagreements(world) + stuck_runs(world)
    sent = len(world.acts())
    say(f"{KILLS} kills: {sent} messages, {wrong or 'nothing lost, nothing twice, every ladder climbed'}")
    return {"kills": KILLS, "messages": sent, "wrong": wrong, "seconds": round(time.monotonic() - began, 1)}


def _wakes(stack: Stack, dispatchers: WarmDispatchers, say: Say) -> dict[str, Any]:
    for message in stack.home.outbox.glob("*.eml"):
        message.unlink()
    began, world = time.monotonic(), World(stack, "2026-01-08")
    world.begin()
    for number in range(6):
        large, small = (world.customer(f"{size}{number}", f"Client {size}{number} SARL") for size in "LS")
        world.invoice(large, f"FA-L{number}", "2025-12-01", 900_000)
        world.invoice(small, f"FA-S{number}", "2026-01-05", 50_000)
    with probe(stack), rivals(stack):
        dispatchers.start()
        dispatchers.start()
        world.until("2026-01-08", 16)
        world.pay("FA-S0")
        world.until("2026-01-27")
        rain(world, WAKES, SEED, at_once=8, say=say)
        world.settle(120)
        wrong = executed_twice(world)
    wrong += disagreements(world) + stuck_runs(world)
    executions = world.rows("SELECT count(*) FROM journal WHERE kind = 'decided'")[0][0]
    say(f"{WAKES} wakes: {executions} decisions, {wrong or 'no case ran twice at once, none is left pending'}")
    return {"wakes": WAKES, "decisions": executions, "wrong": wrong, "seconds": round(time.monotonic() - began, 1)}
