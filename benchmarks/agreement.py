"""The engine beside the virtual world: two hundred invoices for fifteen weeks, and not one act may differ."""

import time
from collections.abc import Callable
from difflib import unified_diff
from typing import Any

from benchmarks.house import house
from tests.agreement.engine import Engine
from tests.agreement.habits import START, customers
from tests.agreement.ledger import kept
from tests.agreement.lines import Told
from tests.agreement.virtual import played
from tests.engine.world import World
from tests.faults.books import disagreements
from tests.faults.warm import WarmDispatchers

Say = Callable[[str], None]
INVOICES, SEED = 200, 20260316


def run(say: Say, invoices: int = INVOICES, seed: int = SEED) -> dict[str, Any]:
    """Both sides of the same facts; `wrong` lists every line that stands on one side only, and is empty."""
    began, debtors = time.monotonic(), customers(invoices, seed)
    virtual = played(debtors)
    say(f"the virtual world: {len(virtual.acts)} acts of {len(debtors)} customers")
    with house() as stack:
        world = World(stack, START.isoformat())
        dispatchers = WarmDispatchers(stack)
        try:
            world.begin()
            dispatchers.start()
            Engine(world, debtors, say).run()
            engine, wrong = kept(world), disagreements(world)
        finally:
            dispatchers.close()
    wrong += differences(engine, virtual)
    return {"acts": len(engine.acts), "wrong": wrong, "seconds": round(time.monotonic() - began, 1)}


def differences(engine: Told, virtual: Told) -> list[str]:
    found = []
    for name in Told.__slots__:
        one, other = getattr(engine, name), getattr(virtual, name)
        found += [f"{name} {line}" for line in unified_diff(one, other, "engine", "world", lineterm="", n=0)]
    return found
