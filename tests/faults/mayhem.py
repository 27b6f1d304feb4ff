"""Kills at random moments while a small house of debtors climbs its ladders."""

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from storage import clock
from tests.engine.world import World
from tests.faults.agent import answer_everything
from tests.faults.outside import until
from tests.faults.warm import WarmDispatchers

CASES = 12
DAYS_TO_CLIMB = 140
"""From the first due date to the last step of the youngest case, holidays and questions included."""
LAST_STEP = "legal"


def twelve_cases(world: World) -> None:
    """Nine customers, twelve invoices, due in three weeks: six alone, three pairs; some above the approval limit."""
    first = world.start.date()
    for number in range(9):
        customer = world.customer(f"C{number}", f"Client {number} SARL")
        due = (first + timedelta(days=7 * (number // 3))).isoformat()
        for place in range(2 if number % 3 == 0 else 1):
            world.invoice(customer, f"FA-{number}-{place}", due, 250_000 + 61_000 * number)


def kill_again_and_again(
    world: World, dispatchers: WarmDispatchers, kills: int, seed: int, say: Callable[[str], None] = lambda _: None
) -> None:
    """`kills` times: start a dispatcher, let it work for a random while as time advances, kill it."""
    moments = random.Random(seed)
    first, days = world.start.date(), 0.0
    for number in range(kills):
        days += DAYS_TO_CLIMB * 0.8 / kills
        world.run(_forward(first + timedelta(days=int(days))))
        before = _registered(world)
        victim = dispatchers.start()
        until(partial(_more_than, world, before), "the dispatcher does not start", 60)
        time.sleep(moments.uniform(0.0, 1.0))
        dispatchers.kill(victim)
        say(f"kill {number + 1} of {kills} at {world.now():%d %b %Y}")


def climb_to_the_end(world: World) -> None:
    """With a dispatcher that lives: until the last step of every case is behind it."""
    day = world.now().date()
    last = world.start.date() + timedelta(days=2 * DAYS_TO_CLIMB)
    while day < last and not _climbed(world):
        day += timedelta(days=5)
        world.run(answer_everything())
        world.until(day.isoformat(), seconds=60)


async def _forward(day: date) -> None:
    """Let time run to that day without waiting for it, and answer what is open."""
    from tests.engine.world import at

    await clock.run_until(at(day.isoformat()))
    await answer_everything()


def _registered(world: World) -> int:
    return int(world.rows("SELECT count(*) FROM dispatcher")[0][0])


def _climbed(world: World) -> bool:
    done = world.rows("SELECT count(DISTINCT case_id) FROM step_done WHERE step = :last", last=LAST_STEP)
    return bool(done[0][0] == CASES)


def _more_than(world: World, before: int) -> bool:
    return _registered(world) > before
