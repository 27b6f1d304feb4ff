"""The engine beside the virtual world: two hundred invoices for eleven weeks, and not one act may differ."""

import time
from collections.abc import Callable
from typing import Any

from benchmarks.house import house
from cli.policy_test import side_by_side
from policies.scenarios.scenario import Failure
from tests.agreement.engine import Engine
from tests.agreement.habits import START, customers
from tests.agreement.ledger import kept
from tests.agreement.lines import Told
from tests.agreement.virtual import played
from tests.engine.world import World
from tests.faults.books import disagreements
from tests.faults.warm import WarmDispatchers

Say = Callable[[str], None]
INVOICES, DAYS, SEED = 200, 75, 20260316
SHOWN, WIDTH = 40, 200
"""Differences printed, and columns of both sides together."""


def run(say: Say) -> dict[str, Any]:
    """Both sides of the same facts; `differences` counts the lines that stand on one side only: there is none."""
    began, debtors = time.monotonic(), customers(INVOICES, SEED)
    virtual = played(debtors, DAYS)
    say(f"{INVOICES} invoices of {len(debtors)} customers, {DAYS} days: {len(virtual.acts)} acts in the virtual world")
    with house() as stack:
        world = World(stack, START.isoformat())
        dispatchers = WarmDispatchers(stack)
        try:
            world.begin()
            dispatchers.start()
            Engine(world, debtors, DAYS, say).run()
            engine, wrong = kept(world), disagreements(world)
        finally:
            dispatchers.close()
    differing = differences(virtual, engine)
    for line in [*wrong, *differing][:SHOWN]:
        say(line)
    seconds = round(time.monotonic() - began, 1)
    say(f"{len(engine.acts)} acts in the engine, {len(differing)} differences, {seconds} s")
    return {
        "invoices": INVOICES, "customers": len(debtors), "days": DAYS, "acts": len(engine.acts),
        "answers": len(engine.questions), "steps": len(engine.steps), "differences": len(differing) + len(wrong),
        "seconds": seconds,
    }  # fmt: skip


def differences(virtual: Told, engine: Told) -> list[str]:
    """Every line that stands on one side only, the virtual world's on the left and the engine's on the right."""
    found: list[str] = []
    for name in Told.__slots__:
        both = Failure(name, tuple(getattr(virtual, name)), tuple(getattr(engine, name)))
        found += [line for line in side_by_side(both, WIDTH) if line.startswith("≠")]
    return found
